"""Alerts: what waits for whom, who was alerted, and what has been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from core import categories
from core.permissions import NotThere, Verb, incidents
from core.person import Person
from core.records import Reading
from core.store import Store


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


def _waiting(store: Store, sql: str, me: str) -> tuple[Waiting, ...]:
    return tuple(store.ask(Waiting, sql, me=me))
