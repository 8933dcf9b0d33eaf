"""A governor sees six released terms of a school side by side, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, StorageState, expect

from core import example, over_time, people, releases
from core.disclosure.series import Length
from core.over_time import Chart, OverTime
from core.person import SYSTEM, Role
from core.store import Store
from core.store import key as keys
from pages.parts.palette import DARK, LIGHT
from tests.browser import accessibility
from tests.browser.somebody import LAPTOP, PHONE, Device, Meet, Somebody
from tests.core import six_terms
from tests.core.school import details
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("trends over time")

# Where the texts of a chart are drawn, each with what it says.
TEXTS = """plot => [...plot.querySelectorAll('text')].filter(text => text.textContent.trim()).map(
    text => { const {left, right, top, bottom} = text.getBoundingClientRect();
              return [text.textContent, left, right, top, bottom] })"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Served:
    """The school, as it is served; what is to be seen; and the governor, once signed in."""

    address: str
    email: str
    shown: OverTime
    inside: StorageState | None = None


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("terms")
    email, shown = made(folder)
    with serving(folder, school=False) as served:
        yield Served(served.address, email, shown)


def made(folder: Path) -> tuple[str, OverTime]:
    """Makes the school, and says who its governor is, and what they are to see."""
    with closing(Store.open(folder / "data", keys.make(folder / "key"))) as store:
        six_terms.entered(store)
        details_ = details("Ms Ada Governor", Role.GOVERNOR)
        store.append(details_, by=SYSTEM)
        governor = people.of(store, details_.person)
        assert governor
        list(example.open_accounts(store, [governor]))
        forms = [each.released for each in releases.made(store, by=governor)]
        return governor.email, over_time.seen(forms, Length.TERM)


def opened(meet: Meet, school: Served, device: Device) -> Somebody:
    """The governor, at Trends."""
    me = meet(school.address, device, school.inside)
    if school.inside is None:
        me.sign_in(school.email, example.PASSWORD)
        school.inside = me.context.storage_state()
    me.open("trends")
    return me


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=lambda device: device.name)
def test_six_terms_stand_side_by_side_and_can_be_read_in_the_light_and_in_the_dark(
    meet: Meet, school: Served, device: Device
) -> None:
    me = opened(meet, school, device)
    for colours in (LIGHT, DARK):
        if colours is DARK:
            me.page.emulate_media(color_scheme="dark")
            me.open("trends")
        for chart in (each for each in school.shown.charts if each.drawn):
            plot = drawn(me, chart)
            expect(plot.locator(".annotation-text").first).to_have_css("fill", rgb(colours.ink))
            reads(plot, chart, me)
        assert me.page.evaluate(WIDER) <= 0
    assert accessibility.faults(me) == []
    assert me.witness.complaints == []


def test_the_same_stands_in_words_in_a_table(meet: Meet, school: Served) -> None:
    me = opened(meet, school, PHONE)
    for chart in (each for each in school.shown.charts if each.trends):
        me.touch(me.page.get_by_text(f"{chart.title} in words", exact=True))
        table = me.page.get_by_role("table", name=f"{chart.title}, over time")
        expect(table.get_by_role("columnheader")).to_have_text(list(chart.head))
        expect(table.get_by_role("row")).to_have_text(["".join(chart.head),
                                                       *map("".join, chart.rows)])  # fmt: skip
    assert me.page.evaluate(WIDER) <= 0
    assert accessibility.faults(me) == []


def drawn(me: Somebody, chart: Chart) -> Locator:
    """A chart by its name for whoever cannot see it."""
    return me.page.get_by_role("figure", name=f"{chart.title}, over time", exact=True)


def reads(plot: Locator, chart: Chart, me: Somebody) -> None:
    """All that is to be read stands in the chart, on the screen, and no word upon another."""
    expect(plot).to_be_visible()
    expect(plot.locator(".textpoint").first).to_be_attached()
    texts: list[Any] = plot.evaluate(TEXTS)
    there = squeezed(text for text, *_ in texts)
    for words in (*chart.periods, *(m.short for t in chart.drawn for m in t.marks)):
        assert squeezed([words]) in there, words
    for trend in chart.drawn:
        assert squeezed([trend.name]) in there
    assert all(left >= 0 and right <= me.device.width for _, left, right, *_ in texts)
    assert not [(one, other) for at, one in enumerate(texts) for other in texts[:at]
                if overlap(one, other)]  # fmt: skip


def rgb(colour: str) -> str:
    """A colour as a browser spells it."""
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour.removeprefix("#")))


def squeezed(texts: Any) -> str:
    """Texts without spaces and without the ends of lines, which a chart sets as it has room."""
    return "|".join("".join(text.split()) for text in texts)


def overlap(one: Any, other: Any) -> bool:
    """Whether two texts stand upon each other by more than a pixel."""
    (_, left, right, top, bottom), (_, left_, right_, top_, bottom_) = one, other
    return bool(
        min(right, right_) - max(left, left_) > 1 and min(bottom, bottom_) - max(top, top_) > 1
    )
