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
    asked_of: str
    due_on: date | None
    recorded_at: datetime
    done_at: datetime | None


REQUESTS = """
    SELECT r.id, r.incident, i.number, p.name AS pupil_name, p.class_name,
           coalesce(w.name, '') AS author, r.account, r.asked_of, r.due_on, r.recorded_at, r.done_at
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


def open(store: Store, incident: str, action: str, *, by: Person) -> Request | None:
    """What an action beneath an incident asks and nobody has done yet, if `by` can say that it is
    done."""
    found = _one(store, action, by)
    able = found and found.incident == incident and may_finish(found.asked_of, by=by)
    return found if able and found and found.done_at is None else None


def may_finish(asked_of: str, *, by: Person) -> bool:
    """Whether `by` can say that it is done: whoever was asked, and whoever has full access."""
    return by.id == asked_of or by.full_access


def completions(store: Store, action: str, *, by: Person) -> list[Completion]:
    """The record that what an action asked for has been done, to be stored with what was done;
    none if it was done before. The caller holds the store. Raises `NotThere`, `Refused`."""
    found = _one(store, action, by)
    if found is None:
        raise NotThere("action")
    if not may_finish(found.asked_of, by=by):
        raise Refused("Only the person who was asked, or a lead, can say that it is done.")
    return [Completion(action=action, incident=found.incident)] * (found.done_at is None)


def _one(store: Store, action: str, by: Person) -> Request | None:
    sql = REQUESTS.format(seen=f"r.id = $id AND {incidents(by)}")
    return next(iter(store.ask(Request, sql, id=action, me=by.id)), None)
