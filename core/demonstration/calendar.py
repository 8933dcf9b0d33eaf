"""The days on which an English primary school is open, and the hours of such a day."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TERMS = Path(__file__).parents[2] / "data" / "terms.json"

OPENS = 7 * 60 + 50
CLOSES = 17 * 60 + 45
YEAR = timedelta(weeks=52)  # keeps the days of the week in place


@dataclass(frozen=True)
class Calendar:
    """School days in order, without weekends, holidays and days of training."""

    days: tuple[date, ...]

    @classmethod
    def reaching(cls, today: date) -> Calendar:
        """The days of `data/terms.json`, and the last year of it again until `today` lies within.

        Reaches at least a year beyond `today`, so that whatever is due has its day.
        """
        days = sorted(_written())
        last_year = [day for day in days if day > days[-1] - YEAR]
        while days[-1] < today + YEAR:
            last_year = [day + YEAR for day in last_year]
            days += [day for day in last_year if day > days[-1]]
        return cls(tuple(days))

    @cached_property
    def _known(self) -> frozenset[date]:
        return frozenset(self.days)

    def is_open(self, day: date) -> bool:
        """Whether there is school on this day."""
        return day in self._known

    def last(self, day: date) -> date:
        """The school day on which it is, or the last one before. The first, before them all."""
        return self.days[max(bisect_right(self.days, day) - 1, 0)]

    def later(self, day: date, number: int) -> date:
        """The school day that comes `number` school days after this one."""
        return self.days[bisect_right(self.days, day) + number - 1]

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The school days from `first` to `last`, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def same_weekday(self, day: date) -> date:
        """The day, or as many weeks earlier as it takes for school to be open."""
        while not self.is_open(day) and day > self.days[0]:
            day -= timedelta(weeks=1)
        return day

    def in_hours(self, moment: datetime) -> datetime:
        """The moment, or the next morning of school if nobody is there any more."""
        local = moment.astimezone(LONDON)
        minutes = local.hour * 60 + local.minute
        if self.is_open(local.date()) and minutes < OPENS:
            return moment + timedelta(minutes=OPENS - minutes)
        if self.is_open(local.date()) and minutes <= CLOSES:
            return moment
        return at(self.later(local.date(), 1), OPENS + minutes % 75) + timedelta(
            seconds=local.second
        )


def at(day: date, minutes: int) -> datetime:
    """The moment (UTC) at which the clock on the wall shows so many minutes after midnight."""
    local = datetime.combine(day, time(*divmod(minutes, 60)), LONDON)
    return local.astimezone(UTC)


def school_year(day: date) -> int:
    """The year in which the school year of this day began: 2026 for November 2026 and May 2027."""
    return day.year if day.month >= 9 else day.year - 1


def _written() -> Iterator[date]:
    for term in json.loads(TERMS.read_text(encoding="utf-8")):
        yield from _open_days(term)


def _open_days(term: dict[str, Any]) -> Iterator[date]:
    day, last = date.fromisoformat(term["begins"]), date.fromisoformat(term["ends"])
    first_off, last_off = term["half_term"]
    while day <= last:
        off = first_off <= day.isoformat() <= last_off or day.isoformat() in term["closed"]
        if day.weekday() < 5 and not off:
            yield day
        day += timedelta(days=1)
