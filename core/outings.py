"""Outings as they stand: where to, on which day, who comes, and who is in whose group.

Staff see those that they planned, lead or go on; the office and the team see all. Of the children
nothing is said here but their names, classes and ages: helpers look on, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core import moments, openings, people, pupils, ratios, register_marks, settings
from core.permissions import NotThere, Verb, demand, outings
from core.person import Person, Role
from core.pupils import Pupil
from core.ratios import Ratio
from core.store import Store


@dataclass(frozen=True)
class Outing:
    """An outing. `state` is `planned`, `started`, `ended` or `called_off`; `approval` is `none`
    without an assessment, `waiting`, `approved` or `sent_back`, with the head's `note`."""

    id: str
    day: date
    leaves_at: str
    back_at: str
    place: str
    leader: str
    state: str
    assessment: str
    approval: str
    note: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or under way."""
        return self.state in ("planned", "started")


@dataclass(frozen=True)
class Adult:
    """An adult who comes. `person` is empty for a helper without an account."""

    id: str
    person: str
    name: str
    phone: str


@dataclass(frozen=True)
class Child:
    """A child who comes. `is_absent`: the register of the day says that they are not at school."""

    pupil: Pupil
    adult: str
    is_absent: bool


@dataclass(frozen=True)
class Group:
    """The children of one adult, by name."""

    adult: Adult
    children: Sequence[Child]
    ratio: Ratio | None

    @property
    def ids(self) -> tuple[str, ...]:
        """Whom a count of the group has to find."""
        return tuple(child.pupil.id for child in self.children)

    @property
    def stamp(self) -> str:
        """The same for the same children: what somebody saw when they counted."""
        return hashlib.sha256(" ".join(self.ids).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Whole:
    """An outing with everybody who comes. `unallocated` are the children of nobody's group."""

    outing: Outing
    leader: str
    groups: Sequence[Group]
    unallocated: Sequence[Child]
    ratio: Ratio | None
    today: date

    @property
    def children(self) -> list[Child]:
        """All the children, group by group."""
        return [child for group in self.groups for child in group.children] + [*self.unallocated]


@dataclass(frozen=True)
class Listed:
    """The outings of today, those to come, the next first, and the others, the newest first."""

    today: Sequence[Outing]
    coming: Sequence[Outing]
    past: Sequence[Outing]


def listed(store: Store, *, by: Person) -> Listed:
    """The outings that `by` may see. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_OUTING)
    found = store.kept(_seen, outings(by), by.id).values()
    now = moments.today(settings.school(store).zone)
    today = [each for each in found if each.state == "started" or
             (each.day == now and each.state != "called_off")]  # fmt: skip
    coming = [each for each in found if each.day > now and each.is_open]
    past = [each for each in found if each not in today and each not in coming]
    return Listed(today, coming, past[::-1])


def known(store: Store, outing: str, *, by: Person) -> Outing:
    """One outing. Raises `NotThere`."""
    found = store.kept(_seen, outings(by), by.id).get(outing)
    if found is None:
        raise NotThere("outing")
    return found


def open(store: Store, outing: str, *, by: Person) -> Whole:
    """One outing with everybody who comes; that it was read is recorded. Raises `NotThere`."""
    found = known(store, outing, by=by)
    openings.note(store, "outing", outing, by=by)
    adults = store.kept(_adults, outing)
    children = _children(store, found, by)
    names, school = people.names(store), settings.school(store)

    def ratio(some: Iterable[Child], number: int) -> Ratio | None:
        return ratios.of((child.pupil.born_on for child in some), number, found.day, school)

    groups: list[Group] = []
    for adult in adults:
        own = [child for child in children if child.adult == adult.id]
        groups.append(Group(adult, own, ratio(own, 1)))
    return Whole(found, names.get(found.leader, ""), groups,
                 [child for child in children if not child.adult],
                 ratio(children, len(adults)), moments.today(school.zone))  # fmt: skip


def staff(store: Store, *, by: Person) -> list[Person]:
    """Who can lead an outing or come along, by name. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_OUTING)
    return [person for person in people.here(store) if person.role is not Role.GOVERNOR]


def _seen(store: Store, reach: str, me: str) -> dict[str, Outing]:
    sql = f"SELECT o.* FROM outings_now o WHERE {reach} ORDER BY o.day, o.leaves_at, o.seq"
    return {each.id: each for each in store.ask(Outing, sql, me=me)}


def _adults(store: Store, outing: str) -> tuple[Adult, ...]:
    sql = """SELECT a.id, a.person, coalesce(p.name, a.name) AS name, a.phone
             FROM outing_adults_now a LEFT JOIN people p ON p.id = a.person
             WHERE a.outing = $outing ORDER BY a.since"""
    return tuple(store.ask(Adult, sql, outing=outing))


def _placed(store: Store, outing: str) -> dict[str, str]:
    sql = "SELECT pupil, adult FROM outing_pupils_now WHERE outing = $outing"
    return {each.pupil: each.adult for each in store.ask(_Placed, sql, outing=outing)}


def _children(store: Store, outing: Outing, by: Person) -> list[Child]:
    with_whom = store.kept(_placed, outing.id)
    here: Mapping[str, bool] = register_marks.here_on(store, outing.day, by=by)
    found = [pupils.of(store, pupil, by=by) for pupil in with_whom]
    return [Child(pupil, with_whom[pupil.id], not here.get(pupil.id, True))
            for pupil in sorted(found, key=lambda pupil: (pupil.name, pupil.id))]  # fmt: skip


@dataclass(frozen=True)
class _Placed:
    pupil: str
    adult: str
