"""The calendar: on any day it answers, and behind its end what is there for safety goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core import (
    dashboard,
    escalation,
    moments,
    patterns,
    periods,
    registers,
    releases,
    school_days,
    settings,
    terms,
    transfer_days,
    unaccounted,
    upkeep,
)
from core.demonstration import school_years
from core.permissions import NotAllowed
from core.person import SYSTEM
from core.school_days import ASK, Calendar
from core.store import Store
from tests.core.school import WRITTEN, School, a_concern, a_person, plain, recorded, stopped

LAST = date(2027, 7, 21)
UNTIL = "The school’s terms are known only until 21 July 2027."
ANY_DAYS = (
    date(2020, 2, 29), date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1), LAST,
    date(2027, 7, 22), date(2027, 8, 31), date(2027, 12, 25), date(2028, 2, 29), date(2031, 12, 25),
    date(2040, 12, 31),
)  # fmt: skip
BEHIND = [day for day in ANY_DAYS if day > LAST and day.weekday() < 5]
CHOICES = settings.School()
NEXT = school_years.by_rule(2027)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@pytest.fixture
def school(own_school: School) -> School:
    """A school that knows its terms until 21 July 2027."""
    own_school.store.append(*terms.records(WRITTEN.terms), by=SYSTEM)
    return own_school


@pytest.mark.parametrize("day", ANY_DAYS)
@pytest.mark.parametrize("calendar", [WRITTEN, Calendar()], ids=["written", "empty"])
def test_every_question_is_answered_on_any_day(calendar: Calendar, day: date) -> None:
    before, after = calendar.last_open(day), calendar.next_open(day)
    assert before <= day < after
    assert calendar.is_open(before) and calendar.is_open(after)
    assert calendar.opened(day, 25)[0] == before
    assert len(set(calendar.opened(day, 25))) == 25
    assert all(found.begins <= found.ends for found in calendar.holidays(before, after))
    assert calendar.hours(noon(day), noon(after), CHOICES) > 0
    assert transfer_days.due(calendar, day).school > day
    assert all(each.ends < day for each in periods.closed(calendar, day))


@pytest.mark.parametrize("day", BEHIND)
def test_behind_the_last_known_day_every_weekday_is_one_of_school(day: date) -> None:
    assert WRITTEN.is_open(day) and Calendar().is_open(day)
    assert WRITTEN.hours(noon(day), noon(day) + timedelta(hours=2), CHOICES) == pytest.approx(2)
    assert WRITTEN.ended(day) == UNTIL and WRITTEN.ended(LAST) == ""


def test_a_weekend_is_none_however_far_away() -> None:
    for saturday in (date(2027, 7, 24), date(2031, 3, 1), date(2040, 2, 4)):
        for calendar in (WRITTEN, Calendar()):
            assert not calendar.is_open(saturday)
            assert not calendar.is_open(saturday + timedelta(days=1))


def test_no_period_ends_behind_the_last_known_day() -> None:
    assert max(each.ends for each in periods.every(WRITTEN)) == LAST
    assert periods.closed(WRITTEN, date(2040, 1, 1)) == periods.closed(WRITTEN, date(2027, 7, 22))
    assert periods.every(Calendar()) == []


def test_a_stretch_of_which_nobody_told_is_no_holiday() -> None:
    calendar = Calendar((WRITTEN.terms[0], WRITTEN.terms[-1]))
    assert calendar.is_open(date(2025, 12, 25))
    assert not calendar.is_open(date(2024, 10, 28)) and not calendar.is_open(date(2027, 6, 1))
    assert calendar.last_day == LAST


# What is there for safety goes on.


@pytest.mark.parametrize("day", BEHIND)
def test_what_nobody_reads_is_escalated(school: School, day: date) -> None:
    with stopped(noon(day)):
        recorded(school, a_concern(school.amy, occurred_at=noon(day)), by=school.birch)
        assert escalation.escalate(school.store) == 0
    with stopped(noon(day) + timedelta(hours=2, minutes=1)):
        mine = [each for each in dashboard.now(school.store, by=school.lead)
                if each.kind == "unread"]  # fmt: skip
        assert mine and escalation.escalate(school.store) == 3


@pytest.mark.parametrize("day", BEHIND)
def test_registers_are_kept_and_missed(school: School, day: date) -> None:
    with stopped(noon(day)):
        assert registers.newest_day(school.store, by=school.birch) == day
        missed = unaccounted.now(school.store, by=school.office)
        assert "4 Birch" in {each.class_name for each in missed}
        registers.all_present(school.store, "4 Birch", day, "morning", by=school.birch)
        missed = unaccounted.now(school.store, by=school.office)
        assert "4 Birch" not in {each.class_name for each in missed}


def test_a_school_without_terms_is_as_safe(store: Store) -> None:
    assert school_days.calendar(store) == Calendar()
    birch = a_person(store, "Mr Tom Birch", class_name="4 Birch")
    with stopped(noon(date(2026, 12, 25))):
        assert registers.newest_day(store, by=birch) == date(2026, 12, 25)
        assert escalation.escalate(store) == 0


# What has to wait says so.


def test_releases_wait_and_say_so(school: School) -> None:
    with stopped(noon(LAST)):
        assert releases.waits(school.store, by=school.lead) == ""
    with stopped(noon(LAST + timedelta(days=1))):
        assert releases.waits(school.store, by=school.lead) == f"{UNTIL} {releases.WAITS}"
        for by in (school.birch, school.governor, plain(school.lead)):
            with pytest.raises(NotAllowed):
                releases.waits(school.store, by=by)


def test_attendance_waits_and_says_so(school: School) -> None:
    with stopped(noon(LAST + timedelta(days=1))):  # yesterday is known
        assert patterns.waits(school.store, by=school.lead) == ""
    with stopped(noon(date(2031, 12, 24))):
        said = patterns.waits(school.store, by=school.lead)
        assert said == f"{UNTIL} Attendance is compared again once the terms are known."
        with pytest.raises(NotAllowed):
            patterns.waits(school.store, by=school.birch)


# Leads are told before.


@pytest.mark.parametrize(
    ("before", "is_told"), [(61, False), (60, True), (1, True), (0, True), (-1, True), (-999, True)]
)
def test_leads_are_told_sixty_days_before_the_last_known_day(
    school: School, before: int, is_told: bool
) -> None:
    with stopped(noon(LAST - timedelta(days=before))):
        told = upkeep.warnings(school.store, by=school.lead)
        assert (f"{UNTIL} {ASK}" in told) is is_told


def test_the_day_is_the_one_on_the_schools_wall(school: School) -> None:
    eve = moments.at(LAST - timedelta(days=60), time(), CHOICES.zone)  # 23:00 in UTC
    with stopped(eve - timedelta(minutes=1)):
        assert list(school_days.warnings(school.store)) == []
    with stopped(eve):
        assert list(school_days.warnings(school.store)) != []


def test_new_terms_end_the_telling(school: School) -> None:
    with stopped(noon(LAST)):
        assert list(school_days.warnings(school.store)) != []
        terms.choose(school.store, NEXT, by=school.lead)
        assert list(school_days.warnings(school.store)) == []
        assert releases.waits(school.store, by=school.lead) == ""


def test_a_school_without_terms_is_told(store: Store) -> None:
    assert list(school_days.warnings(store)) == [f"{school_days.NONE_KNOWN} {ASK}"]
