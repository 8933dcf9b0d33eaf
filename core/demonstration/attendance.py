"""The registers of the demonstration school: its last two weeks, a class and session at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from random import Random

from core.demonstration.calendar import Calendar, at
from core.demonstration.cast import teacher_of
from core.demonstration.school import Pupil, School
from core.records import RegisterEntry
from core.store import Past

DAYS = 10  # of school, before today
SHARES = (("illness", 0.022), ("medical", 0.006), ("late", 0.02))
SESSIONS = {"morning": time(8, 52), "afternoon": time(13, 4)}
NOT_TAKEN = "2 Willow"  # today
FALLS = "tyler-marsh"  # the child who is here less and less
AWAY = (1, 2, 3)  # of the last five days


@dataclass(frozen=True)
class Attendance:
    """Draws who was here. The seed is its own, so that it changes nothing else of the story."""

    school: School
    calendar: Calendar
    id_of: Callable[[str], str]
    seed: int

    def records(self, until: datetime) -> Iterator[Past]:
        """The registers that have been taken by now, the oldest first."""
        rng = Random(self.seed)  # noqa: S311 - a story, not a secret
        known = self.calendar.days
        days = known[: known.index(self.school.today) + 1][-DAYS - 1 :]
        for ago, day in zip(range(len(days) - 1, -1, -1), days, strict=True):
            for session in SESSIONS:
                for past in self._session(rng, day, session, ago):
                    if past.at <= until:
                        yield past

    def _session(self, rng: Random, day: date, session: str, ago: int) -> Iterator[Past]:
        minutes = SESSIONS[session].hour * 60 + SESSIONS[session].minute
        by_class = groupby(sorted(self.school.pupils, key=_class), key=_class)
        for class_name, children in by_class:
            here = [child for child in children if child.joined_on <= day]
            if ago == 0 and class_name == NOT_TAKEN:
                continue
            marks = [self._mark(rng, child, ago) for child in here]
            entry = RegisterEntry(
                id=self.id_of(f"register {class_name} {day} {session}"),
                day=day,
                session=session,
                pupils=tuple(self.id_of(child.key) for child in here),
                marks=tuple(marks),
            )
            by = self.id_of(teacher_of(self.school, class_name))
            yield Past(at(day, minutes + rng.randrange(8)), by, [entry])

    def _mark(self, rng: Random, child: Pupil, ago: int) -> str:
        drawn = rng.random()
        if child.key == FALLS:
            return "unauthorised" if ago in AWAY else "present"
        for mark, share in SHARES:
            if drawn < share:
                return mark
            drawn -= share
        return "present"


def _class(pupil: Pupil) -> str:
    return pupil.class_name
