"""One incident as it counts now, for whoever adds something to it."""

from __future__ import annotations

from dataclasses import dataclass

from core.permissions import NotThere, Verb, incidents
from core.person import Person
from core.store import Store


@dataclass(frozen=True)
class Concern:
    """What the rules about an incident ask of it; `pupil` after all corrections."""

    id: str
    pupil: str
    recorded_by: str
    categories: tuple[str, ...]
    named: tuple[str, ...]


def of(store: Store, incident: str, verb: Verb, *, by: Person) -> Concern:
    """The incident, if the verb reaches it for `by`. Raises `NotThere`."""
    sql = f"""SELECT i.id, i.pupil, i.recorded_by, i.categories, i.named FROM incidents_now i
              WHERE i.id = $id AND {incidents(by, verb)}"""
    found = store.ask(Concern, sql, id=incident, me=by.id)
    if not found:
        raise NotThere("incident")
    return found[0]


def barred(store: Store, incident: str) -> set[str]:
    """Who has a conflict of interest about an incident, by id; for rules, not for screens."""
    sql = "SELECT DISTINCT person FROM barred WHERE incident = $incident"
    return {each.person for each in store.ask(_Barred, sql, incident=incident)}


@dataclass(frozen=True)
class _Barred:
    person: str
