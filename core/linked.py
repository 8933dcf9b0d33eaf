"""Linked pupils: the other children who took part in what is in a pupil's chronology."""

from __future__ import annotations

from dataclasses import dataclass

from core.permissions import Verb, incidents
from core.person import Person
from core.store import Store


@dataclass(frozen=True)
class Linked:
    """Another child who took part in an incident, and the part they had in it."""

    incident: str
    pupil: str
    name: str
    part: str


def about(store: Store, pupil: str, *, by: Person) -> list[Linked]:
    """The children linked to the incidents that concern a pupil, as far as `by` may see them."""
    sql = f"""SELECT l.incident, l.pupil, p.name, l.part FROM linked_pupils l
              JOIN pupils p ON p.id = l.pupil JOIN incidents_now i ON i.id = l.incident
              WHERE l.incident IN (SELECT incident FROM concerned WHERE pupil = $pupil)
              AND l.pupil <> $pupil AND {incidents(by, Verb.SEE_CHRONOLOGY)} ORDER BY l.seq"""
    return store.ask(Linked, sql, pupil=pupil, me=by.id)
