"""School years: when a child of a year group was born, began, and changed classes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from core.demonstration.calendar import Calendar, school_year

APART = timedelta(days=300)  # children of one mother who are not twins


class Years:
    """Puts children into the school years of a calendar."""

    def __init__(
        self,
        rng: Random,
        calendar: Calendar,
        today: date,
        classes: tuple[tuple[str, tuple[int, ...]], ...],
    ) -> None:
        self.rng, self.calendar, self.today = rng, calendar, today
        self.class_of = {year: name for name, years in classes for year in years}

    def birth(self, year: int, birthday: str, others: list[date]) -> date:
        """A birth date for this year group, not impossibly near to a brother's or sister's."""
        autumn = school_year(self.today) - year - 5
        if birthday:
            return _on(autumn, *map(int, birthday.split("-")))
        while True:
            born = date(autumn, 9, 1) + timedelta(days=self.rng.randrange(365))
            if all(abs(born - other) >= APART for other in others):
                return born

    def first_day(self, year: int, joined_weeks: int) -> date:
        """The first day at this school: in Reception, or so many weeks before today."""
        reception = self._opens(school_year(self.today) - year)
        later = self.calendar.last(self.today - timedelta(weeks=joined_weeks))
        return max(reception, later) if joined_weeks else reception

    def classes(self, year: int, joined: date) -> tuple[tuple[date, str], ...]:
        """Since when the child has been in which class."""
        found = [(joined, self.class_of[year - self._years_ago(joined)])]
        for ago in range(self._years_ago(joined) - 1, -1, -1):
            name = self.class_of[year - ago]
            if name != found[-1][1]:
                found.append((self._opens(school_year(self.today) - ago), name))
        return tuple(found)

    def _opens(self, autumn: int) -> date:
        """The first day of the school year; 3 September, before the calendar begins."""
        first = date(autumn, 9, 3)
        return (
            first if first < self.calendar.days[0] else self.calendar.later(date(autumn, 8, 31), 1)
        )

    def _years_ago(self, day: date) -> int:
        return school_year(self.today) - school_year(day)


def _on(autumn: int, month: int, day: int) -> date:
    year = autumn if month >= 9 else autumn + 1
    leaps = year % 4 == 0
    return date(year, month, day if leaps or (month, day) != (2, 29) else 28)
