"""The school's calendar: which days are open, and how many hours of school lie between two moments.

Terms are a list of reference (`data/terms.json`). Where it says nothing, weekdays are open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.settings import School

FILE = Path(__file__).parents[1] / "data" / "terms.json"
OPENS = time(8, 30)  # when staff are there to read what was written
LONGEST = timedelta(days=60)  # over which hours are counted one by one


@dataclass(frozen=True)
class Term:
    """A term, with the days within it on which the school is closed."""

    name: str
    begins: date
    ends: date
    closed: frozenset[date]
    half_term: date  # its first day


@dataclass(frozen=True)
class Holiday:
    """Days on which the school is closed, the last one included."""

    begins: date
    ends: date


@cache
def terms() -> tuple[Term, ...]:
    """All terms that are known, in order."""
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(map(_term, entries))


def is_open(day: date) -> bool:
    """Whether there is school on this day."""
    if day.weekday() >= 5:
        return False
    known = terms()
    if not known or not known[0].begins <= day <= known[-1].ends:
        return True
    return any(t.begins <= day <= t.ends and day not in t.closed for t in known)


def year_of(day: date) -> date:
    """The first of September with which the school year of this day began."""
    return date(day.year - (day.month < 9), 9, 1)


def next_open(day: date) -> date:
    """The first day of school after this one."""
    return next(each for each in _days(day + timedelta(days=1)) if is_open(each))


def is_return(day: date) -> bool:
    """Whether this is the first day of school after a weekend or a holiday: after more than the one
    day on which a school is closed now and then."""
    return is_open(day) and not any(is_open(day - timedelta(days=back)) for back in (1, 2))


def last_open(day: date) -> date:
    """This day, or the last one before on which there was school."""
    while not is_open(day):
        day -= timedelta(days=1)
    return day


def opened(last: date, number: int) -> list[date]:
    """So many days of school, the newest first, with `last` if there is school on it."""
    found: list[date] = []
    while len(found) < number:
        last = last_open(last)
        found.append(last)
        last -= timedelta(days=1)
    return found


def hours(since: datetime, until: datetime, school: School) -> float:
    """The hours of school between two moments: on open days, until home time."""
    zone, goes_home = school.zone, school.goes_home_at
    begin, end = since.astimezone(zone), until.astimezone(zone)
    begin = max(begin, end - LONGEST)
    whole = timedelta()
    for day in _days(begin.date()):
        if day > end.date():
            break
        if is_open(day):
            opens = datetime.combine(day, OPENS, zone)
            closes = datetime.combine(day, goes_home, zone)
            whole += max(min(end, closes) - max(begin, opens), timedelta())
    return whole / timedelta(hours=1)


def holidays(since: date, until: date) -> list[Holiday]:
    """The holidays of more than a weekend in a period, as far as terms are known."""
    found: list[Holiday] = []
    first: date | None = None
    for day in _days(since):
        if day > until:
            break
        if not is_open(day):
            first = first or day
        elif first:
            found.append(Holiday(first, day - timedelta(days=1)))
            first = None
    if first:
        found.append(Holiday(first, until))
    return [each for each in found if each.ends - each.begins > timedelta(days=2)]


def _days(first: date) -> Iterator[date]:
    while True:
        yield first
        first += timedelta(days=1)


def _term(entry: dict[str, Any]) -> Term:
    half_term = [date.fromisoformat(day) for day in entry["half_term"]]
    closed = {date.fromisoformat(day) for day in entry["closed"]}
    for day in _days(half_term[0]):
        if day > half_term[1]:
            break
        closed.add(day)
    begins, ends = date.fromisoformat(entry["begins"]), date.fromisoformat(entry["ends"])
    return Term(entry["name"], begins, ends, frozenset(closed), half_term[0])
