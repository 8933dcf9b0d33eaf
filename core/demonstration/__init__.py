"""The demonstration school: from a seed and a day, always the same people and the same two years.

Pure: it reads the texts in `data/demonstration` and the terms in `data/terms.json`, and nothing
else; it neither knows the store nor the clock. Nobody in it exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from core.demonstration import texts, threads
from core.demonstration.calendar import LONDON, TWO_YEARS, Calendar, at
from core.demonstration.everyday import Everyday
from core.demonstration.happening import FollowUp, Happening, Linked, Plan, Read, Told
from core.demonstration.roll import enrol
from core.demonstration.scene import Scene
from core.demonstration.school import Adult, Household, Pupil, School, Staff

__all__ = [
    "LONDON",
    "TWO_YEARS",
    "Adult",
    "Demonstration",
    "FollowUp",
    "Happening",
    "Household",
    "Linked",
    "Plan",
    "Pupil",
    "Read",
    "School",
    "Staff",
    "Told",
    "made",
]  # fmt: skip

FIRST_LESSON = time(9, 20)
AFTERNOON = time(14, 18)


@dataclass(frozen=True)
class Demonstration:
    """A school with its terms, what was recorded there in the order of `recorded_at`, and who has
    a plan."""

    school: School
    calendar: Calendar
    happenings: tuple[Happening, ...]
    plans: tuple[Plan, ...]


def made(seed: int, today: date, *, time_of_day: time = AFTERNOON) -> Demonstration:
    """The school of this seed as it stands on `today` at a time by the clock on its wall.

    Nothing in it is later than that moment. Where there is no school on that day, or none yet, its
    last day is the school day before: what waits for somebody then has waited since. `today` is
    meant to be in or after September 2026; for earlier days there is less to tell.
    """
    rng = Random(seed)  # noqa: S311 - a story, not a secret
    calendar = Calendar.reaching(today)
    begun = calendar.is_open(today) and time_of_day >= FIRST_LESSON
    last = today if begun else calendar.last(today - timedelta(days=1))
    minutes = time_of_day.hour * 60 + time_of_day.minute
    school = enrol(rng, calendar, last)
    scene = Scene(rng, school, calendar, at(today, minutes))
    stories = texts.threads()
    pieces = threads.told(scene, stories, minutes if begun else 24 * 60)
    ordinary = Everyday(scene, texts.templates(), threads.children(stories))
    days = calendar.between(last - TWO_YEARS, last)
    all_of_them = (h for h in (*pieces, *ordinary.over(days)) if h.recorded_at <= scene.now)
    return Demonstration(
        school=school,
        calendar=calendar,
        happenings=tuple(sorted(all_of_them, key=lambda h: (h.recorded_at, h.template))),
        plans=(*threads.plans(scene, stories), *ordinary.plans),
    )
