"""A new password by a link that works once, for 30 minutes; only its hash is kept.

The newest link of a person is the only one that works. Using it ends all their sessions.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import (
    authenticators,
    clock,
    four_eyes,
    mail_server,
    passwords,
    people,
    sessions,
    throttle,
)
from core.errors import Refused
from core.permissions import Verb, demand
from core.person import OPERATOR, SYSTEM, Person
from core.records import AccountEvent
from core.store import Store

LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Asked:
    """A link that somebody asked for. `person` is None where nobody has the address: the link
    then opens nothing, and the answer to whoever asked is the same."""

    token: str
    person: Person | None


def ask(store: Store, email: str, *, address: str) -> Asked:
    """A link for whoever has this email address, to be mailed to them and shown to nobody.

    The same work whether or not the address is known. Raises `throttle.TooSoon` for many asked
    from one network `address` or for one account.
    """
    found = people.by_email(store, email)
    person = found if found and found.active else None
    account = person.id if person else email.strip().lower()
    throttle.admit(store, account, address, what=throttle.RESET)
    person_id = person.id if person else ""
    store.append(AccountEvent(person=person_id, event="reset_asked"), by=SYSTEM)
    return Asked(_made(store, person_id), person)


def issue(store: Store, person: Person, *, by: Person) -> str:
    """The token of a link for another person, to be handed to them, where there is no mail.

    By the office or with full access. For somebody with an Authenticator, or with a role that has
    full access, only with full access, and not by whoever reset that Authenticator. Never for
    oneself. Raises `Refused`.
    """
    guarded = person.role in four_eyes.FULL_ACCESS or authenticators.has(store, person.id)
    demand(by, Verb.GIVE_ACCESS if guarded else Verb.KEEP_LISTS)
    if by.id == person.id:
        raise Refused("Somebody else has to make this link for you: ask a lead or the office.")
    if not person.active:
        raise Refused("This account is closed: open it again first.")
    with store.alone():
        if guarded:
            four_eyes.demand_another(store, person, "authenticator_reset", by=by)
        store.append(AccountEvent(person=person.id, event="reset_issued"), by=by)
        return _made(store, person.id)


def rescue(store: Store, person: Person) -> str:
    """The token of a link made at the machine itself, where nobody at school can make one.

    Whoever has the machine and the key could do more than this; it is recorded all the same.
    """
    with store.alone():
        store.append(AccountEvent(person=person.id, event="reset_issued"), by=OPERATOR)
        return _made(store, person.id)


def link(token: str) -> str:
    """The whole address of a link."""
    return f"{mail_server.address()}/reset?token={token}"


def whose(store: Store, token: str) -> Person | None:
    """Whose password the link changes; None if it was used, replaced, or is too old."""
    sql = "FROM reset_links WHERE hash = $hash AND made_at > $since AND made_at <= $soon"
    now = clock.now()  # a clock that is put back must not make a link live longer
    found = store.desk.ask(
        _Link, sql, hash=_hashed(token), since=now - LASTS, soon=now + timedelta(minutes=1)
    )
    person = people.of(store, found[0].person) if found else None
    return person if person and person.active else None


def redeem(store: Store, token: str, new_password: str) -> Person:
    """Gives the link's owner a new password and ends all their sessions.

    Returns the person, who is to be told by mail. Raises `Refused` if the link no longer works, or
    if the password breaks the policy; then the link still works.
    """
    person = _owner(store, token)
    accepted = passwords.accepted(store, person.id, new_password)
    with store.alone():
        person = _owner(store, token)
        store.desk.change("DELETE FROM reset_links WHERE person = $person", person=person.id)
        passwords.keep(store, person.id, accepted, by=person)
    sessions.end_all(store, person.id)
    return person


@dataclass(frozen=True)
class _Link:
    person: str
    made_at: datetime


def _owner(store: Store, token: str) -> Person:
    person = whose(store, token)
    if person is None:
        raise Refused("This link no longer works: ask for a new one.")
    return person


def _made(store: Store, person_id: str) -> str:
    token = secrets.token_urlsafe(32)
    with store.desk.alone():
        store.desk.change("DELETE FROM reset_links WHERE person = $person", person=person_id)
        store.desk.change(
            "INSERT INTO reset_links VALUES ($hash, $person, $now)",
            hash=_hashed(token), person=person_id, now=clock.now(),
        )  # fmt: skip
    return token


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
