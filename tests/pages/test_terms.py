"""Behind the last known day of the terms, pages say what waits and what to do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from core import clock, school_days
from core.person import Person, Role
from core.web import school
from tests.pages.conftest import Sit, one, text

ATTENDANCE = "Attendance is compared again once the terms are known."
RELEASES = "A period can be released once it is over, and its terms are known."


@pytest.fixture
def behind(staff: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    """Some years after the last day of the last term."""
    last = school_days.calendar(school.store()).last_day
    assert last is not None
    later = datetime.combine(last + timedelta(days=1000), time(12), UTC)
    monkeypatch.setattr(clock, "now", lambda: later)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("team/today.py", ATTENDANCE),
        ("team/today.py", school_days.ASK),
        ("lists/school.py", school_days.ASK),
        ("team/releases.py", RELEASES),
        ("team/confidential.py", RELEASES),
    ],
)
def test_the_page_says_so_behind_the_last_day_and_not_before(
    staff: list[Person], sit: Sit, request: pytest.FixtureRequest, page: str, said: str
) -> None:
    for is_behind in (False, True):
        if is_behind:
            request.getfixturevalue("behind")
        app = sit(one(staff, Role.HEAD)).switch_page(page).run()
        assert not app.exception
        assert (said in text(app)) is is_behind
