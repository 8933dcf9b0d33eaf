"""A talk with a parent is written down in one go, and what is overdue does not stay unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core import clock, incidents, moments, people
from core.records import Action
from core.store import Store
from core.store import key as keys
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import PHONE
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("talks")

TEACHER, LEAD = "Mr Tunde Bello", "Mr Tom Barker"
SAID = "She has *not* slept -> the baby."
AGREED = "The school rings again on Monday."
LONG_AGO = (clock.now() - timedelta(days=50)).date()  # no holiday is as long


@dataclass
class Delayed:
    """The number of the incident about which something was asked of the teacher long ago."""

    number: str = ""


@pytest.fixture(scope="module")
def delayed() -> Delayed:
    return Delayed()


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, delayed: Delayed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own, in which something was asked and not done."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("delays"))
    delayed.number = ask_long_ago(folder)
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def ask_long_ago(folder: Path) -> str:
    """Asks the teacher about a concern of theirs that is open; returns its number."""
    store = Store.open(folder / "data", keys.read(folder / "key"))
    staff = {person.name: person for person in people.teaching(store)}
    mine = incidents.mine(store, by=staff[TEACHER])
    about = next(each for each in mine if each.status != "closed")
    ask = Action(incident=about.id, kind="note", account="Please ring her aunt.",
                 asked_of=staff[TEACHER].id, due_on=LONG_AGO)  # fmt: skip
    store.append(ask, by=staff[LEAD])
    store.close()
    return str(about.number)


def test_a_talk_with_a_parent_is_one_touch_from_the_incident(
    comes_in: ComesIn, delayed: Delayed
) -> None:
    teacher = comes_in(TEACHER, PHONE)
    teacher.open("incident", number=delayed.number)
    teacher.press("Spoke to parent")
    said = teacher.page.get_by_role("textbox", name="What was said", exact=True)
    expect(said).to_be_visible()
    teacher.settle()
    teacher.press("Add Action")
    teacher.sees("Please say with whom you spoke.")
    teacher.type("With whom?", "Her mother")
    teacher.ask(teacher.page.get_by_role("radio", name="By phone", exact=True))
    teacher.type("What was said", SAID)
    teacher.type("What was agreed", AGREED)
    teacher.page.reload()
    teacher.settle()
    expect(said).to_have_value(SAID)  # kept until it is sent
    teacher.press("Add Action")
    teacher.sees("Her mother", "By phone", SAID, AGREED)
    assert teacher.witness.complaints == []


def test_what_is_overdue_is_the_first_that_the_person_asked_sees_and_the_team_is_told(
    comes_in: ComesIn, delayed: Delayed
) -> None:
    teacher = comes_in(TEACHER)
    teacher.go("Alerts")
    first = teacher.page.get_by_role("heading", level=2).first
    expect(first).to_have_text("Overdue")
    teacher.sees(f"Overdue since {moments.day(LONG_AGO)}", "Please ring her aunt.")
    lead = comes_in(LEAD)
    lead.go("Alerts")
    lead.sees(f"Not done in time by {TEACHER}")
    teacher.press("My actions")
    # What else was asked of her depends on the day: only this one is done.
    card = teacher.page.locator(".words-card", has_text="Please ring her aunt.")
    teacher.ask(card.get_by_role("button", name="It is done", exact=True))
    teacher.sees("Please ring her aunt.")
    teacher.type("What was done, said or decided", "I rang: the aunt comes at three.")
    teacher.press("Add Action")
    teacher.sees("I rang: the aunt comes at three.")
    teacher.go("Alerts")
    expect(teacher.page.get_by_role("heading", name="Overdue")).to_have_count(0)
    assert teacher.witness.complaints + lead.witness.complaints == []


def test_a_lead_is_named_in_charge_of_a_student(
    comes_in: ComesIn, demonstration: Demonstration
) -> None:
    lead = comes_in(LEAD)
    lead.open("chronology", pupil=demonstration.pupil)
    lead.sees("Nobody yet")
    lead.touch(lead.page.get_by_text("Lead in charge, standing note, plans and flags"))
    lead.choose("Lead in charge", "Whitlock", "Mrs Helen Whitlock")
    lead.press("Record who is in charge")
    lead.sees("Mrs Helen Whitlock")
    expect(lead.page.get_by_text("Nobody yet")).to_have_count(0)
