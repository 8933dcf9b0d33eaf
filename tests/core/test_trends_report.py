"""The report that may be published shows the periods before it as well, and no others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core import over_time, releases
from core.disclosure.series import Length
from core.over_time import OverTime
from core.person import SYSTEM, Person
from core.records import Release
from core.releases import Drawn
from core.reports import pdf, trends
from core.reports.trends import Report
from core.store import Store
from tests.core import six_terms
from tests.core.paper import Paper, squeezed
from tests.core.school import KEY, a_school

AT = datetime(2026, 9, 20, 12, tzinfo=UTC)
RELEASED = 3


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A school that has released its first three terms."""
    opened = Store.open(tmp_path_factory.mktemp("terms") / "school", KEY)
    six_terms.entered(opened, only=RELEASED)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def governor(store: Store) -> Person:
    return a_school(store).governor


@pytest.fixture
def made(store: Store, governor: Person) -> list[Drawn]:
    """Its releases, the newest first."""
    return releases.made(store, by=governor)


def reported(drawn: Drawn, made: list[Drawn]) -> Report:
    alone = trends.drawn_up(drawn, "School", ZoneInfo("Europe/London"), AT, "head")
    return trends.with_those_before(alone, drawn, made)


def seen(made: list[Drawn]) -> OverTime:
    return over_time.seen([each.released for each in made], Length.TERM)


def test_the_report_shows_what_the_page_shows(made: list[Drawn]) -> None:
    paper = Paper(pdf.typeset("trends", reported(made[0], made), at=AT))
    shown = seen(made)
    spoken = " ".join(str(each["/Alt"]) for each in paper.tags("/Figure"))
    for chart in shown.charts:
        assert squeezed(chart.title) in paper.whole
        assert squeezed("".join(chart.hidden)) in paper.whole
        for row in chart.rows:
            assert squeezed("".join(row)) in paper.whole, row
        for trend in chart.drawn:
            assert f"{trend.name}: {chart.periods[0]} {trend.marks[0].said}" in spoken
    assert all(squeezed(note) in paper.whole for note in shown.notes)


def test_paper_and_table_say_the_same_of_all_periods(made: list[Drawn]) -> None:
    report = reported(made[0], made)
    printed = Paper(pdf.typeset("trends", report, at=AT)).whole
    written = io.StringIO(trends.file(report).decode("utf-8-sig"), newline="")
    lines = list(csv.reader(written, strict=True))
    for chart in seen(made).charts:
        assert all(list(row) in lines for row in (chart.head, *chart.rows) if chart.rows)
    labels = ("School", "Note", "Record", "Period", "Released")
    for line in lines:
        assert all(squeezed(cell) in printed for cell in line if cell not in labels), line


def test_a_report_tells_of_its_period_and_of_those_before_it_alone(made: list[Drawn]) -> None:
    newest, middle, first = made
    assert reported(middle, made).courses[0].periods == (first.name, middle.name)
    assert reported(first, made) == reported(first, [first])
    assert reported(first, made).courses == ()
    assert reported(newest, made).courses[0].periods == (first.name, middle.name, newest.name)


def test_two_schools_that_released_the_same_have_the_same_report(
    store: Store, made: list[Drawn], used_record: Store
) -> None:
    """The other school's record holds the releases and not one concern."""
    other = a_school(used_record)
    frozen = store.ask(Release, "SELECT * EXCLUDE (seq, recorded_at, recorded_by) FROM releases")
    used_record.append(*frozen, by=SYSTEM)
    theirs = releases.made(used_record, by=other.governor)
    assert len(theirs) == RELEASED
    assert reported(theirs[0], theirs).courses == reported(made[0], made).courses
    assert seen(theirs) == seen(made)
