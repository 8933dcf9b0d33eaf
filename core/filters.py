"""Filters of the chronology that a lead has saved under a name, the owner's alone.

A filter is about no pupil in particular. It lives on the desk: it proves nothing (that a record was
read is recorded), and whoever typed a child's name into the filter's must be able to delete it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from core import categories, names, people
from core.chronology import Wanted
from core.errors import Refused
from core.permissions import Verb, demand
from core.person import Person
from core.store import Desk, Store, new_id, texts

LONGEST = 40  # characters of a name
MOST = 20  # filters a person


@dataclass(frozen=True)
class Filter:
    """What somebody wants to read of any record, under the name that they gave it."""

    id: str
    name: str
    wanted: Wanted


class Gone(Refused):
    """It was deleted, or never was the asker's: the same words for both."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such saved filter any more: what is set now stays as it is, and can be "
            "saved anew."
        )


def of(store: Store, *, by: Person) -> list[Filter]:
    """One's own saved filters, by name. Never another person's. Raises `NotAllowed`."""
    demand(by, Verb.SEE_CHRONOLOGY)
    return [*store.desk.kept(_of, by.id)]


def one(store: Store, id_: str, *, by: Person) -> Filter:
    """One of one's own. Raises `NotAllowed`, `Gone`."""
    found = next((each for each in of(store, by=by) if each.id == id_), None)
    if found is None:
        raise Gone
    return found


def save(store: Store, name: str, wanted: Wanted, *, by: Person) -> Filter:
    """Keeps a filter under a name. Raises `NotAllowed`, and `Refused` for a name that cannot be
    told from another, and for what is saved already."""
    demand(by, Verb.SEE_CHRONOLOGY)
    kept = Filter(new_id(), _seen(name), plain(wanted))
    with store.desk.alone():
        _check(store, kept, of(store, by=by))
        store.desk.change(
            "INSERT INTO filters VALUES ($id, $person, $name, $wanted)",
            id=kept.id, person=by.id, name=kept.name,
            wanted=msgspec.json.encode(kept.wanted).decode(),
        )  # fmt: skip
    return kept


def remove(store: Store, id_: str, *, by: Person) -> None:
    """Deletes one of one's own; nothing happens if it is gone. Raises `NotAllowed`."""
    demand(by, Verb.SEE_CHRONOLOGY)
    sql = "DELETE FROM filters WHERE id = $id AND person = $person"
    store.desk.change(sql, id=id_, person=by.id)


def plain(wanted: Wanted) -> Wanted:
    """The same, so that two which want the same are equal, in whatever order it was chosen."""
    return replace(wanted, categories=tuple(sorted({*wanted.categories})))


def remarks(store: Store, wanted: Wanted, *, by: Person) -> list[str]:
    """What somebody should know who reads with this filter, a sentence each."""
    demand(by, Verb.SEE_CHRONOLOGY)
    said: list[str] = []
    if wanted.since and wanted.until and wanted.until < wanted.since:
        said.append("The period ends before it begins: please check the dates.")
    if {*wanted.categories} - {category.key for category in categories.every()}:
        said.append("A kind of concern in this filter is no longer in use; what was recorded "
                    "under it is still found.")  # fmt: skip
    author = people.of(store, wanted.author) if wanted.author else None
    if author and not author.active:
        said.append("The person in this filter has left; what they wrote is still found.")
    return said


@dataclass(frozen=True)
class _Row:
    id: str
    name: str
    wanted: str


def _of(desk: Desk, person: str) -> Sequence[Filter]:
    kept = desk.ask(_Row, "FROM filters WHERE person = $person", person=person)
    found = [Filter(row.id, row.name, msgspec.json.decode(row.wanted, type=Wanted)) for row in kept]
    return sorted(found, key=lambda each: _folded(each.name))


def _check(store: Store, kept: Filter, others: list[Filter]) -> None:
    if kept.wanted == Wanted():
        raise Refused("Nothing is chosen that could be saved: choose what to show first.")
    if not kept.name:
        raise Refused("Please give the filter a name.")
    if len(kept.name) > LONGEST:
        raise Refused(f"This name is too long: please use at most {LONGEST} letters.")
    if _folded(kept.name) in {_folded(each.name) for each in others}:
        raise Refused("You have a saved filter of this name: please choose another name.")
    if kept.wanted in {each.wanted for each in others}:
        raise Refused("You have saved this filter before, under another name.")
    if kept.wanted.author and kept.wanted.author not in people.names(store):
        raise Refused("Please choose somebody who wrote in the record.")
    if len(others) >= MOST:
        raise Refused("You have many saved filters: please delete one of them first.")


def _seen(name: str) -> str:
    """What can be seen of a name: one tidy line."""
    return texts.tidy("".join(c for c in name if c.isprintable() or c.isspace()))


def _folded(name: str) -> str:
    return names.fold(name) or name.casefold()
