"""People with accounts, and a clock that a test can turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import bcrypt
import pyotp
import pytest

from core import authenticators, clock, people, sessions
from core.people import Details
from core.person import SYSTEM, Person, Role
from core.store import Store, new_id

PASSWORD = "Rain & 4 boots"


class Watch:
    """A clock that stands still until it is turned, or until somebody puts it wrong."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.ran = clock.now(), clock.running()
        monkeypatch.setattr(clock, "now", lambda: self.now)
        monkeypatch.setattr(clock, "running", lambda: self.ran)

    def turn(self, **by: float) -> None:
        """Time passes, while the app runs."""
        self.put(**by)
        self.ran += timedelta(**by).total_seconds()

    def put(self, **by: float) -> None:
        """Somebody puts the clock forward, or back; no time passes."""
        self.now += timedelta(**by)


@dataclass(frozen=True)
class _Event:
    event: str


def account(store: Store, role: Role = Role.STAFF, name: str = "Anna O'Brien") -> Person:
    """A new account, without a password."""
    number = new_id()[:6]
    details = Details(name=name, email=f"{number}.o'brien@oakfield.example", role=role)
    return people.enter(store, new_id(), details, by=SYSTEM)


def with_password(store: Store, role: Role = Role.STAFF, password: str = PASSWORD) -> Person:
    """A new account whose password was kept with the least work that bcrypt allows."""
    person = account(store, role)
    store.desk.change(
        "INSERT INTO passwords SELECT $person, $hash, $now, coalesce(max(number), 0) + 1 "
        "FROM passwords",
        person=person.id,
        hash=bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode(),
        now=clock.now(),
    )
    return person


def with_access(store: Store, role: Role = Role.LEAD) -> Person:
    """Somebody in a session in which the code was given, but without an Authenticator."""
    return replace(account(store, role), code_given=True)


def enrolled(store: Store, person: Person) -> tuple[str, tuple[str, ...]]:
    """Adds an Authenticator; returns its secret and the recovery codes."""
    session = sessions.of(store, sessions.begin(store, person.id, code_given=False))
    assert session
    secret = authenticators.begin(store, session.id, by=person).secret
    return secret, authenticators.confirm(store, session.id, code(secret), by=person)


def code(secret: str, *, steps: int = 0) -> str:
    """What the phone shows now, or showed some half minutes ago."""
    step = int(clock.now().timestamp()) // 30 + steps
    return pyotp.TOTP(secret).generate_otp(step)


def closed(store: Store, person: Person) -> Person:
    people.close(store, person.id, by=with_access(store))
    return replace(person, active=False)


def events(store: Store, person_id: str) -> list[str]:
    sql = "SELECT event FROM account_events WHERE person = $person ORDER BY seq"
    return [row.event for row in store.ask(_Event, sql, person=person_id)]
