"""Schools by chance, and in plain Python what the policy's prose lets each person see of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from hypothesis import strategies as st

from core import (
    actions,
    alerts,
    attachments,
    chronology,
    clock,
    incidents,
    requests,
)
from core.errors import Refused
from core.names import initials
from core.permissions import NotAllowed
from core.person import SYSTEM, Person, Role
from core.records import (
    Action,
    Alert,
    Attachment,
    Completion,
    Incident,
    LinkedPupil,
    PupilDetails,
    Reading,
    Relation,
)
from core.store import Record, Store, new_id
from tests.core.school import BORN, details, person_of

TEAM = (Role.LEAD, Role.HEAD)

PUPILS = ("Amy D’Souza", "Cai Łukasz Smith-Jones")


@dataclass(frozen=True)
class Who:
    """Somebody at the school."""

    role: Role
    code_given: bool
    active: bool
    is_chair: bool


@dataclass(frozen=True)
class Deed:
    """An action: by whom, of whom it asks something, and whether that has been done."""

    author: int
    asked: int | None
    done: bool


@dataclass(frozen=True)
class Event:
    """An incident. People and pupils are named by their place in the school."""

    author: int
    pupil: int
    linked: frozenset[int]
    named: frozenset[int]
    alerted: dict[int, bool]
    deeds: tuple[Deed, ...]
    id: str = field(default_factory=new_id)
    file: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Sketch:
    """A school. A relation is (person, pupil, ended); the last one about the two of them counts."""

    people: tuple[Who, ...]
    relations: tuple[tuple[int, int, bool], ...]
    events: tuple[Event, ...]


# Drawing one.

_pupil = st.integers(0, len(PUPILS) - 1)


@st.composite
def events(draw: st.DrawFn, people_: int) -> Event:
    """An incident of a school with so many people."""
    somebody = st.integers(0, people_ - 1)
    pupil = draw(_pupil)
    linked = draw(st.frozensets(_pupil)) - {pupil}
    deed = st.builds(Deed, somebody, st.none() | somebody, st.booleans())
    return Event(
        author=draw(somebody),
        pupil=pupil,
        linked=linked,
        named=draw(st.frozensets(somebody, max_size=1)),
        alerted=draw(st.dictionaries(somebody, st.booleans(), max_size=3)),
        deeds=tuple(draw(st.lists(deed, max_size=2))),
    )


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """A school of two to four people, with up to four incidents."""
    whos = draw(
        st.lists(
            st.builds(
                Who,
                st.sampled_from(Role),
                st.booleans(),
                st.sampled_from([True, True, True, False]),
                st.booleans(),
            ),
            min_size=2,
            max_size=4,
        )
    )
    relation = st.tuples(st.integers(0, len(whos) - 1), _pupil, st.booleans())
    return Sketch(
        people=tuple(whos),
        relations=tuple(draw(st.lists(relation, max_size=3))),
        events=tuple(draw(st.lists(events(len(whos)), min_size=1, max_size=4))),
    )


# What the policy says.


def has_conflict(sketch: Sketch, me: int, event: Event) -> bool:
    """A parent or relative of a pupil concerned, or named in it."""
    last = {(person, pupil): ended for person, pupil, ended in sketch.relations}
    kin = {pupil for (person, pupil), ended in last.items() if person == me and not ended}
    return me in event.named or bool(kin & {event.pupil, *event.linked})


def is_involved(me: int, event: Event) -> bool:
    """Added it, was alerted to it, or has an action on it."""
    acting = {person for deed in event.deeds for person in (deed.author, deed.asked)}
    return me == event.author or me in event.alerted or me in acting


def has_all(who: Who) -> bool:
    """Full access: a lead or head whose code was given."""
    return who.active and who.code_given and who.role in TEAM


def sees(sketch: Sketch, me: int, event: Event) -> bool:
    """Whether the policy lets somebody see an incident."""
    who = sketch.people[me]
    if not who.active or has_conflict(sketch, me, event):
        return False
    if who.role is Role.GOVERNOR:
        return who.is_chair and me in event.alerted
    return has_all(who) or (who.role is not Role.OFFICE and is_involved(me, event))


def escalated_to(sketch: Sketch, me: int, event: Event) -> Event:
    """The same incident once it has waited too long: if a lead or the head has not read their
    alert, the others of them have one, too."""
    waits = any(not read and n != me and sketch.people[n].role in TEAM
                for n, read in event.alerted.items())  # fmt: skip
    if sketch.people[me].role not in TEAM or me in event.alerted or not waits:
        return event
    return replace(event, alerted={**event.alerted, me: False})


# Writing it down.


@dataclass(frozen=True)
class Real:
    """A school as it stands in the record."""

    store: Store
    persons: Sequence[Person]
    pupils: Sequence[str]
    numbers: dict[str, int]

    def add(self, event: Event) -> None:
        """Writes an incident down with everything beneath it."""
        self.numbers[event.id] = self.store.next_number()
        by: dict[int, list[Record]] = {}
        for author, record in self._records(event):
            by.setdefault(author, []).append(record)
        for author, records in by.items():
            self.store.append(*records, by=self.persons[author])

    def _records(self, event: Event) -> Iterator[tuple[int, Record]]:
        yield (
            event.author,
            Incident(
                id=event.id,
                number=self.numbers[event.id],
                pupil=self.pupils[event.pupil],
                occurred_at=clock.now(),
                account=event.id,
                parents_contacted=True,
                categories=("injury",),
                named=tuple(self.persons[each].id for each in event.named),
            ),
        )
        for each in event.linked:
            linked = LinkedPupil(incident=event.id, pupil=self.pupils[each], part="witness")
            yield event.author, linked
        yield event.author, Attachment(
            id=event.file, incident=event.id, name="x.pdf", media_type="application/pdf", size=1,
            digest=self.store.vault.put(b"x"),
        )  # fmt: skip
        yield from self._alerts(event)
        for deed in event.deeds:
            yield from self.deed(event, deed)

    def _alerts(self, event: Event) -> Iterator[tuple[int, Record]]:
        for each, is_read in event.alerted.items():
            person = self.persons[each].id
            alert = Alert(person=person, incident=event.id)
            yield event.author, alert
            if is_read:
                yield each, Reading(alert=alert.id, person=person, incident=event.id)

    def deed(self, event: Event, deed: Deed) -> Iterator[tuple[int, Record]]:
        """An action, with what came of it."""
        asked = "" if deed.asked is None else self.persons[deed.asked].id
        action = Action(incident=event.id, kind="note", account="Done", asked_of=asked)
        yield deed.author, action
        if deed.done and asked:
            yield deed.author, Completion(action=action.id, incident=event.id)


def real(store: Store, sketch: Sketch) -> Real:
    """Writes a school down, in a record in which others may have been before."""
    accounts = [
        details(f"Mx Person {n}", who.role, is_chair=who.is_chair)
        for n, who in enumerate(sketch.people)
    ]
    children = [
        PupilDetails(pupil=new_id(), name=name, born_on=BORN, class_name="1 Ash") for name in PUPILS
    ]
    store.append(*accounts, *children, by=SYSTEM)
    closed = [
        replace(account, id=new_id(), active=False)
        for account, who in zip(accounts, sketch.people, strict=True)
        if not who.active
    ]
    relations = [
        Relation(person=accounts[person].person, pupil=children[pupil].pupil, ended=ended)
        for person, pupil, ended in sketch.relations
    ]
    store.append(*closed, *relations, by=SYSTEM)
    persons = [
        replace(person_of(account), active=who.active, code_given=who.code_given)
        for account, who in zip(accounts, sketch.people, strict=True)
    ]
    school = Real(store, persons, [child.pupil for child in children], {})
    for event in sketch.events:
        school.add(event)
    return school


# Asking, and what should be answered.


def refused(call: Callable[[], Any]) -> Any:
    """What a call answers, or the words with which it refuses."""
    try:
        return call()
    except Refused as refusal:
        return type(refusal).__name__, str(refusal)


def expected(sketch: Sketch, me: int) -> dict[str, Any]:
    """What the policy says that somebody is shown, in the shape of `shown`."""
    seen = [event for event in sketch.events if sees(sketch, me, event)]
    alerted = {event.id: event.alerted[me] for event in seen if me in event.alerted}
    every = has_all(sketch.people[me])
    return {
        "found": {event.id for event in seen},
        "opened": {event.id: _opened(sketch, me, event) for event in seen},
        "files": {event.file for event in seen},
        "mine": [event.id for event in reversed(seen) if event.author == me],
        "unread": {id_ for id_, is_read in alerted.items() if not is_read},
        "count": sum(not is_read for is_read in alerted.values()),
        "read": {id_ for id_, is_read in alerted.items() if is_read},
        "asked": sorted(event.id for event in seen for deed in event.deeds
                        if deed.asked == me and not deed.done),
        "chronologies": [
            {e.id for e in seen if n in (e.pupil, *e.linked)} if every else "refused"
            for n in range(len(PUPILS))
        ],
        "actions": [
            {e.id: len(e.deeds) for e in seen if n in (e.pupil, *e.linked) and e.deeds}
            if every else {}
            for n in range(len(PUPILS))
        ],
    }  # fmt: skip


def _opened(sketch: Sketch, me: int, event: Event) -> tuple[Any, ...]:
    names = [PUPILS[each] for each in event.linked]
    by_name = has_all(sketch.people[me]) or (
        event.author == me and sketch.people[me].role is not Role.GOVERNOR
    )
    return (
        sorted(names if by_name else map(initials, names)),
        len(event.deeds),
        {f"Mx Person {each}": is_read for each, is_read in event.alerted.items()},
        event.alerted.get(me) is False,
    )


def shown(school: Real, sketch: Sketch, me: int) -> dict[str, Any]:
    """What the public functions answer."""
    store, by, numbers = school.store, school.persons[me], school.numbers
    ids, files = [event.id for event in sketch.events], [event.file for event in sketch.events]
    opened = _answers((id_, partial(incidents.open, store, id_, by=by)) for id_ in ids)
    found = ((id_, partial(incidents.find, store, numbers[id_], by=by)) for id_ in ids)
    read = ((file, partial(attachments.open, store, file, by=by)) for file in files)
    return {
        "found": set(_answers(found)),
        "opened": {id_: _told(each) for id_, each in opened.items()},
        "files": set(_answers(read)),
        "mine": [each.id for each in incidents.mine(store, by=by)],
        "unread": {each.incident for each in alerts.unread(store, by=by)},
        "count": alerts.count_unread(store, by=by),
        "read": {each.incident for each in alerts.read(store, by=by)},
        "asked": sorted(each.incident for each in requests.asked(store, by=by)),
        "chronologies": [_chronology(store, pupil, by) for pupil in school.pupils],
        "actions": [_actions(store, pupil, by) for pupil in school.pupils],
    }


def _told(opened: incidents.Opened) -> tuple[Any, ...]:
    return (
        sorted(linked.name for linked in opened.linked),
        len(opened.actions),
        {reader.name: reader.read_at is not None for reader in opened.readers},
        opened.waits_for_me,
    )


def _answers(calls: Iterable[tuple[str, Callable[[], Any]]]) -> dict[str, Any]:
    """The answers of those calls that are not refused."""
    answered: dict[str, Any] = {}
    for name, call in calls:
        try:
            answered[name] = call()
        except Refused:
            continue
    return answered


def _chronology(store: Store, pupil: str, by: Person) -> set[str] | str:
    try:
        return {entry.incident.id for entry in chronology.of(store, pupil, by=by).entries}
    except NotAllowed:
        return "refused"


def _actions(store: Store, pupil: str, by: Person) -> dict[str, int]:
    found = [line.incident for line in actions.about(store, pupil, by=by)]
    return {id_: found.count(id_) for id_ in found}
