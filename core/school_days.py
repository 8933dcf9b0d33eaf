"""The school's calendar: which days are open, and how many hours of school lie between two moments.

It is made from the terms in the record. Where no terms are known every weekday counts as one of
school: what is there for the safety of children goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import count, groupby, pairwise

from core import moments, settings, terms
from core.settings import School
from core.store import Store
from core.term_dates import DAY, LONGEST_HOLIDAY, Term

OPENS = time(8, 30)  # when staff are there to read what was written
LONGEST = timedelta(days=60)  # over which hours are counted one by one
SOON = timedelta(days=60)  # before the last known day, from when leads are told

NONE_KNOWN = "The school’s terms are not known."
KNOWN_UNTIL = "The school’s terms are known only until {day}."
ASK = (
    "Where no terms are known every weekday counts as a day of school, and no period can be "
    "released. Ask whoever looks after the machine to enter the next terms: python -m core terms."
)


@dataclass(frozen=True)
class Holiday:
    """Days on which the school is closed, the last one included."""

    begins: date
    ends: date


@dataclass(frozen=True)
class Calendar:
    """The days of a school, as its terms tell them, in order of time."""

    terms: tuple[Term, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day that is known."""
        return self.terms[-1].ends if self.terms else None

    def ended(self, day: date) -> str:
        """A sentence, where a day lies behind the last one that is known; else nothing."""
        if self.last_day is None:
            return NONE_KNOWN
        return "" if day <= self.last_day else self.known_until

    @property
    def known_until(self) -> str:
        """A sentence: to which day the terms are known."""
        last = self.last_day
        return KNOWN_UNTIL.format(day=moments.day(last)) if last else NONE_KNOWN

    def is_open(self, day: date) -> bool:
        """Whether there is school on this day."""
        if day.weekday() >= 5:
            return False
        return day in self._open or not any(first <= day <= last for first, last in self._stretches)

    def next_open(self, day: date) -> date:
        """The first day of school after this one."""
        return next(each for each in _days(day + DAY) if self.is_open(each))

    def last_open(self, day: date) -> date:
        """This day, or the last one before on which there was school."""
        while not self.is_open(day):
            day -= DAY
        return day

    def opened(self, last: date, number: int) -> list[date]:
        """So many days of school, the newest first, with `last` if there is school on it."""
        found: list[date] = []
        while len(found) < number:
            last = self.last_open(last)
            found.append(last)
            last -= DAY
        return found

    def is_return(self, day: date) -> bool:
        """Whether this is the first day of school after a weekend or a holiday: after more than
        the one day on which a school is closed now and then."""
        before = (day - back * DAY for back in (1, 2))
        return self.is_open(day) and not any(map(self.is_open, before))

    def hours(self, since: datetime, until: datetime, school: School) -> float:
        """The hours of school between two moments: on open days, until home time."""
        zone, goes_home = school.zone, school.goes_home_at
        begin, end = since.astimezone(zone), until.astimezone(zone)
        begin = max(begin, end - LONGEST)
        whole = timedelta()
        for day in _days(begin.date(), end.date()):
            if self.is_open(day):
                opens = datetime.combine(day, OPENS, zone)
                closes = datetime.combine(day, goes_home, zone)
                whole += max(min(end, closes) - max(begin, opens), timedelta())
        return whole / timedelta(hours=1)

    def holidays(self, since: date, until: date) -> list[Holiday]:
        """The holidays of more than a weekend in a period, as far as terms are known."""
        stretches = [(is_open, list(days))
                     for is_open, days in groupby(_days(since, until), self.is_open)]  # fmt: skip
        found = (Holiday(days[0], days[-1]) for is_open, days in stretches if not is_open)
        return [each for each in found if each.ends - each.begins > 2 * DAY]

    @cached_property
    def _open(self) -> frozenset[date]:
        return frozenset(day for term in self.terms for day in term.days)

    @cached_property
    def _stretches(self) -> tuple[tuple[date, date], ...]:
        """From when to when terms are known. Where two lie further apart than any holiday is long,
        nobody has told what was between them."""
        if not self.terms:
            return ()
        apart = [(one.ends, following.begins) for one, following in pairwise(self.terms)
                 if following.begins - one.ends > LONGEST_HOLIDAY]  # fmt: skip
        begins = [self.terms[0].begins, *(begins for _, begins in apart)]
        ends = [*(ends for ends, _ in apart), self.terms[-1].ends]
        return tuple(zip(begins, ends, strict=True))


def calendar(store: Store) -> Calendar:
    """The calendar of the school as its terms stand now."""
    return store.kept(_calendar)


def warnings(store: Store) -> Iterator[str]:
    """That the terms end soon or have ended, for whoever looks after the school."""
    now, today = calendar(store), moments.today(settings.school(store).zone)
    if now.last_day is None or now.last_day - today <= SOON:
        yield f"{now.known_until} {ASK}"


def year_of(day: date) -> date:
    """The first of September with which the school year of this day began."""
    return date(day.year - (day.month < 9), 9, 1)


def _calendar(store: Store) -> Calendar:
    return Calendar(terms.known(store))


def _days(first: date, last: date = date.max) -> Iterator[date]:
    """One after the other, the last one included."""
    for after in count():
        day = first + after * DAY
        if day > last:
            return
        yield day
