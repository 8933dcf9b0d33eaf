"""Which pages each role is offered, and that each of them draws."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from core import incidents
from core.errors import Refused
from core.person import Person, Role
from core.web import school
from pages.parts import menu
from tests.pages.conftest import FRAME, Sit, one, text

LISTS = {"student-list", "staff", "training", "import", "collection"}
OWN = {
    "adult-concern",
    "add-incident",
    "alerts",
    "my-incidents",
    "my-actions",
    "classes",
    "incident",
    "add-action",
    "paper-forms",
}
DAILY = {
    "register",
    "hand-over",
    "outings",
    "outing",
    "head-count",
    "missing-child",
    "after-search",
}
FULL = {"adults", "students", "chronology", "body-maps", "export", "school", "follow-up", "today",
        "search", "measures", "ofsted", "conference", "trends", "releases",
        "transfers", "transfer", "received", "subject-access", "governors-report"}  # fmt: skip
HEADS = {"confidential-report"}

OFFERED = {
    Role.STAFF: OWN | DAILY | {"account"},
    Role.LEAD: OWN | DAILY | FULL | LISTS | {"account"},
    Role.HEAD: OWN | DAILY | FULL | LISTS | HEADS | {"account"},
    Role.GOVERNOR: {"alerts", "incident", "adults", "trends", "account"},  # the chair
    Role.OFFICE: DAILY | LISTS | {"account", "paper-forms"},
}


def opened(app: AppTest, place: menu.Place) -> AppTest:
    app.query_params["number"] = "1100"
    return app.switch_page(place.file).run()


@pytest.mark.parametrize("role", Role)
def test_each_role_is_offered_its_pages_and_no_others(staff: list[Person], role: Role) -> None:
    person = replace(one(staff, role), code_given=True)
    assert {place.path for place in menu.offered(person)} == OFFERED[role]


def test_a_lead_without_the_code_is_offered_what_staff_are(staff: list[Person]) -> None:
    lead = one(staff, Role.LEAD)
    assert {place.path for place in menu.offered(lead)} == OFFERED[Role.STAFF]


def test_a_governor_who_is_not_the_chair_is_offered_trends_alone(staff: list[Person]) -> None:
    governor = replace(one(staff, Role.GOVERNOR), is_chair=False)
    assert {place.path for place in menu.offered(governor)} == {"trends", "account"}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", menu.PLACES, ids=lambda place: place.path)
def test_a_page_draws_for_whom_it_is_offered_and_is_not_there_for_others(
    staff: list[Person], sit: Sit, role: Role, place: menu.Place
) -> None:
    app = sit(one(staff, role))
    if place.path in OFFERED[role]:
        assert not opened(app, place).exception
    else:
        with pytest.raises(ValueError, match="Could not find"):
            opened(app, place)


def test_whoever_has_no_session_is_shown_nothing(staff: list[Person]) -> None:
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.user = {"session": "0" * 64}
    app.run()
    assert not app.main.children and not app.exception


def hidden(person: Person) -> str:
    """The number of an incident that is there and that this person may not see."""
    for number in count(1001):
        try:
            incidents.find(school.store(), number, by=person)
        except Refused:
            return str(number)
    raise AssertionError


def test_an_incident_that_may_not_be_seen_looks_like_one_that_is_not_there(
    staff: list[Person], sit: Sit
) -> None:
    place = next(place for place in menu.PLACES if place.path == "incident")
    shah = next(person for person in staff if person.class_name == "4 Birch")
    shown = []
    for number in (hidden(shah), "999999"):
        app = sit(shah)
        app.query_params["number"] = number
        shown.append(text(app.switch_page(place.file).run()).split('"bar"')[-1])
    assert shown[0] == shown[1] and "There is no such incident" in shown[0]
