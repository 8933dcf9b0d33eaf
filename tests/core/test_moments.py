from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock, moments

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock on the wall stands at noon on Monday 23 November 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_a_day_is_written_in_full() -> None:
    assert moments.day(date(2017, 3, 3)) == "3 March 2017"


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOON - timedelta(minutes=9), "Today 11:51"),
        (NOON - timedelta(days=3), "Fri 20 Nov, 12:00"),
        (datetime(2026, 7, 1, 12, tzinfo=UTC), "Wed 1 Jul, 13:00"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "Wed 31 Dec 2025, 23:59"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "Sun 22 Nov, 23:59"),
    ],
)
def test_a_moment_is_short_as_long_as_it_is_near(moment: datetime, said: str) -> None:
    assert moments.short(moment, LONDON) == said


def test_today_is_today_on_the_schools_wall_and_not_in_greenwich(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert moments.short(datetime(2026, 6, 30, 23, 5, tzinfo=UTC), LONDON) == "Today 00:05"
    assert moments.short(datetime(2026, 6, 30, 22, 5, tzinfo=UTC), LONDON) == "Tue 30 Jun, 23:05"


def test_a_moment_in_full_says_when_it_is_only_about_that_time() -> None:
    moment = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
    assert moments.full(moment, LONDON) == "Mon 23 Nov 2026, 13:30"
    assert moments.full(moment, LONDON, about=True) == "Mon 23 Nov 2026, about 13:30"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=-90), "less than a minute later"),
        (timedelta(seconds=59), "less than a minute later"),
        (timedelta(minutes=1), "1 minute later"),
        (timedelta(minutes=21, seconds=40), "21 minutes later"),
        (timedelta(hours=1), "1 hour later"),
        (timedelta(hours=2, minutes=1), "2 hours 1 minute later"),
        (timedelta(hours=47, minutes=59), "47 hours 59 minutes later"),
        (timedelta(hours=48), "2 days later"),
        (timedelta(days=400, hours=3), "400 days later"),
    ],
)
def test_it_is_said_how_much_later_something_was_written_down(length: timedelta, said: str) -> None:
    assert moments.later(NOON, NOON + length) == said


def test_it_is_late_when_more_than_a_day_has_passed() -> None:
    assert not moments.is_late(NOON, NOON + timedelta(hours=24))
    assert moments.is_late(NOON, NOON + timedelta(hours=24, seconds=1))


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize(
    ("home", "said"),
    [
        (time(15, 30), "3 hours 30 minutes"),
        (time(12, 1), "1 minute"),
        (time(12, 0, 30), "less than a minute"),
        (time(12), ""),
        (time(8), ""),
    ],
)
def test_it_is_said_how_long_it_is_until_home_time(home: time, said: str) -> None:
    assert moments.until(home, LONDON) == said


def test_the_hour_that_comes_twice_is_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    before_the_clocks_go_back = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 01:30 in London
    monkeypatch.setattr(clock, "now", lambda: before_the_clocks_go_back)
    assert moments.until(time(15, 30), LONDON) == "15 hours"


def test_a_wall_clock_time_is_the_moment_at_which_the_school_sees_it() -> None:
    summer = moments.at(date(2026, 7, 1), time(15, 30), LONDON)
    winter = moments.at(date(2026, 12, 1), time(15, 30), LONDON)
    assert summer.astimezone(UTC).hour == 14
    assert winter.astimezone(UTC).hour == 15


@settings(deadline=None)
@given(st.integers(0, 20 * 365 * 24 * 60))
def test_what_the_wall_says_leads_back_to_the_same_minute(minutes: int) -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    local = moment.astimezone(LONDON)
    again = moments.at(local.date(), local.time(), LONDON).replace(fold=local.fold)
    assert again.astimezone(UTC) == moment
