"""A register of thirty is marked with a few taps, and whoever is missing is seen at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from core import people, pupils, settings
from core.store import Store
from core.store import key as keys
from tests.browser.accessibility import faults
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import LAPTOP, PHONE, Device, Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("register")

NAMES = [f"Child *No* {nth:02}" for nth in range(1, 31)]


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own, with a class of thirty for each device."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("register"))
    with closing(Store.open(folder / "data", keys.read(folder / "key"))) as store:
        head = people.by_email(store, demonstration.accounts["Mr Daniel Reyes"].email)
        assert head is not None
        lead = people.of(store, head.id, code_given=True)
        assert lead is not None
        for device in (LAPTOP, PHONE):
            thirty = [
                pupils.Details(name=name, born_on=date(2018, 1, 1), class_name=f"7 {device.name}")
                for name in NAMES
            ]
            pupils.add(store, thirty, by=lead)
        settings.choose(store, by=lead, morning_closes="00:00", afternoon_closes="00:00")
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def row(me: Somebody, name: str) -> Locator:
    return me.page.locator(".words-slim").filter(has_text=name)


def opens(me: Somebody, device: Device) -> None:
    me.go("Register")
    me.choose("Class", "7", f"7 {device.name}")
    expect(me.page.locator(".words-slim")).to_have_count(30)


def test_a_cover_teacher_marks_thirty_children_without_losing_a_tap(
    comes_in: ComesIn,
) -> None:
    teacher = comes_in("Mr Tunde Bello", PHONE)
    opens(teacher, PHONE)
    teacher.press("All present")
    expect(teacher.page.locator(".words-slim .words-badge", has_text="Present")).to_have_count(30)
    expect(teacher.button("All present")).to_have_count(0)
    with teacher.asking():  # faster than the server answers
        for name in NAMES[:6]:
            teacher.touch(row(teacher, name).get_by_role("button", name="Absent", exact=True))
        teacher.touch(row(teacher, NAMES[9]).get_by_role("button", name="Late", exact=True))
    badge = teacher.page.locator(".words-slim .words-badge")
    expect(badge.filter(has_text="Absent, no reason yet")).to_have_count(6)
    expect(row(teacher, NAMES[9]).locator(".words-badge")).to_have_text("Late")
    expect(badge.filter(has_text="Present")).to_have_count(23)
    expect(teacher.page.get_by_role("heading", name="at the close of a register")).to_have_count(0)
    assert faults(teacher) == []
    assert teacher.witness.complaints == []


def test_the_office_sees_who_is_missing_and_says_why(comes_in: ComesIn) -> None:
    office = comes_in("Mrs Sandra Pike")
    opens(office, LAPTOP)
    office.ask(row(office, NAMES[11]).get_by_role("button", name="Absent", exact=True))
    office.ask(row(office, NAMES[11]).get_by_role("button", name="Reason", exact=True))
    office.ask(office.page.get_by_role("radio", name="Illness", exact=True))
    expect(row(office, NAMES[11]).locator(".words-badge")).to_have_text("Illness")
    expect(row(office, NAMES[11])).to_contain_text("Before: Absent, no reason yet by")
    assert office.witness.complaints == []
