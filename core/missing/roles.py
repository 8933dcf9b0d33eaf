"""Who does what in a search: each role is somebody's, and taken over with one tap."""

from __future__ import annotations

from collections.abc import Mapping

from core import people
from core.missing import logs
from core.permissions import NotThere, Verb, demand
from core.person import Person, Role
from core.records import SearchRole
from core.store import Store

LEAD = "lead"

# On the screen, in the order in which they are needed.
ROLES: Mapping[str, str] = {
    LEAD: "Incident lead",
    "search": "Search coordinator",
    "gates": "Gates and cameras",
    "parents": "Parents",
    "police": "Police",
    "others": "The other children",
    "keeper": "Log keeper",
}


def take(store: Store, log: str, role: str, *, by: Person) -> None:
    """`by` takes a role, whoever had it before. Raises `NotThere`, `Refused` once the log is
    closed."""
    give(store, log, role, by.id, by=by)


def give(store: Store, log: str, role: str, person: str, *, by: Person) -> None:
    """Writes down that somebody has a role, such as whoever was told to over the radio. Raises
    what `take` does."""
    logs.demand_open(store, log, by=by)
    if role not in ROLES or person not in people_here(store, by=by):
        raise NotThere("role")
    store.append(SearchRole(log=log, role=role, person=person), by=by)


def people_here(store: Store, *, by: Person) -> Mapping[str, Person]:
    """Whoever can take a role, by id: everybody who works here."""
    demand(by, Verb.KEEP_SEARCH)
    return {each.id: each for each in people.here(store) if each.role is not Role.GOVERNOR}
