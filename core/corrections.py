"""Corrections: what was not right as it was written. The incident itself stays as it is.

An incident that belongs to another pupil leaves the wrong one's chronology, counts and searches;
one that was entered in error or twice leaves them all. The audit still has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import concerns, once, pupils, recipients
from core.concerns import Concern
from core.forms import Incomplete
from core.permissions import Verb, incidents
from core.person import Person
from core.records import Correction
from core.store import Record, Store, new_id

KINDS: Mapping[str, str] = {
    "clarification": "Clarification",
    "other_pupil": "Belongs to another student",
    "error": "Entered in error",
    "duplicate": "The same as another incident",
    "valid": "It counts after all",
}


@dataclass(kw_only=True)
class Form:
    """What is filled in for a correction; `duplicate_of` is the number of an incident."""

    id: str = field(default_factory=new_id)
    incident: str
    kind: str = ""
    account: str = ""
    pupil: str = ""
    duplicate_of: int = 0


@dataclass(frozen=True)
class Line:
    """A correction as it is read."""

    incident: str
    seq: int
    recorded_at: datetime
    author: str
    kind: str
    account: str
    pupil_name: str
    duplicate_of: int


LINES = """
    SELECT c.incident, c.seq, c.recorded_at, coalesce(w.name, '') AS author, c.kind, c.account,
           coalesce(p.name, '') AS pupil_name, coalesce(o.number, 0) AS duplicate_of
    FROM corrections c
    JOIN incidents_now i ON i.id = c.incident
    LEFT JOIN people w ON w.id = c.recorded_by
    LEFT JOIN pupils p ON p.id = c.pupil
    LEFT JOIN incidents o ON o.id = c.duplicate_of
    WHERE c.incident {of} AND {seen} ORDER BY c.seq
"""


def add(store: Store, form: Form, *, by: Person) -> None:
    """Records a correction, and alerts whoever has to know of the incident as it is now.

    Sent twice it is recorded once. Raises `NotThere`, `Incomplete`.
    """
    with store.alone():
        known = concerns.of(store, form.incident, Verb.FOLLOW_UP, by=by)
        if wrong := problems(store, form, known, by=by):
            raise Incomplete(wrong)
        once.append(store, _recorded(store, form, by), *_notices(store, form, known, by), by=by)


def problems(store: Store, form: Form, known: Concern, *, by: Person) -> dict[str, str]:
    """What keeps a correction from being recorded, by the names of the fields."""
    wrong: dict[str, str] = {}
    if form.kind not in KINDS:
        wrong["kind"] = "Please choose what was not right."
    if not form.account.strip():
        wrong["account"] = "Please say what was not right, and how you know."
    if form.kind == "other_pupil":
        known_ids = {pupil.id for pupil in pupils.everyone(store, by=by)}
        if form.pupil not in known_ids - {known.pupil}:
            wrong["pupil"] = "Please choose the student it belongs to."
    if form.kind == "duplicate" and _numbered(store, form, by) in ("", form.incident):
        wrong["duplicate_of"] = "Please give the number of the other incident."
    return wrong


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Line, ...]:
    """The corrections of an incident in order, for whoever may see it."""
    sql = LINES.format(of="= $subject", seen=incidents(by))
    return tuple(store.ask(Line, sql, subject=incident, me=by.id))


def about(store: Store, pupil: str, *, by: Person) -> list[Line]:
    """The corrections of all incidents that concern a pupil, as far as `by` may see them."""
    of = "IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    sql = LINES.format(of=of, seen=incidents(by, Verb.SEE_CHRONOLOGY))
    return store.ask(Line, sql, subject=pupil, me=by.id)


def _recorded(store: Store, form: Form, by: Person) -> Correction:
    return Correction(
        id=form.id,
        incident=form.incident,
        kind=form.kind,
        account=form.account,
        pupil=form.pupil if form.kind == "other_pupil" else "",
        duplicate_of=_numbered(store, form, by) if form.kind == "duplicate" else "",
    )


def _notices(store: Store, form: Form, known: Concern, by: Person) -> list[Record]:
    """Whoever wrote it hears of it; and if it is about another child, so does their teacher."""
    pupil = form.pupil if form.kind == "other_pupil" else known.pupil
    told = recipients.owed(store, [pupil], others=[known.recorded_by], named=known.named,
                       barred=concerns.barred(store, known.id), by=by)  # fmt: skip
    category = known.categories[0]
    return recipients.notices(told, form.incident, action=form.id, category=category, by=by)


def _numbered(store: Store, form: Form, by: Person) -> str:
    sql = f"SELECT i.id FROM incidents_now i WHERE i.number = $number AND {incidents(by)}"
    found = store.ask(_Found, sql, number=form.duplicate_of, me=by.id)
    return found[0].id if found else ""


@dataclass(frozen=True)
class _Found:
    id: str
