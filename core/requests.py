"""Requests: what somebody was asked to do about an incident, until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import moments, settings
from core.errors import Refused
from core.permissions import NotThere, incidents
from core.person import Person
from core.records import Completion
from core.store import Store


@dataclass(frozen=True)
class Request:
    """Something that was asked of somebody about an incident."""

    id: str
    incident: str
    number: int
    pupil_name: str
    class_name: str
    author: str
    account: str
    due_on: date | None
    recorded_at: datetime
    done_at: datetime | None


REQUESTS = """
    SELECT r.id, r.incident, i.number, p.name AS pupil_name, p.class_name,
           coalesce(w.name, '') AS author, r.account, r.due_on, r.recorded_at, r.done_at
    FROM requests r
    JOIN incidents_now i ON i.id = r.incident
    JOIN pupils p ON p.id = i.pupil
    LEFT JOIN people w ON w.id = r.recorded_by
    WHERE {seen}
"""


def asked(store: Store, *, by: Person) -> list[Request]:
    """What is asked of `by` and not done yet, the most pressing first."""
    return list(store.kept(_waiting, by))


def _waiting(store: Store, by: Person) -> list[Request]:
    sql = REQUESTS.format(seen=f"r.asked_of = $me AND r.done_at IS NULL AND {incidents(by)}")
    return store.ask(Request, sql + " ORDER BY r.due_on NULLS LAST, r.seq", me=by.id)


def overdue(store: Store, *, by: Person) -> list[Request]:
    """What is asked of `by` and not done although its day has passed, the oldest first."""
    today = moments.today(settings.school(store).zone)
    return [each for each in asked(store, by=by) if each.due_on and each.due_on < today]


def done(store: Store, action: str, *, by: Person) -> None:
    """Records that what an action asked for has been done, by whoever it was asked of or somebody
    with full access. Done twice is done once. Raises `NotThere`, `Refused`."""
    sql = f"""SELECT r.incident, r.asked_of, r.done_at FROM requests r
              JOIN incidents_now i ON i.id = r.incident WHERE r.id = $id AND {incidents(by)}"""
    with store.alone():
        found = store.ask(_Asked, sql, id=action, me=by.id)
        if not found:
            raise NotThere("action")
        if by.id != found[0].asked_of and not by.full_access:
            raise Refused("Only the person who was asked, or a lead, can say that it is done.")
        if found[0].done_at is None:
            store.append(Completion(action=action, incident=found[0].incident), by=by)


@dataclass(frozen=True)
class _Asked:
    incident: str
    asked_of: str
    done_at: datetime | None
