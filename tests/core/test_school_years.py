"""The terms of the demonstration school: those of an English school in whatever year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from dateutil.relativedelta import MO, relativedelta

from core import periods, term_dates
from core.demonstration import made
from core.demonstration.calendar import Calendar
from core.demonstration.history import History
from core.demonstration.school_years import between, by_rule
from core.records import TermDates
from core.school_days import Calendar as Known

YEARS = range(2000, 2100)
A_WEEK = timedelta(weeks=1)
DAYS = (date(2024, 2, 29), date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 1),
        date(2031, 3, 2), date(2040, 2, 29), date(2040, 12, 25))  # fmt: skip


def test_years_of_the_starter_set_are_as_it_has_them() -> None:
    assert between(2024, 2026) == term_dates.starter()


def test_by_the_rule_the_last_year_of_the_starter_set_is_what_it_is() -> None:
    assert by_rule(2026) == term_dates.starter()[-3:]


@pytest.mark.parametrize("year", YEARS)
def test_a_year_looks_like_one_in_any_year(year: int) -> None:
    autumn, spring, summer = between(year, year)
    term_dates.check(between(year, year + 1))
    assert date(year, 9, 1) <= autumn.begins <= date(year, 9, 7)
    assert date(year, 12, 16) <= autumn.ends <= date(year, 12, 22)
    assert date(year + 1, 1, 3) <= spring.begins <= date(year + 1, 1, 9)
    assert date(year + 1, 7, 17) <= summer.ends <= date(year + 1, 7, 23)
    days = [day for term in (autumn, spring, summer) for day in term.days]
    assert 180 <= len(days) <= 196
    assert len(periods.every(Known((autumn, spring, summer)))) == 6 + 3 + 1


@pytest.mark.parametrize("holiday", ["christmas", "easter", "may", "spring", "august"])
def test_a_bank_holiday_is_never_a_day_of_school(holiday: str) -> None:
    off: dict[str, Callable[[int], list[date]]] = {
        "christmas": lambda y: [date(y, 12, day) for day in range(24, 32)] + [date(y, 1, 1)],
        "easter": lambda y: [easter(y) - timedelta(days=2), easter(y) + timedelta(days=1)],
        "may": lambda y: [date(y, 5, 1) + relativedelta(weekday=MO)],
        "spring": lambda y: [date(y, 5, 31) + relativedelta(weekday=MO(-1))],
        "august": lambda y: [date(y, 8, day) for day in range(1, 32)],
    }
    known = Known(between(YEARS[0] - 1, YEARS[-1]))
    for year in YEARS:
        for day in off[holiday](year):
            assert not known.is_open(day), day


@pytest.mark.parametrize("today", DAYS)
def test_the_calendar_of_the_demonstration_reaches_from_two_years_ago_to_a_year_ahead(
    today: date,
) -> None:
    calendar = Calendar.reaching(today)
    assert calendar.terms[0].begins <= today - timedelta(days=730) + A_WEEK
    assert calendar.terms[-1].ends >= today + timedelta(days=365) - 8 * A_WEEK
    assert all(map(calendar.is_open, calendar.days))
    assert list(calendar.days) == sorted(calendar.days)


@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2040, 2, 29)])
def test_the_demonstration_records_the_terms_of_its_own_story(today: date) -> None:
    story = made(1, today)
    opening = next(iter(History(story, 1, until=story.happenings[-1].recorded_at)))
    dates = [each for each in opening.records if isinstance(each, TermDates)]
    told = [(each.name, each.begins, each.ends) for each in dates]
    assert told == [(term.name, term.begins, term.ends) for term in story.calendar.terms]
    assert len({each.term_set for each in dates}) == 1
    assert story.calendar == Calendar.reaching(today)
