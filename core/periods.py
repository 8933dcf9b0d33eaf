"""Half-terms, terms and school years: what a release can be about.

They follow each other without a gap: a holiday belongs to what comes after it, so that nothing
that was written down falls between two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from core import moments
from core.school_days import Calendar
from core.term_dates import DAY, Term

AUTUMN = 8  # the month in which a school year can begin at the earliest


@dataclass(frozen=True)
class Period:
    """A half-term, a term, or a school year with its terms."""

    name: str
    begins: date
    ends: date
    terms: tuple[Period, ...] = ()
    is_whole: bool = True  # and not half of a term

    @property
    def key(self) -> str:
        """What tells it from every other."""
        return f"{self.begins}/{self.ends}"

    def between(self, zone: ZoneInfo) -> dict[str, datetime]:
        """From its first moment to the first one after it, as queries name them."""
        return {
            "since": moments.at(self.begins, time(), zone),
            "until": moments.at(self.ends + DAY, time(), zone),
        }


def closed(calendar: Calendar, today: date) -> list[Period]:
    """The periods that are over, the newest first, and of those that end together the shortest.
    None lies behind the last day that the calendar knows."""
    over = [period for period in every(calendar) if period.ends < today]
    return sorted(over, key=lambda p: (-p.ends.toordinal(), -p.begins.toordinal()))


def every(calendar: Calendar) -> list[Period]:
    """All periods for which the calendar has terms; a year only where it has the whole of it."""
    terms = _terms(calendar.terms)
    years = [_year(list(some)) for _, some in groupby(terms, key=lambda p: school_year(p.ends))]
    halves = [half for term, whole in zip(calendar.terms, terms, strict=True)
              for half in _halves(term, whole)]  # fmt: skip
    return [*halves, *terms, *(year for year in years if len(year.terms) == 3)]


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day began."""
    return day.year if day.month >= AUTUMN else day.year - 1


def _terms(known: Sequence[Term]) -> list[Period]:
    begins = [known[0].begins, *(term.ends + DAY for term in known[:-1])] if known else []
    return [Period(term.name, first, term.ends) for first, term in zip(begins, known, strict=True)]


def _halves(term: Term, whole: Period) -> list[Period]:
    middle = term.half_term_begins
    return [
        Period(f"{term.name}, first half", whole.begins, middle - DAY, is_whole=False),
        Period(f"{term.name}, second half", middle, whole.ends, is_whole=False),
    ]


def _year(terms: list[Period]) -> Period:
    first = school_year(terms[0].ends)
    name = f"School year {first}–{(first + 1) % 100:02}"
    return Period(name, terms[0].begins, terms[-1].ends, tuple(terms))
