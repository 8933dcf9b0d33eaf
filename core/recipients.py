"""Who is told of a concern, and the alerts and mails with which they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core import people
from core.permissions import Verb, demand
from core.person import Person, Role
from core.records import Alert, Mail
from core.store import Record, Store


@dataclass(frozen=True)
class Owed:
    """Somebody who will be told, and why: “Safeguarding lead”, “Class teacher, 4 Birch”."""

    person: Person
    why: str


def owed(
    store: Store,
    pupil_ids: Collection[str],
    *,
    others: Collection[str] = (),
    named: Collection[str] = (),
    barred: Collection[str] = (),
    by: Person,
) -> list[Owed]:
    """Who is told of a concern about these pupils: always the safeguarding team, the head and the
    pupils' class teachers (policy), then the `others` by id.

    Whoever is a relative of one of the pupils, named, or otherwise `barred` is left out and nothing
    says so. Where the head is named, or nobody of the team is left, the chair of governors is told
    instead.
    """
    demand(by, Verb.ADD_ACTION)
    return _owed(store, pupil_ids, others, named, barred)


def after_search(store: Store, pupil: str, *, by: Person) -> list[Owed]:
    """Who is told that a search for a pupil is over: the same as of any concern, whoever closes
    the log. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_SEARCH)
    return _owed(store, [pupil], (), (), ())


def _owed(
    store: Store, pupil_ids: Collection[str], others: Collection[str], named: Collection[str],
    also_barred: Collection[str],
) -> list[Owed]:  # fmt: skip
    staff = people.teaching(store)
    barred = store.kept(_relatives, tuple(pupil_ids)) | {*named, *also_barred}
    classes = store.kept(_classes, tuple(pupil_ids))
    told = [Owed(p, why) for p in staff if p.id not in barred and (why := _always(p, classes))]
    told += [Owed(p, p.post) for p in staff if p.id in set(others) - barred - _ids(told)]
    head_is_named = any(p.role is Role.HEAD and p.id in named for p in staff)
    if head_is_named or not any(o.person.role in (Role.LEAD, Role.HEAD) for o in told):
        told += [Owed(p, "Chair of governors") for p in people.chairs(store) if p.id not in barred]
    return told


def somebody_can_act(told: Collection[Owed]) -> bool:
    """Whether anybody among those told is of the safeguarding team, the head or the chair."""
    acting = (Role.LEAD, Role.HEAD, Role.GOVERNOR)
    return any(each.person.role in acting for each in told)


def notices(
    told: Collection[Owed], incident: str, *, action: str = "", category: str, by: Person
) -> list[Record]:
    """The alerts and the mails that are stored together with what they are about.

    Whoever writes something needs no alert about it.
    """
    persons = [each.person.id for each in told if each.person.id != by.id]
    mails = [Mail(person=p, purpose="alert", author=by.id, category=category) for p in persons]
    return [*(Alert(person=p, incident=incident, action=action) for p in persons), *mails]


def are_told(store: Store, persons: Collection[str], *, incident: str, action: str = "") -> bool:
    """Whether all of these persons were alerted when this was stored."""
    sql = "SELECT person FROM alerts WHERE incident = $incident AND action = $action"
    told = {each.person for each in store.ask(_Told, sql, incident=incident, action=action)}
    return set(persons) <= told


@dataclass(frozen=True)
class _Told:
    person: str


@dataclass(frozen=True)
class _Related:
    person: str


@dataclass(frozen=True)
class _Class:
    class_name: str


def _always(person: Person, classes: Collection[str]) -> str:
    """Why this person is told of every such concern; empty if they are not."""
    if person.role in (Role.LEAD, Role.HEAD):
        return person.post or "Safeguarding team"
    return f"Class teacher, {person.class_name}" if person.class_name in classes else ""


def _relatives(store: Store, pupil_ids: tuple[str, ...]) -> frozenset[str]:
    sql = "SELECT DISTINCT person FROM relatives WHERE pupil IN $pupils"
    return frozenset(row.person for row in store.ask(_Related, sql, pupils=pupil_ids))


def _classes(store: Store, pupil_ids: tuple[str, ...]) -> frozenset[str]:
    sql = "SELECT DISTINCT class_name FROM pupils WHERE id IN $pupils AND class_name <> ''"
    return frozenset(row.class_name for row in store.ask(_Class, sql, pupils=pupil_ids))


def _ids(told: Collection[Owed]) -> set[str]:
    return {each.person.id for each in told}
