"""By when a pupil's file has to be at the next school: within five days.

The guidance does not say which days it means, so they are counted in all three ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.school_days import Calendar

DAYS = 5


@dataclass(frozen=True)
class Due:
    """By when the file has to be there, as each of the three ways of counting has it."""

    calendar: date
    working: date
    school: date

    @property
    def earliest(self) -> date:
        """The day on which the alarm rings."""
        return min(self.calendar, self.working, self.school)


def due(calendar: Calendar, leaving_on: date) -> Due:
    """Five days after the day of leaving: of the calendar, from Monday to Friday, of school."""
    working = school = leaving_on
    for _ in range(DAYS):
        school = calendar.next_open(school)
        working += timedelta(days={4: 3, 5: 2}.get(working.weekday(), 1))
    return Due(leaving_on + timedelta(days=DAYS), working, school)
