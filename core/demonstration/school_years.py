"""The terms of an English school, year for year: as the starter set has them, else by rule.

By the rule a year begins on the first Thursday in September, Christmas and Easter are holidays of
two weeks, and no bank holiday is a day of school.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, TH, TU, WE, relativedelta, weekday

from core import term_dates
from core.term_dates import Term

WEEK = timedelta(days=4)  # from its Monday to its Friday
EARLY_EASTER = (4, 8)  # the holidays follow it; where it is later, they go before it


def between(first: int, last: int) -> tuple[Term, ...]:
    """The terms of the school years that begin in these calendar years, both included."""
    written = {term.name: term for term in term_dates.starter()}
    ruled = (term for year in range(first, last + 1) for term in by_rule(year))
    return tuple(written.get(term.name, term) for term in ruled)


def by_rule(year: int) -> tuple[Term, Term, Term]:
    """The terms of the school year that begins in the autumn of a calendar year."""
    spring_ends, summer_begins = _around_easter(year + 1)
    return (
        _term("Autumn", _on(year, 9, 1, TH), _on(year, 12, 22, FR(-1)),
              _on(year, 10, 31, MO(-1)), _on(year, 11, 30, FR(-1))),
        _term("Spring", _on(year + 1, 1, 3, TU), spring_ends, _on(year + 1, 2, 1, MO(+3))),
        _term("Summer", summer_begins, _on(year + 1, 7, 17, WE),
              _on(year + 1, 5, 31, MO(-1)), _on(year + 1, 5, 1, MO), _on(year + 1, 6, 30, FR(-1))),
    )  # fmt: skip


def _around_easter(year: int) -> tuple[date, date]:
    """The last day of the spring term and the first of the summer term."""
    sunday = easter(year)
    if (sunday.month, sunday.day) <= EARLY_EASTER:
        return sunday - timedelta(days=3), sunday + timedelta(days=15)
    return sunday - timedelta(days=16), sunday + timedelta(days=2)


def _term(season: str, begins: date, ends: date, half_term: date, *closed: date) -> Term:
    inside = tuple(day for day in closed if begins <= day <= ends)
    return Term(f"{season} {begins.year}", begins, ends, half_term, half_term + WEEK, inside)


def _on(year: int, month: int, day: int, which: weekday) -> date:
    """The first such day of the week from a date on; the last one until it, where it is minus."""
    return date(year, month, day) + relativedelta(weekday=which)
