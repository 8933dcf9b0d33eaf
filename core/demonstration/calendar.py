"""The days on which the demonstration's school is open, and the hours of such a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from core import school_days
from core.demonstration import school_years

LONDON = ZoneInfo("Europe/London")

OPENS = 7 * 60 + 50
CLOSES = 17 * 60 + 45
TWO_YEARS, YEAR = timedelta(days=730), timedelta(days=364)


@dataclass(frozen=True)
class Calendar(school_days.Calendar):
    """The calendar of a school, with what a story asks of it: its days in order, by number."""

    @classmethod
    def reaching(cls, today: date) -> Calendar:
        """From the school year of two years before `today` to that of a year after it, so that
        whatever was, and whatever is due, has its day."""
        first, last = school_year(today - TWO_YEARS), school_year(today + YEAR)
        return cls(school_years.between(first, last))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of school in order, without weekends, holidays and days of training."""
        return tuple(day for term in self.terms for day in term.days)

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
