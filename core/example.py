"""The demonstration school, put into an empty record, with accounts to try it with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import pyotp

from core import (
    authenticators,
    clock,
    demonstration,
    example_outings,
    passwords,
    people,
    releases,
)
from core.demonstration.history import History
from core.errors import Refused
from core.person import SYSTEM, Person, Role
from core.store import Store

PASSWORD = "Oakfield-2026!"  # noqa: S105 - of accounts that are made up, printed for all to see


@dataclass(frozen=True)
class Account:
    """An account to try the school with; `totp_secret` is empty where there is no Authenticator."""

    email: str
    password: str
    totp_secret: str
    role: str
    name: str


def enter(store: Store, *, seed: int = 1) -> list[Person]:
    """Puts the school of this seed into the record: two years of it, up to this moment.

    Returns its staff; nobody of them can sign in yet. An empty record becomes a rehearsal.

    Raises `Refused` where incidents have been recorded already.
    """
    now = clock.now().astimezone(demonstration.LONDON)
    made = demonstration.made(seed, now.date(), time_of_day=now.time())
    story = History(made, seed, until=now, is_rehearsal=store.head is None)
    store.imagine(story)
    found = (people.of(store, story.id_of(person.key)) for person in made.school.staff)
    staff = [person for person in found if person]
    _release(store, staff)
    example_outings.enter(store, staff)
    return staff


def open_accounts(store: Store, people_: Iterable[Person]) -> Iterator[Account]:
    """Gives each of these people the same password, and leads and the head an Authenticator.

    Only for a school that is made up: the password is in the source. It is hashed once for all of
    them, since a hash takes a quarter of a second (measured).
    """
    hashed = ""
    for person in people_:
        hashed = hashed or passwords.accepted(store, person.id, PASSWORD)
        passwords.keep(store, person.id, hashed, by=SYSTEM)
        secret = _enrolled(store, person) if person.role in people.FULL_ACCESS else ""
        yield Account(person.email, PASSWORD, secret, person.role.value, person.name)


def _release(store: Store, staff: list[Person]) -> None:
    """Every term that is over and lies within the story, for the governors, the oldest first."""
    lead = replace(next(p for p in staff if p.role is Role.LEAD), code_given=True)
    first = clock.now().date() - demonstration.TWO_YEARS
    over = [p for p in releases.open_periods(store, by=lead) if p.is_whole and not p.terms]
    for period in reversed([term for term in over if term.begins >= first]):
        drawn = releases.preview(store, period.key, by=lead)
        releases.make(store, period.key, drawn.fingerprint, by=lead)


def _enrolled(store: Store, person: Person) -> str:
    """An Authenticator, shown to work by the code of 30 seconds ago: each code opens once, and
    whoever tries the school out now needs the one of this moment."""
    secret = authenticators.begin(store, person.id, by=person).secret
    with suppress(Refused):  # if the half minute ends just now, that code is too old
        _confirm(store, secret, person)
        return secret
    _confirm(store, secret, person)
    return secret


def _confirm(store: Store, secret: str, person: Person) -> None:
    code = pyotp.TOTP(secret).at(clock.now() - timedelta(seconds=30))
    authenticators.confirm(store, person.id, code, by=person)
