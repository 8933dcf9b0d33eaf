"""Significant events: the entries of a chronology that a conference should read.

A lead promotes an incident and says what it meant for the child and what was decided, or decided
against. Positive events belong there as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import concerns
from core.forms import Incomplete
from core.permissions import Verb, incidents
from core.person import Person
from core.records import Significance
from core.store import Store


@dataclass(frozen=True)
class Meaning:
    """What a significant event meant, by whose account."""

    incident: str
    meaning: str
    decided: str
    recorded_at: datetime
    author: str


def mark(store: Store, incident: str, meaning: str, decided: str, *, by: Person) -> None:
    """Makes an incident a significant event, or says anew what it meant. Raises `NotThere` and
    `Incomplete`."""
    concerns.of(store, incident, Verb.FOLLOW_UP, by=by)
    if not meaning.strip():
        raise Incomplete({"meaning": "Please say what it meant for the child."})
    store.append(Significance(incident=incident, meaning=meaning, decided=decided), by=by)


def end(store: Store, incident: str, *, by: Person) -> None:
    """Takes the mark off again. Raises `NotThere`."""
    concerns.of(store, incident, Verb.FOLLOW_UP, by=by)
    store.append(Significance(incident=incident, ended=True), by=by)


def of(store: Store, incident: str, *, by: Person) -> Meaning | None:
    """What the incident meant, if it counts as significant and `by` follows up."""
    found = _some(store, "s.incident = $subject", incident, by)
    return found[0] if found else None


def about(store: Store, pupil: str, *, by: Person) -> dict[str, Meaning]:
    """The significant events of a pupil, by the id of the incident."""
    of_pupil = "s.incident IN (SELECT incident FROM concerned WHERE pupil = $subject)"
    return {each.incident: each for each in _some(store, of_pupil, pupil, by)}


def _some(store: Store, which: str, subject: str, by: Person) -> list[Meaning]:
    sql = f"""
        SELECT s.incident, s.meaning, s.decided, s.recorded_at, coalesce(w.name, '') AS author
        FROM significant s JOIN incidents_now i ON i.id = s.incident
        LEFT JOIN people w ON w.id = s.recorded_by
        WHERE {which} AND {incidents(by, Verb.FOLLOW_UP)}"""
    return store.ask(Meaning, sql, subject=subject, me=by.id)
