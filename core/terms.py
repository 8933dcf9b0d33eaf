"""The terms of the school, a setting in the record.

They are written as a whole set, and the set that was written last counts. Older sets stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core import people, term_dates
from core.permissions import Verb, demand
from core.person import OPERATOR, SYSTEM, Person
from core.records import TermDates
from core.store import Store, new_id
from core.term_dates import MOST, Term


@dataclass(frozen=True)
class _Line:
    name: str
    begins: date
    ends: date
    half_term_begins: date
    half_term_ends: date
    closed: tuple[str, ...]


def known(store: Store) -> tuple[Term, ...]:
    """The terms that count, in order; none where nobody has given any."""
    return store.kept(_known)


def choose(store: Store, terms: Sequence[Term], *, by: Person) -> None:
    """Records a new set. Earlier terms that were over before it begins stay part of it.

    Raises `NotAllowed`, and `Refused` if the set cannot be right.
    """
    demand(by, Verb.CHANGE_SETTINGS)
    _write(store, terms, by)


def carry_in(store: Store, terms: Sequence[Term]) -> None:
    """Does the same for whoever has the machine and the key. Raises `Refused`."""
    _write(store, terms, OPERATOR)


def begin(store: Store) -> None:
    """Takes over the starter set, once, where a school of an earlier version has no terms yet."""
    with store.alone():
        if people.anybody(store) and not known(store):
            store.append(*records(term_dates.starter()), by=SYSTEM)


def records(terms: Sequence[Term]) -> list[TermDates]:
    """A whole set as it is recorded, to be stored together."""
    set_ = new_id()
    return [
        TermDates(
            term_set=set_,
            name=term.name,
            begins=term.begins,
            ends=term.ends,
            half_term_begins=term.half_term_begins,
            half_term_ends=term.half_term_ends,
            closed=tuple(day.isoformat() for day in term.closed),
        )
        for term in terms
    ]


def _write(store: Store, terms: Sequence[Term], by: Person) -> None:
    term_dates.check(terms)
    with store.alone():
        earlier = [term for term in known(store) if term.ends < terms[0].begins]
        store.append(*records([*earlier, *terms][-MOST:]), by=by)


def _known(store: Store) -> tuple[Term, ...]:
    lines = store.ask(_Line, "FROM terms_now ORDER BY begins")
    return tuple(
        Term(**{**vars(line), "closed": tuple(map(date.fromisoformat, line.closed))})
        for line in lines
    )
