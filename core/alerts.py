"""Alerts: who must be told of a concern, what waits for whom, and what has been read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from core import categories, people
from core.permissions import NotThere, Verb, demand, incidents
from core.person import Person, Role
from core.records import Alert, Mail, Reading
from core.store import Record, Store


@dataclass(frozen=True)
class Owed:
    """Somebody who will be told, and why: “Safeguarding lead”, “Class teacher, 4 Birch”."""

    person: Person
    why: str


@dataclass(frozen=True)
class Waiting:
    """One line of the inbox: an incident with the newest alert about it.

    `unread_by` and `not_done_by` are whose delay it was escalated for, by name, empty if nobody's.
    """

    incident: str
    number: int
    categories: tuple[str, ...]
    pupil_name: str
    class_name: str
    author: str
    urgent: bool
    recorded_at: datetime
    read_at: datetime | None
    is_action: bool
    unread_by: str
    not_done_by: str

    @property
    def title(self) -> str:
        """Number and categories, as people call an incident."""
        return f"#{self.number} {categories.names(self.categories)}"


EVER = datetime(1970, 1, 1, tzinfo=UTC)

INBOX = """
    SELECT i.id AS incident, i.number, i.categories, p.name AS pupil_name, p.class_name,
           coalesce(w.name, '') AS author, i.urgent, a.recorded_at, a.read_at,
           a.action <> '' AND NOT a.is_escalation AS is_action,
           coalesce(d.unread_by, '') AS unread_by, coalesce(d.not_done_by, '') AS not_done_by
    FROM alerts_now a
    JOIN incidents_now i ON i.id = a.incident
    JOIN pupils p ON p.id = i.pupil
    LEFT JOIN people w ON w.id = CASE WHEN a.is_escalation THEN i.recorded_by ELSE a.recorded_by END
    LEFT JOIN delays d ON d.incident = a.incident AND d.told = a.person
    WHERE a.person = $me AND {seen} AND {which}
    QUALIFY row_number() OVER (PARTITION BY a.incident ORDER BY a.seq DESC) = 1
    ORDER BY {order}
"""


READERS = """
    SELECT a.incident, a.person, p.name, p.post,
           CASE WHEN bool_and(a.read_at IS NOT NULL OR a.is_escalation) THEN max(a.read_at) END
               AS read_at,
           bool_or(a.read_at IS NULL) AS waits
    FROM alerts_now a JOIN people p ON p.id = a.person JOIN incidents_now i ON i.id = a.incident
    WHERE a.incident {of} AND {seen}
    GROUP BY a.incident, a.person, p.name, p.post ORDER BY min(a.seq)
"""


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


def unread(store: Store, *, by: Person) -> list[Waiting]:
    """What waits for `by`, urgent first, then the newest first; one line an incident."""
    order = "i.urgent DESC, a.seq DESC"
    sql = INBOX.format(seen=incidents(by), which="a.read_at IS NULL", order=order)
    return list(store.kept(_waiting, sql, by.id))


def read(store: Store, *, since: datetime | None = None, by: Person) -> list[Waiting]:
    """What `by` has read, the newest first; `since` a moment, or ever."""
    sql = INBOX.format(seen=incidents(by), which="a.read_at >= $since", order="a.seq DESC")
    waiting = {line.incident for line in unread(store, by=by)}
    lines = store.ask(Waiting, sql, me=by.id, since=since or EVER)
    return [line for line in lines if line.incident not in waiting]


def count_unread(store: Store, *, by: Person) -> int:
    """How many incidents wait for `by`."""
    return len(unread(store, by=by))


@dataclass(frozen=True)
class Reader:
    """Somebody who was alerted about an incident, and when they marked it as read.

    For somebody who has read it something may wait again: that others have not.
    """

    incident: str
    person: str
    name: str
    post: str
    read_at: datetime | None
    waits: bool


def readers(store: Store, incident: str, *, by: Person) -> tuple[Reader, ...]:
    """Who was alerted about an incident, in that order; nobody if `by` may not see it."""
    sql = READERS.format(of="= $subject", seen=incidents(by))
    return tuple(store.ask(Reader, sql, subject=incident, me=by.id))


def about(store: Store, pupil: str, *, by: Person) -> list[Reader]:
    """Who was alerted about each incident that concerns a pupil, as far as `by` may see it."""
    of = "IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    sql = READERS.format(of=of, seen=incidents(by, Verb.SEE_CHRONOLOGY))
    return store.ask(Reader, sql, subject=pupil, me=by.id)


def are_told(store: Store, persons: Collection[str], *, incident: str, action: str = "") -> bool:
    """Whether all of these persons were alerted when this was stored."""
    sql = "SELECT person FROM alerts WHERE incident = $incident AND action = $action"
    told = {each.person for each in store.ask(_Told, sql, incident=incident, action=action)}
    return set(persons) <= told


def mark_read(store: Store, incident: str, *, by: Person) -> None:
    """Records that `by` has read every alert about the incident. Takes nothing away.

    Raises `NotThere` if no alert about it was owed to `by`, or they may not see it.
    """
    sql = f"""SELECT a.id, a.read_at FROM alerts_now a JOIN incidents_now i ON i.id = a.incident
              WHERE a.person = $me AND a.incident = $incident AND {incidents(by)}"""
    with store.alone():
        mine = store.ask(_Mine, sql, me=by.id, incident=incident)
        if not mine:
            raise NotThere("alert")
        fresh = [a.id for a in mine if a.read_at is None]
        store.append(*(Reading(alert=a, person=by.id, incident=incident) for a in fresh), by=by)


@dataclass(frozen=True)
class _Mine:
    id: str
    read_at: datetime | None


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


def _waiting(store: Store, sql: str, me: str) -> tuple[Waiting, ...]:
    return tuple(store.ask(Waiting, sql, me=me))
