"""The world in which incidents happen, and when each of them is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from core.demonstration.calendar import CLOSES, LONDON, Calendar, at
from core.demonstration.follow_ups import Pace
from core.demonstration.school import School
from core.demonstration.texts import Template, words

HOURS = {
    "breakfast": (7 * 60 + 55, 8 * 60 + 30),
    "arrival": (8 * 60 + 40, 8 * 60 + 55),
    "register": (8 * 60 + 55, 9 * 60 + 10),
    "late": (9 * 60 + 8, 9 * 60 + 50),
    "morning": (9 * 60 + 15, 11 * 60 + 55),
    "break": (10 * 60 + 30, 10 * 60 + 45),
    "lunch": (12 * 60 + 5, 13 * 60 + 5),
    "afternoon": (13 * 60 + 20, 15 * 60 + 10),
    "home": (15 * 60 + 30, 15 * 60 + 45),
    "after": (15 * 60 + 45, 16 * 60 + 30),
    "after_lunch": (13 * 60 + 20, 14 * 60),
    "day": (9 * 60 + 20, 15 * 60),
}


@dataclass(frozen=True)
class Scene:
    """The world in which incidents happen, and up to which moment it is known."""

    rng: Random
    school: School
    calendar: Calendar
    now: datetime

    def pace(self, *, exact: bool = False, speed: float = 1.0) -> Pace:
        """How time goes between the steps of an incident."""
        return Pace(self.rng, self.calendar, exact, speed)


@dataclass(frozen=True)
class Written:
    """When something happened, when it was written down, and what the writer says about that."""

    occurred_at: datetime
    recorded_at: datetime
    told_at: datetime
    remark: str = ""
    notes: str = ""


def written(scene: Scene, template: Template, day: date, *, late: int = 0) -> Written:
    """When an incident of this kind happens on a day, and when it is written down.

    Mostly within two hours, urgent ones at once; `late`, only so many days of school later.
    """
    rng = scene.rng
    minutes = rng.randint(*HOURS[template.when])
    occurred_at = at(day, minutes)
    if late:
        return postponed(scene, occurred_at, late)
    shortest, longest, usual = (6, 25, 12) if template.urgent else (8, 200, 35)
    left = CLOSES - minutes - rng.randrange(12)
    delay = min(template.takes + rng.triangular(shortest, longest, usual), left)
    recorded_at = occurred_at + timedelta(seconds=int(delay * 60))
    return Written(occurred_at, recorded_at, _between(rng, occurred_at, recorded_at))


def postponed(scene: Scene, occurred_at: datetime, days: int) -> Written:
    """What was written down only so many days of school later, with a sentence that says so."""
    rng, day = scene.rng, occurred_at.astimezone(LONDON).date()
    later = scene.calendar.later(day, days)
    hour = rng.choice((8 * 60 + 5, 15 * 60 + 45)) + rng.randrange(40)
    recorded_at = at(later, hour) + timedelta(seconds=rng.randrange(60))
    late = words()["late"]
    remark = rng.choice(late["sentences"])
    notes = late["notes"] if "note" in remark else ""
    return Written(occurred_at, recorded_at, occurred_at, remark, notes)


def _between(rng: Random, first: datetime, last: datetime) -> datetime:
    return (first + (last - first) * rng.uniform(0.3, 0.8)).replace(second=0, microsecond=0)
