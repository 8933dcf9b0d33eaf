"""How far a concern is: new, being looked at, being acted on, monitored, closed.

Every change is a record. Closing says what came of it, and where another lead or the head can, they
have to agree (policy: nobody closes a concern alone). A closed concern can be taken up again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core import concerns, once, people, recipients
from core.concerns import Concern
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import Verb, incidents
from core.person import Person
from core.recipients import Owed
from core.records import StatusChange
from core.store import Record, Store, new_id

NAMES: Mapping[str, str] = {
    "new": "New",
    "looked_at": "Being looked at",
    "acted_on": "Being acted on",
    "monitored": "Monitored",
    "closing": "Waiting for a second person to close it",
    "closed": "Closed",
}
CHOSEN = ("looked_at", "acted_on", "monitored", "closed")  # what somebody can choose

# What whoever raised the concern reads.
FOR_REPORTER: Mapping[str, str] = {
    "new": "Received",
    "looked_at": "Being looked at",
    "acted_on": "Being acted on",
    "monitored": "Being acted on",
    "closing": "Being acted on",
    "closed": "Closed",
}


@dataclass(frozen=True)
class Status:
    """How far a concern is, since when, and who said so. `id` is of the change; empty for new."""

    id: str = ""
    status: str = "new"
    outcome: str = ""
    told_reporter: str = ""
    recorded_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    by_id: str = ""
    by_name: str = ""


@dataclass(kw_only=True)
class Form:
    """What is filled in to change a status. `seen` is the id of the change that the page showed."""

    id: str = field(default_factory=new_id)
    incident: str
    seen: str = ""
    status: str = ""
    outcome: str = ""
    told_reporter: str = ""


HISTORY = """
    SELECT s.id, s.status, s.outcome, s.told_reporter, s.recorded_at, s.recorded_by AS by_id,
           coalesce(w.name, '') AS by_name
    FROM status_changes s JOIN incidents_now i ON i.id = s.incident
    LEFT JOIN people w ON w.id = s.recorded_by
    WHERE s.incident = $incident AND {seen} ORDER BY s.seq
"""


def history(store: Store, incident: str, *, by: Person) -> tuple[Status, ...]:
    """Every change, oldest first; none if `by` may not see the incident."""
    sql = HISTORY.format(seen=incidents(by))
    return tuple(store.ask(Status, sql, incident=incident, me=by.id))


def of(store: Store, incident: str, *, by: Person) -> Status:
    """How far the concern is now; new where nobody has said anything, or `by` may not see it."""
    changes = history(store, incident, by=by)
    return changes[-1] if changes else Status()


def change(store: Store, form: Form, *, by: Person) -> Status:
    """Records how far the concern is, and lets whoever raised it know what was written for them.

    Closing becomes a proposal where somebody else could agree, and is done when they do. Sent
    twice it is recorded once. Raises `NotThere`, `Incomplete`, and `Refused` if somebody changed
    the status after the page was drawn.
    """
    with store.alone():
        concern = concerns.of(store, form.incident, Verb.FOLLOW_UP, by=by)
        before = of(store, form.incident, by=by)
        if before.id == form.id:
            return before
        if before.id != form.seen:
            raise Refused(
                f"{before.by_name} has just changed this to “{NAMES[before.status]}”: "
                "look at it, and choose again."
            )
        if wrong := problems(form, before):
            raise Incomplete(wrong)
        status = _reached(store, form, before, concern, by)
        record = StatusChange(
            id=form.id,
            incident=form.incident,
            status=status,
            outcome=form.outcome or (before.outcome if status == "closed" else ""),
            told_reporter=form.told_reporter,
        )
        once.append(store, record, *_word(store, form, concern, by), by=by)
    return of(store, form.incident, by=by)


def problems(form: Form, before: Status) -> dict[str, str]:
    """What keeps the change from being recorded, by the names of the fields."""
    if form.status not in CHOSEN:
        return {"status": "Please choose how far the concern is."}
    known = before.status in ("closing", "closed")  # what came of it has been said
    if form.status == "closed" and not known and not form.outcome.strip():
        return {"outcome": "Please say what came of it."}
    if form.status == before.status and not (form.outcome or form.told_reporter).strip():
        return {"status": f"It is “{NAMES[before.status]}” already."}
    return {}


def others_who_can_close(store: Store, concern: Concern, *, by: Person) -> list[Person]:
    """Who else could agree to close a concern: whoever may have full access and has no conflict."""
    barred = concerns.barred(store, concern.id) | {by.id}
    return [
        person
        for person in people.teaching(store)
        if person.role in people.FULL_ACCESS and person.id not in barred
    ]


def _reached(store: Store, form: Form, before: Status, concern: Concern, by: Person) -> str:
    if form.status != "closed" or not others_who_can_close(store, concern, by=by):
        return form.status
    if before.status == "closed" and not form.outcome.strip():
        return "closed"  # only a line for whoever raised it
    if before.status != "closing":
        return "closing"
    if before.by_id == by.id:
        raise Refused("This takes a second person: ask another lead or the head to close it.")
    return "closed"


def _word(store: Store, form: Form, concern: Concern, by: Person) -> list[Record]:
    """The alert for whoever raised the concern, if something was written for them."""
    author = people.of(store, concern.recorded_by)
    if not form.told_reporter.strip() or author is None or not author.active:
        return []
    if author.id in concerns.barred(store, concern.id):
        return []
    owed = [Owed(author, "Raised it")]
    category = concern.categories[0]
    return recipients.notices(owed, form.incident, action=form.id, category=category, by=by)
