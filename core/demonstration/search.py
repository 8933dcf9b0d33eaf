"""The search of the demonstration school: a child who was found in the library after six minutes.

Two accounts of it are not written yet, and the head has not investigated it: both wait for whoever
tries the school out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from core import settings
from core.demonstration.calendar import Calendar, at
from core.demonstration.cast import HEAD, LEAD, MIDDAY, OFFICE, TEAM, teacher_of
from core.demonstration.school import School
from core.records import (
    Alert,
    ChildFound,
    Incident,
    LastSeen,
    MissingChild,
    MissingClosing,
    MissingFact,
    MissingLog,
    Reading,
    SearchAccount,
    SearchCall,
    SearchIncident,
    SearchPress,
    SearchRole,
)
from core.store import Past, Record

R = TypeVar("R", bound=Record)

CHILD = "hamza-iqbal"
AGO = timedelta(days=23)
SEEN = 12 * 60 + 52  # minutes of the day
BEGUN, FOUND, CLOSED = 13 * 60 + 6, 13 * 60 + 12, 13 * 60 + 31
LIMIT = 10  # minutes
INSIDE, OUTSIDE = settings.School().zones(off_site=False)
LOOKS = "Short dark hair, slim, six years old. Missing a front tooth."
WEARS = "Grey school jumper with a dinosaur badge, grey trousers, black trainers."
FOUND_AT = "The library, behind the beanbags"
SAID = "I wanted to finish my book. I did not hear the bell."
WELL = "Well and surprised. Not hurt, not cold."
TOLD_MOTHER = "Mrs Pike rang his mother at once, and again when he was found."
CALLED = "His mother had not seen him. She was about to come."
NO_POLICE = "He was found inside before the police were to be called."
WROTE = {
    MIDDAY: "I was on the playground until the bell at ten to one. He was by the bench with a book "
            "when I last saw him. I did not count the line as it went in.",
    OFFICE: "The log came up on my screen at six minutes past one. I rang his mother and watched "
            "the gate on the camera. Nobody had gone out.",
    HEAD: "I took the lead at seven minutes past and sent two adults along the corridors. I found "
          "him in the library myself and told everybody to stop.",
}  # fmt: skip


@dataclass(frozen=True)
class Search:
    """Turns it into the log that was kept, and the incident that stands for it."""

    school: School
    calendar: Calendar
    id_of: Callable[[str], str]

    @property
    def day(self) -> date:
        """When it was."""
        return self.calendar.last_open(self.school.today - AGO)

    @property
    def closed_at(self) -> datetime:
        """From when on the incident is there."""
        return at(self.day, CLOSED)

    def records(self, number: int) -> Iterator[Past]:
        """The log, and what was written after it was closed."""
        yield from self._begins()
        yield from self._goes_on()
        yield from self._ends(number)
        for nth, (person, account) in enumerate(WROTE.items()):
            written = self._one(SearchAccount, f"account {person}", account=account)
            yield Past(at(self.day, 15 * 60 + 40 + 7 * nth), self.id_of(person), [written])

    def _begins(self) -> Iterator[Past]:
        teacher = teacher_of(self.school, self.school.pupil[CHILD].class_on(self.day))
        log = MissingLog(
            id=self._log,
            began_at=at(self.day, BEGUN),
            limit_minutes=LIMIT,
            inside=INSIDE,
            outside=OUTSIDE,
            told=tuple(self.id_of(key) for key in TEAM),
        )
        pupil = self._one(MissingChild, "child", pupil=self.id_of(CHILD))
        seen = self._one(LastSeen, "seen", seen_at=at(self.day, SEEN), place="Playground, by the "
                         "bench", seen_by=self.school.person[MIDDAY].short)  # fmt: skip
        looks, wears = self._fact("looks", LOOKS), self._fact("clothing", WEARS)
        others = self._pressed("step", "others", "done", BEGUN + 1)
        for minute, records in ((BEGUN, [log]), (BEGUN, [pupil, seen]), (BEGUN + 1, [others]),
                                (BEGUN + 1, [looks, wears])):  # fmt: skip
            yield Past(at(self.day, minute), self.id_of(teacher), records)

    def _goes_on(self) -> Iterator[Past]:
        roles = {HEAD: "lead", LEAD: "search", OFFICE: "parents", MIDDAY: "gates"}
        for person, role in roles.items():
            taken = self._one(SearchRole, role, role=role, person=self.id_of(person))
            yield Past(at(self.day, BEGUN + 1), self.id_of(person), [taken])
        for person, place, minute in ((MIDDAY, "Grounds", BEGUN + 2), (LEAD, "Toilets",
                                       BEGUN + 3), (MIDDAY, "Perimeter", BEGUN + 4)):  # fmt: skip
            cleared = self._pressed("zone", place, "cleared", minute)
            yield Past(at(self.day, minute), self.id_of(person), [cleared])
        asked = self._pressed("step", "parents", "done", BEGUN + 3)
        call = self._one(SearchCall, "call", step="parents", account=CALLED)
        yield Past(at(self.day, BEGUN + 3), self.id_of(OFFICE), [asked, call])

    def _ends(self, number: int) -> Iterator[Past]:
        head, pupil = self.id_of(HEAD), self.id_of(CHILD)
        found = self._one(ChildFound, "found", pupil=pupil, found_at=at(self.day, FOUND),
                          place=FOUND_AT, found_by=self.school.person[HEAD].short)  # fmt: skip
        yield Past(at(self.day, FOUND), head, [found])
        after = {"condition": WELL, "child_words": SAID, "told": TOLD_MOTHER,
                 "reunited": self.school.person[HEAD].short}  # fmt: skip
        facts = [self._fact(what, account) for what, account in after.items()]
        yield Past(at(self.day, FOUND + 9), head, facts)
        closing = self._one(MissingClosing, "closing", outcome="found", reason=NO_POLICE)
        incident = self._incident(number)
        joined = self._one(SearchIncident, "joined", pupil=pupil, incident=incident.id)
        told = [*TEAM, teacher_of(self.school, self.school.pupil[CHILD].class_on(self.day))]
        alerts = [Alert(id=self.id_of(f"search alert {key}"), person=self.id_of(key),
                        incident=incident.id) for key in told if key != HEAD]  # fmt: skip
        yield Past(self.closed_at, head, [closing, incident, joined, *alerts])
        for nth, alert in enumerate(alerts):
            read = Reading(id=self.id_of(f"search reading {nth}"), alert=alert.id,
                           person=alert.person, incident=incident.id)  # fmt: skip
            yield Past(at(self.day, CLOSED + 20 + nth), alert.person, [read])

    def _incident(self, number: int) -> Incident:
        return Incident(
            id=self.id_of(f"incident {number}"),
            number=number,
            pupil=self.id_of(CHILD),
            occurred_at=at(self.day, SEEN),
            account=f"Missing from the end of lunch, last seen on the playground. Found at 13:12: "
            f"{FOUND_AT}. The log of the search tells the whole.",
            child_words=SAID,
            parents_contacted=True,
            categories=("missing",),
        )

    @property
    def _log(self) -> str:
        return self.id_of("search log")

    def _fact(self, what: str, account: str) -> MissingFact:
        return self._one(MissingFact, what, what=what, account=account)

    def _pressed(self, kind: str, key: str, did: str, minute: int) -> SearchPress:
        return self._one(SearchPress, f"{kind} {key}", kind=kind, key=key, did=did,
                         occurred_at=at(self.day, minute))  # fmt: skip

    def _one(self, kind: Callable[..., R], about: str, /, **fields: Any) -> R:
        return kind(id=self.id_of(f"search {kind.__name__} {about}"), log=self._log, **fields)
