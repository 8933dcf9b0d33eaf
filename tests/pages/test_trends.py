"""Trends, as a governor's page: made of what was released, and of nothing else in the record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import over_time, releases, sessions
from core.disclosure.series import Length
from core.over_time import Chart, Mark, Trend
from core.person import SYSTEM, Person
from core.records import Release
from core.store import Store
from core.web import school
from pages.parts import over_time as over_time_part
from pages.parts.palette import LIGHT
from tests.core import six_terms
from tests.core.school import KEY, a_school
from tests.pages.conftest import FRAME, text

RELEASED = 2


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A school that has released its first two terms."""
    opened = Store.open(tmp_path_factory.mktemp("terms") / "school", KEY)
    six_terms.entered(opened, only=RELEASED)
    yield opened
    opened.close()


def sits(store: Store, governor: Person, patch: pytest.MonkeyPatch) -> AppTest:
    """A governor of this school, at the first page that is offered to them."""
    patch.setattr(school, "_opened", [store])
    session = sessions.of(store, sessions.begin(store, governor.id, code_given=False))
    assert session is not None
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.user = {"session": session.id}
    return app.run()


def charts(app: AppTest) -> list[Any]:
    """What each chart was given to draw."""
    return [json.loads(each.proto.spec) for each in app.get("plotly_chart")]


def words(app: AppTest) -> str:
    """All words of the page, without the bar, which names the governor."""
    return "\n".join(line for line in text(app).split("\n") if "person_name" not in line)


def test_the_page_says_every_series_in_words_and_draws_published_numbers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    governor = a_school(store).governor
    app = sits(store, governor, monkeypatch)
    made = [each.released for each in releases.made(store, by=governor)]
    shown = over_time.seen(made, Length.TERM)
    assert not app.exception and [each.value for each in app.header][:2] == [
        "Over time",
        "One period",
    ]
    for chart in shown.charts:
        for name, *cells in chart.rows:
            assert name in words(app) and all(json.dumps(c, ensure_ascii=False) in words(app)
                                              for c in cells)  # fmt: skip
    drawn = [m.length for chart in shown.charts for t in chart.drawn for m in t.marks if m.length]
    bars = [y for each in charts(app)[: len([c for c in shown.charts if c.drawn])]
            for trace in each["data"] if trace["type"] == "bar" for y in trace["y"]]  # fmt: skip
    assert sorted(bars) == sorted(drawn) and bars


def test_two_schools_that_released_the_same_have_the_same_page(
    store: Store, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other school's record holds the releases and not one concern."""
    here = sits(store, a_school(store).governor, monkeypatch)
    frozen = store.ask(Release, "SELECT * EXCLUDE (seq, recorded_at, recorded_by) FROM releases")
    other = Store.open(tmp_path_factory.mktemp("other") / "school", KEY)
    governor = a_school(other).governor
    other.append(*frozen, by=SYSTEM)
    there = sits(other, governor, monkeypatch)
    assert len(charts(here)) > 3 and charts(here) == charts(there)
    assert words(here) == words(there)
    other.close()


def test_a_name_in_a_chart_is_text_although_charts_read_tags() -> None:
    name = "<b>Term</b> <a href='x'>1</a>"
    mark = Mark("about 5, 5 to 7", "about 5", 5, 5, 7)
    chart = Chart(name, (name, "Term 2"), (Trend(name, (mark, mark), is_seen=True),), 7)
    spelt = over_time_part._figure(chart, LIGHT).to_json()
    assert "&lt;b&gt;" in html_of(spelt) and not re.search(
        r"<(?!br>|extra>|/extra>)", html_of(spelt)
    )


def html_of(spelt: str) -> str:
    """What a chart is given to draw, with its letters as they are."""
    return json.dumps(json.loads(spelt), ensure_ascii=False)
