"""Authenticators: apps whose code gives a lead or the head full access.

A person has at most two, and each code works once. Only a session in which a code was given adds
another one; only somebody else with full access takes all of them away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from core import clock, four_eyes, recovery_codes, sessions, throttle, totp
from core.errors import Refused
from core.permissions import Verb, demand
from core.person import SYSTEM, Person
from core.records import AccountEvent
from core.store import DiskFull, Store, new_id
from core.totp import Enrolment

__all__ = ["Enrolment"]

# The codes of each that were used last, as long as the server runs.
_spent: WeakKeyDictionary[Store, dict[str, deque[int]]] = WeakKeyDictionary()

AT_MOST = 2
REMEMBERED = 10  # codes; no more than three could come again while a clock is right
PATIENCE = timedelta(minutes=30)


@dataclass(frozen=True)
class Authenticator:
    """One that a person has. `used_steps` are its codes that were used last, in that order."""

    id: str
    secret: str
    added_at: datetime
    used_steps: tuple[int, ...]

    @property
    def last_step(self) -> int:
        """The newest code that was used. One that was used while the clock was ahead is none that
        could come again soon: with it, nobody would get in until the clock has come so far."""
        return _newest(self.used_steps)


def begin(store: Store, session_id: str, *, by: Person) -> Enrolment:
    """Begins to add an Authenticator: the same key for half an hour, to this session only.

    Raises `Refused` for a third one, and where the person has one and its code was not given: a
    stolen password must not be enough to add another.
    """
    _demand_room(store, by)
    secret = _begun(store, session_id, by) or totp.new_secret()
    store.desk.change("DELETE FROM enrolments WHERE session = $session", session=session_id)
    store.desk.change(
        "INSERT INTO enrolments VALUES ($session, $person, $secret, $now)",
        session=session_id, person=by.id, secret=secret, now=clock.now(),
    )  # fmt: skip
    return Enrolment(secret, by.email)


def confirm(store: Store, session_id: str, code: str, *, by: Person) -> tuple[str, ...]:
    """Adds the Authenticator that this session has begun, once it has shown a right code.

    Returns the ten recovery codes, which are shown this once; empty for a second Authenticator.
    Raises `Refused` if the code is wrong or the beginning was too long ago.
    """
    with store.alone():
        _demand_room(store, by)
        secret = _begun(store, session_id, by)
        step = totp.step(secret, code) if secret else None
        if secret is None or step is None:
            raise Refused("This code is not right: wait for the next one, and type that.")
        first = not has(store, by.id)
        store.append(AccountEvent(person=by.id, event="authenticator_added"), by=by)
        _add(store, by.id, secret, step)
        return recovery_codes.renew(store, by.id) if first else ()


def has(store: Store, person_id: str) -> bool:
    """Whether the person has an Authenticator."""
    return bool(of(store, person_id))


def of(store: Store, person_id: str) -> list[Authenticator]:
    """The Authenticators of a person, the oldest first; with their secrets, so for rules only."""
    sql = """
        SELECT a.id, a.secret, a.added_at, coalesce(u.steps, []) AS used_steps
        FROM authenticators a LEFT JOIN (
            SELECT authenticator, list(step ORDER BY rowid) AS steps FROM used_codes GROUP BY ALL
        ) u ON u.authenticator = a.id
        WHERE a.person = $person ORDER BY a.rowid
    """  # as they were added
    return store.desk.ask(Authenticator, sql, person=person_id)


def check(store: Store, person_id: str, code: str) -> bool:
    """Whether a code of an Authenticator, or a recovery code, is right; it works this once.

    A wrong one is recorded. Raises `throttle.TooSoon` after three wrong ones.
    """
    throttle.admit(store, person_id, what=throttle.CODE)
    right = _spend(store, person_id, code) or recovery_codes.use(store, person_id, code)
    if right:
        throttle.forgive(store, person_id, what=throttle.CODE)
    else:
        event = AccountEvent(person=person_id, event="code_refused")
        store.append_in_time(event, by=SYSTEM)
    return right


def reset(store: Store, person: Person, *, by: Person) -> tuple[Person, Person]:
    """Takes all Authenticators and recovery codes of another person away, and ends their sessions.

    Takes full access, never for oneself, and not from whoever issued the link for the password;
    open links stop working. Returns the two who must be told by mail. Raises `Refused`.
    """
    demand(by, Verb.GIVE_ACCESS)
    if by.id == person.id:
        raise Refused("Your own Authenticator is reset by another lead or the head.")
    with store.alone():
        four_eyes.demand_another(store, person, "reset_issued", by=by)
        store.append(AccountEvent(person=person.id, event="authenticator_reset"), by=by)
        store.desk.change("DELETE FROM authenticators WHERE person = $person", person=person.id)
        store.desk.change("DELETE FROM enrolments WHERE person = $person", person=person.id)
        store.desk.change("DELETE FROM reset_links WHERE person = $person", person=person.id)
        recovery_codes.wipe(store, person.id)
    sessions.end_all(store, person.id)
    return person, by


@dataclass(frozen=True)
class _Secret:
    secret: str


def _begun(store: Store, session_id: str, by: Person) -> str | None:
    sql = """FROM enrolments WHERE session = $session AND person = $person
             AND begun_at > $since AND begun_at <= $soon"""
    now = clock.now()
    found = store.desk.ask(
        _Secret, sql, session=session_id, person=by.id,
        since=now - PATIENCE, soon=now + timedelta(minutes=1),
    )  # fmt: skip
    return found[0].secret if found else None


def _demand_room(store: Store, by: Person) -> None:
    number = len(of(store, by.id))
    if number and not by.code_given:
        raise Refused("Please give the code of the Authenticator that you have first.")
    if number >= AT_MOST:
        raise Refused(f"You have {AT_MOST} Authenticators: remove one before you add another.")


def _add(store: Store, person_id: str, secret: str, step: int) -> None:
    id_ = new_id()
    store.desk.change("INSERT INTO used_codes VALUES ($id, $step)", id=id_, step=step)
    store.desk.change(
        "INSERT INTO authenticators VALUES ($id, $person, $secret, $now)",
        id=id_, person=person_id, secret=secret, now=clock.now(),
    )  # fmt: skip
    store.desk.change("DELETE FROM enrolments WHERE person = $person", person=person_id)


def _used(one: Authenticator) -> deque[int]:
    return deque(one.used_steps, maxlen=REMEMBERED)


def _newest(used: Iterable[int]) -> int:
    """Of the codes that were used, but for those of a clock that was ahead."""
    return max((step for step in used if step <= totp.newest()), default=0)


def _spend(store: Store, person_id: str, code: str) -> bool:
    with store.desk.alone():
        for each in of(store, person_id):
            used = _spent.setdefault(store, {}).setdefault(each.id, _used(each))
            step = totp.step(each.secret, code, after=_newest(used))
            if step is not None:
                used.append(step)  # also where the disk is full: no code is taken twice
                with suppress(DiskFull):
                    _keep_used(store, each.id, step, used)
                return True
    return False


def _keep_used(store: Store, id_: str, step: int, used: Iterable[int]) -> None:
    store.desk.change("INSERT INTO used_codes VALUES ($id, $step)", id=id_, step=step)
    store.desk.change(
        "DELETE FROM used_codes WHERE authenticator = $id AND NOT list_contains($used, step)",
        id=id_, used=list(used),
    )  # fmt: skip
