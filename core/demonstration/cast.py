"""Who plays which part in an incident: who writes, who is told, who acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from core.demonstration.school import Pupil, School, Staff

LEAD, DEPUTY, HEAD, SENCO, MIDDAY, OFFICE = "whitlock", "barker", "reyes", "nowak", "lomas", "pike"
TEAM = (LEAD, DEPUTY, HEAD)
FIXED = {"lead": LEAD, "deputy": DEPUTY, "head": HEAD, "senco": SENCO, "midday": MIDDAY}


@dataclass(frozen=True)
class Cast:
    """The adults around one incident. Nobody of the family of a child in it has a part."""

    school: School
    reporter: str
    any_lead: str
    teacher: str
    ta: str
    class_teachers: tuple[str, ...]
    barred: frozenset[str]

    def person(self, part: str) -> str:
        """The key of whoever has this part; another lead where they may not have it."""
        parts = {**FIXED, "any_lead": self.any_lead, "teacher": self.teacher, "ta": self.ta}
        key = {**parts, "reporter": self.reporter}.get(part, part)
        return LEAD if key in self.barred else key

    def alerted(self, also: tuple[str, ...]) -> list[str]:
        """Who is told: the safeguarding team, the head, the class teachers, then the others.

        Policy: the first three always. Whoever wrote it needs no notice of it.
        """
        told = [*TEAM, *self.class_teachers, *(self.person(part) for part in also)]
        return [p for p in dict.fromkeys(told) if p != self.reporter and p not in self.barred]


def gather(rng: Random, school: School, by: str, pupils: Sequence[Pupil], day: date) -> Cast:
    """The cast of an incident that `by` (a part or a key) writes about the first of the pupils."""
    barred = frozenset(school.relatives(*(pupil.key for pupil in pupils)))
    class_name = pupils[0].class_on(day)
    teacher, ta = teacher_of(school, class_name), _assistant(school, class_name)
    teacher = ta if teacher in barred else teacher
    reporter = _reporter(rng, school, by, {"teacher": teacher, "ta": ta, **FIXED}, barred)
    leads = [key for key in (LEAD, LEAD, DEPUTY) if key != reporter]
    return Cast(
        school=school,
        reporter=reporter,
        any_lead=rng.choice(leads),
        teacher=teacher,
        ta=ta,
        class_teachers=tuple(teacher_of(school, p.class_on(day)) for p in pupils),
        barred=barred,
    )


def teacher_of(school: School, class_name: str) -> str:
    """The key of the class teacher."""
    return next(s.key for s in school.staff if s.class_name == class_name)


def _assistant(school: School, class_name: str) -> str:
    return next(s.key for s in school.staff if class_name in s.also_in)


def _reporter(
    rng: Random, school: School, by: str, parts: dict[str, str], barred: frozenset[str]
) -> str:
    if by == "other_teacher":
        others = [s.key for s in school.staff if s.class_name and s.key != parts["teacher"]]
        return rng.choice([key for key in others if key not in barred])
    key = parts.get(by, by)
    return parts["ta"] if key in barred else key


def shorts(school: School) -> dict[str, str]:
    """The words for staff who are the same for every child: “Mrs Whitlock”."""
    named: dict[str, Staff] = {part: school.person[key] for part, key in FIXED.items()}
    return {**{part: s.short for part, s in named.items()}, "office": school.person[OFFICE].short}
