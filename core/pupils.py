"""The children of the school: who they are, as known over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core import names
from core.errors import Refused
from core.permissions import NotThere, Verb, children, demand
from core.person import Person
from core.records import PupilDetails
from core.store import Store, new_id, texts


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the school's list says of a child."""

    name: str
    born_on: date
    class_name: str
    known_as: str = ""
    upn: str = ""
    household: str = ""
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Pupil(Details):
    """A child as known now. `name` is the whole name, `known_as` another one they go by."""

    id: str


def of(store: Store, pupil_id: str, *, by: Person) -> Pupil:
    """The child of this id. Raises `NotThere`."""
    demand(by, Verb.FIND_PUPILS)
    found = store.kept(_by_id).get(pupil_id)
    if found is None:
        raise NotThere("student")
    return found


def demand_record(store: Store, pupil_id: str, verb: Verb, *, by: Person) -> None:
    """Raises `NotThere` unless the verb reaches what is kept about this pupil for `by`."""
    if not store.kept(_is_reached, pupil_id, verb, by):
        raise NotThere("student")


def _is_reached(store: Store, pupil: str, verb: Verb, by: Person) -> bool:
    sql = f"SELECT p.id FROM pupils p WHERE p.id = $pupil AND {children(by, verb)}"
    return bool(store.ask(_Known, sql, pupil=pupil, me=by.id))


def everyone(store: Store, *, by: Person) -> list[Pupil]:
    """The children on roll, by name."""
    demand(by, Verb.FIND_PUPILS)
    return list(store.kept(_asked, "FROM pupils WHERE left_on IS NULL ORDER BY name, born_on, id"))


def ever(store: Store, *, by: Person) -> list[Pupil]:
    """All children whom the school has known, for those who keep the lists."""
    demand(by, Verb.KEEP_LISTS)
    return list(store.kept(_asked, "FROM pupils ORDER BY name, born_on, id"))


def find(store: Store, query: str, *, by: Person) -> list[Pupil]:
    """The children on roll with whose names the query agrees, in any part and spelling."""
    return [p for p in everyone(store, by=by) if names.matches(query, f"{p.name} {p.known_as}")]


def classes(store: Store, *, by: Person) -> list[str]:
    """The names of the classes that have children now, in order."""
    return sorted({pupil.class_name for pupil in everyone(store, by=by)})


def in_class(store: Store, class_name: str, *, by: Person) -> list[Pupil]:
    """The children of one class, by name."""
    return [pupil for pupil in everyone(store, by=by) if pupil.class_name == class_name]


def add(store: Store, details: Iterable[Details], *, by: Person) -> list[str]:
    """Enters children together or not at all, and returns their ids."""
    return amend(store, {new_id(): each for each in details}, by=by)


def amend(store: Store, details: dict[str, Details], *, by: Person) -> list[str]:
    """Records new details of children by their ids; what was known before stays readable."""
    demand(by, Verb.KEEP_LISTS)
    known = {id_: checked(each) for id_, each in details.items()}
    records = [PupilDetails(pupil=id_, **written(each)) for id_, each in known.items()]
    store.append(*records, by=by)
    return list(details)


def checked(details: Details) -> Details:
    """The details as they are stored. Raises `Refused` unless there are a name and a class."""
    details = texts.fitted(PupilDetails, details)
    if not details.name or not details.class_name:
        raise Refused("Every student needs a name and a class.")
    return details


def _asked(store: Store, sql: str) -> tuple[Pupil, ...]:
    return tuple(store.ask(Pupil, sql))


def _by_id(store: Store) -> dict[str, Pupil]:
    return {pupil.id: pupil for pupil in _asked(store, "FROM pupils")}


def written(details: Details) -> dict[str, Any]:
    """What the list says of a child, by the names of `Details`, without the child's id."""
    kept = asdict(details)
    kept.pop("id", None)
    return kept


@dataclass(frozen=True)
class _Known:
    id: str
