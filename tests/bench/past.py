"""What was recorded in a school of 400 pupils over many years, made up from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from core import actions
from core.demonstration import texts
from core.forms import PARTS
from core.person import SYSTEM, Role
from core.records import (
    Action,
    Alert,
    Completion,
    Incident,
    LinkedPupil,
    PersonDetails,
    PupilDetails,
    Reading,
    Relation,
    Setting,
)
from core.store import Past, Record, new_id

CLASSES, IN_A_CLASS, STAFF = 14, 29, 56
INCIDENTS, ACTIONS = 500, 4  # a year; beneath an incident
FRESH = timedelta(days=14)  # what is newer than this was read by half of those alerted
YEAR = timedelta(days=365)
FIRST_NUMBER = 1001
LONG, SHORT = "Hector Long", "Shona Short"  # stay the whole time; see `History`
LONG_EVERY, SHORT_EVERY = 20, 10  # the nth incident is about them
TEAM = (Role.HEAD, Role.LEAD, Role.LEAD, Role.LEAD)


@dataclass(frozen=True)
class Team:
    """The ids of the staff: those who are told of everything, and everybody else."""

    leads: Sequence[str]
    others: Sequence[str]


class History:
    """`years` of a school up to the moment `until`, the oldest first.

    500 incidents a year, each with four actions, and fifteen alerts of which nearly all were read.
    Classes move up each September: the children of the last two leave, and others come. Two
    children stay: twenty-five incidents of each year are about the one, so that twenty years make
    500, and fifty of the last year are about the other.
    """

    def __init__(self, years: int, *, until: datetime, seed: int = 1) -> None:
        self._rng = Random(seed)  # noqa: S311 - a school that is made up
        self._years, self._until = years, until
        self._begun = until - years * YEAR
        self._templates = texts.templates()
        ids = [new_id() for _ in range(STAFF)]
        self.team = Team(ids[: len(TEAM)], ids[len(TEAM) :])
        self._roll = [[new_id() for _ in range(IN_A_CLASS)] for _ in range(CLASSES)]
        self._long, self._short = new_id(), new_id()

    def __iter__(self) -> Iterator[Past]:
        opening = self._begun - timedelta(days=1)
        named = Setting(name="name", value="Hollin Bank Primary School")
        yield Past(opening, SYSTEM.id, [named, *self._staff(), *self._pupils(self._begun)])
        relatives = zip(self.team.others[-6:], self._roll[0], strict=False)
        yield Past(opening, SYSTEM.id, [Relation(person=p, pupil=c) for p, c in relatives])
        number = FIRST_NUMBER
        for year in range(self._years):
            since = self._begun + year * YEAR
            if year:
                yield Past(since, SYSTEM.id, self._pupils(since))
            moments = sorted(since + self._rng.random() * YEAR for _ in range(INCIDENTS))
            about = self._about(is_last=year == self._years - 1)
            told = [
                past
                for n, at in enumerate(moments)
                for past in self._incident(number + n, at, about.get(n))
            ]
            yield from sorted(told, key=lambda past: past.at)
            number += INCIDENTS

    def _staff(self) -> Iterator[Record]:
        for n, person in enumerate([*self.team.leads, *self.team.others]):
            role = TEAM[n] if n < len(TEAM) else Role.STAFF
            place = n - len(TEAM)
            yield PersonDetails(
                person=person,
                name=f"Ms {_word(self._rng)} {_word(self._rng)}",
                email=f"person.{n}@school.example",
                role=role,
                post="Safeguarding lead" if role is Role.LEAD else "Class teacher",
                class_name=_class(place) if 0 <= place < CLASSES else "",
            )

    def _pupils(self, at: datetime) -> list[Record]:
        """Everybody moves up two places; two classes leave and two are new."""
        leaving, self._roll = self._roll[-2:], [
            *([new_id() for _ in range(IN_A_CLASS)] for _ in range(2)), *self._roll[:-2]
        ]  # fmt: skip
        gone: list[Record] = []
        if at > self._begun:
            gone = [self._child(c, CLASSES - 1, at.date()) for group in leaving for c in group]
        here = [self._child(c, n, None) for n, group in enumerate(self._roll) for c in group]
        staying = [
            replace(self._child(self._long, 0, None), name=LONG),
            replace(self._child(self._short, 0, None), name=SHORT),
        ]
        return [*gone, *here, *staying]

    def _child(self, pupil: str, place: int, left_on: date | None) -> PupilDetails:
        rng = Random(pupil)  # noqa: S311 - the same name each year
        return PupilDetails(
            pupil=pupil,
            name=f"{_word(rng)} {_word(rng)}",
            born_on=date(2000 + rng.randrange(20), rng.randrange(1, 13), rng.randrange(1, 29)),
            class_name=_class(place),
            upn=f"A{rng.randrange(10**12):012}",
            household=f"H{rng.randrange(10**6):06}",
            left_on=left_on,
        )

    def _about(self, *, is_last: bool) -> dict[int, str]:
        """Which incidents of a year are about the two children who stay."""
        shorts = range(5, INCIDENTS, SHORT_EVERY) if is_last else ()
        longs = range(0, INCIDENTS, LONG_EVERY)
        return dict.fromkeys(shorts, self._short) | dict.fromkeys(longs, self._long)

    def _incident(self, number: int, at: datetime, about: str | None) -> Iterator[Past]:
        rng, template = self._rng, self._rng.choice(self._templates)
        place = rng.randrange(CLASSES)
        reporter = rng.choice(self.team.others[:40])
        incident = Incident(
            number=number,
            pupil=about or rng.choice(self._roll[place]),
            occurred_at=at - timedelta(minutes=rng.randrange(10, 300)),
            account=template.account,
            child_words=template.words,
            parents_contacted=template.parents,
            parents_why_not=template.why_not,
            categories=template.categories,
            agencies=template.agencies,
            urgent=rng.random() < 0.05,
        )
        linked = [
            LinkedPupil(incident=incident.id, pupil=rng.choice(self._roll[place]), part=part)
            for part in rng.sample(sorted(PARTS), rng.choice([0, 0, 1, 2]))
        ]
        told = [*self.team.leads, self.team.others[place], rng.choice(self.team.others)]
        alerts = [Alert(person=p, incident=incident.id) for p in dict.fromkeys(told)]
        yield Past(at, reporter, [incident, *linked, *alerts])
        yield from self._read(alerts, at)
        for n in range(ACTIONS):
            yield from self._action(incident.id, at + timedelta(days=1 + n), [reporter, *told[1:]])

    def _action(self, incident: str, at: datetime, told: list[str]) -> Iterator[Past]:
        if at > self._until:
            return
        asked = self._rng.random() < 0.1
        action = Action(
            incident=incident,
            kind=self._rng.choice(sorted(actions.KINDS)),
            account=self._rng.choice(self._templates).account[:300],
            asked_of=self._rng.choice(self.team.others) if asked else "",
        )
        alerts = [Alert(person=p, incident=incident, action=action.id) for p in told]
        yield Past(at, self.team.leads[0], [action, *alerts])
        yield from self._read(alerts, at)
        if asked and at < self._until - FRESH:
            done = Completion(action=action.id, incident=incident)
            yield Past(at + timedelta(hours=5), action.asked_of, [done])

    def _read(self, alerts: Sequence[Alert], at: datetime) -> Iterator[Past]:
        for alert in alerts:
            read_at = at + timedelta(minutes=self._rng.randrange(1, 600))
            if read_at < self._until and (at < self._until - FRESH or self._rng.random() < 0.5):
                reading = Reading(alert=alert.id, person=alert.person, incident=alert.incident)
                yield Past(read_at, alert.person, [reading])


def _class(place: int) -> str:
    return f"{place // 2} {('Oak', 'Ash')[place % 2]}"


def _word(rng: Random) -> str:
    parts = (
        rng.choice("BDFGHJKLMNPRSTVW") + rng.choice("aeiou") for _ in range(rng.choice([2, 3]))
    )
    return "".join(parts).capitalize()
