"""Every decision about who reads what: asked of a real record, and of the policy's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core import clock, permissions
from core.person import SYSTEM, Person
from core.records import (
    Action,
    Alert,
    Completion,
    Incident,
    LinkedPupil,
    PupilDetails,
    Reading,
    Relation,
)
from core.store import Record, Store, new_id
from tests.core import prose
from tests.core.prose import ACCOUNTS, Account, Bond
from tests.core.school import BORN, details, person_of
from tests.prove.trying import each


@dataclass(frozen=True)
class Someone:
    """An account in the record, with an incident of each bond, and children who are theirs."""

    account: Account
    person: Person
    incidents: Mapping[str, Bond]
    children: Mapping[str, bool]

    def __str__(self) -> str:
        return " ".join(str(value) for value in vars(self.account).values())


@dataclass(frozen=True)
class Written:
    """One incident, and all that ties a person to it."""

    bond: Bond
    number: int
    me: Person
    other: Person
    pupil: str
    linked: str
    id: str = field(default_factory=new_id)

    def records(self) -> Iterator[tuple[Person, Record]]:
        """What is to be written down, and by whom."""
        author = self.me if self.bond.author else self.other
        yield author, self._incident()
        yield author, LinkedPupil(incident=self.id, pupil=self.linked, part="witness")
        if self.bond.alerted:
            alert = Alert(person=self.me.id, incident=self.id)
            yield self.other, alert
            if self.bond.alerted == "read":
                yield self.me, Reading(alert=alert.id, person=self.me.id, incident=self.id)
        if self.bond.acts:
            yield self.me, Action(incident=self.id, kind="note", account="Mine")
        if self.bond.asked:
            asked = Action(incident=self.id, kind="note", account="Do", asked_of=self.me.id)
            yield self.other, asked
            if self.bond.asked == "done":
                yield self.other, Completion(action=asked.id, incident=self.id)

    def _incident(self) -> Incident:
        return Incident(
            id=self.id,
            number=self.number,
            pupil=self.pupil,
            occurred_at=clock.now(),
            account="What was seen",
            parents_contacted=True,
            categories=("injury",),
            named=(self.me.id,) if self.bond.conflict == "named" else (),
        )


@dataclass
class Draft:
    """What is to be written down: at first, by whom, and what becomes of it later."""

    first: list[Record] = field(default_factory=list)
    by: dict[Person, list[Record]] = field(default_factory=dict)
    later: list[Record] = field(default_factory=list)

    def write(self, store: Store) -> None:
        """Writes it all down, in as few batches as can be."""
        store.append(*self.first, by=SYSTEM)
        for author, records in self.by.items():
            store.append(*records, by=author)
        store.append(*self.later, by=SYSTEM)


def everyone(store: Store, bonds: Sequence[Bond]) -> list[Someone]:
    """Writes down an account of each kind, with an incident of each bond."""
    writer, plain = details("Mr Writer"), _child()
    draft = Draft(first=[writer, plain])
    everybody = [
        _someone(store, account, bonds, person_of(writer), plain.pupil, draft)
        for account in ACCOUNTS
    ]
    draft.write(store)
    return everybody


def _someone(
    store: Store, account: Account, bonds: Sequence[Bond], writer: Person, plain: str, draft: Draft
) -> Someone:
    was, kin, once = details("Mx One", account.role, is_chair=account.is_chair), _child(), _child()
    me = replace(person_of(was), code_given=account.code_given, active=account.active)
    draft.first += [was, kin, once]
    draft.first += [Relation(person=me.id, pupil=child.pupil) for child in (kin, once)]
    draft.later += [Relation(person=me.id, pupil=once.pupil, ended=True)]
    draft.later += [replace(was, id=new_id(), active=False)] * (not account.active)
    of_whom = {"pupil": kin.pupil, "once": once.pupil}
    written = [
        Written(bond, store.next_number(), me, writer, of_whom.get(bond.conflict, plain),
                kin.pupil if bond.conflict == "linked" else plain)
        for bond in bonds
    ]  # fmt: skip
    for author, record in (pair for incident in written for pair in incident.records()):
        draft.by.setdefault(author, []).append(record)
    theirs = {plain: False, once.pupil: False, kin.pupil: True}
    return Someone(account, me, {each.id: each.bond for each in written}, theirs)


def _child() -> PupilDetails:
    return PupilDetails(pupil=new_id(), name="Some Child", born_on=BORN, class_name="1 Ash")


@dataclass(frozen=True)
class _Found:
    id: str


def wrong(store: Store, everybody: Sequence[Someone]) -> Iterator[str]:
    """Decisions that are not what the policy says; nobody sees more, and nobody less."""
    every = {id_: Bond() for one in everybody for id_ in one.incidents}
    for one in each(everybody, len(everybody), "people"):
        yield from _about_incidents(store, one, {**every, **one.incidents})
        yield from _about_children(store, one)
        yield from _about_the_school(one)


def _about_incidents(store: Store, one: Someone, bonds: Mapping[str, Bond]) -> Iterator[str]:
    for verb, rule in prose.OF_INCIDENTS.items():
        sql = f"SELECT i.id FROM incidents_now i WHERE {permissions.incidents(one.person, verb)}"
        reached = {found.id for found in store.ask(_Found, sql, me=one.person.id)}
        said = {id_ for id_, bond in bonds.items() if rule(one.account, bond)}
        for id_ in reached ^ said:
            yield f"{verb}: {one}, {bonds[id_]}: {'too much' if id_ in reached else 'too little'}"


def _about_children(store: Store, one: Someone) -> Iterator[str]:
    for verb, rule in prose.OF_CHILDREN.items():
        sql = f"SELECT p.id FROM pupils p WHERE {permissions.children(one.person, verb)}"
        reached = {found.id for found in store.ask(_Found, sql, me=one.person.id)}
        for pupil, is_kin in one.children.items():
            if (pupil in reached) != (rule(one.account) and not is_kin):
                yield f"{verb} of a child: {one}, {'relative' if is_kin else 'no relative'}"


def _about_the_school(one: Someone) -> Iterator[str]:
    for verb, rule in prose.OF_THE_SCHOOL.items():
        if permissions.may(one.person, verb) != rule(one.account):
            yield f"{verb}: {one}"


def count(bonds: Sequence[Bond]) -> int:
    """How many decisions that are: each kind of account, with each bond or child, for each verb."""
    return len(ACCOUNTS) * (
        len(bonds) * len(prose.OF_INCIDENTS) + 3 * len(prose.OF_CHILDREN) + len(prose.OF_THE_SCHOOL)
    )
