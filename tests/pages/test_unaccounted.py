"""A register that nobody took is on the first page of the office, and on the team's desk."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from core import clock, school_days
from core.person import Person, Role
from core.web import school
from tests.pages.conftest import Sit, one, text

SAID = "2 Willow: the afternoon register has not been taken"


@pytest.fixture(autouse=True)
def evening(staff: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    """The evening of the last day of school."""
    day = school_days.calendar(school.store()).last_open(clock.now().date())
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(20), UTC))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEAD, Role.HEAD])
def test_whoever_has_to_act_sees_it_and_opens_the_register(
    staff: list[Person], sit: Sit, role: Role
) -> None:
    app = sit(one(staff, role)).switch_page("pupils/register.py").run()
    assert not app.exception and SAID in text(app)


def test_the_team_sees_it_on_its_desk(staff: list[Person], sit: Sit) -> None:
    app = sit(one(staff, Role.LEAD)).switch_page("team/today.py").run()
    assert not app.exception and SAID in text(app) and "Open the registers" in text(app)


def test_a_teacher_is_not_shown_what_other_classes_have_left_open(
    staff: list[Person], sit: Sit
) -> None:
    app = sit(one(staff, Role.STAFF)).switch_page("pupils/register.py").run()
    assert not app.exception and SAID not in text(app)
