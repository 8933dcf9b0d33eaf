"""Sessions: a browser in which somebody is signed in, until it is left alone for ten minutes.

The browser holds a random token of 256 bits, the desk only its SHA-256. A person has at most three
sessions; one lasts at most ten hours, and ends as soon as the account is closed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from core import apart, clock, machine, people, presence
from core.errors import Refused
from core.person import SYSTEM, Person
from core.presence import Session
from core.records import AccountEvent
from core.store import Store

__all__ = ["Session"]

IDLE_SECONDS = 600.0  # policy: ten minutes
SLACK = 60  # seconds by which a clock may be put right
LONGEST = timedelta(hours=10)  # policy: a school day and a meeting


def begin(store: Store, person_id: str, *, code_given: bool) -> str:
    """Lets a session begin, and returns its token; a fourth one ends the person's oldest.

    Raises `Refused` for a closed account. The caller has checked password or code.
    """
    person = people.of(store, person_id)
    if person is None or not person.active:
        raise Refused("This account is closed: ask a safeguarding lead.")
    token, now = secrets.token_urlsafe(32), clock.now()
    session = Session(_hashed(token), person_id, code_given, began_at=now, active_at=now)
    presence.of(store).add(session)
    return token


def of(store: Store, token: str | None) -> Session | None:
    """The session of a token that lives, else None; see `alive`."""
    return alive(store, _hashed(token)) if token else None


def alive(store: Store, session_id: str) -> Session | None:
    """The session of this id; None if unknown, ended, left alone, too old, or the account closed.

    One that is over is ended by this, and recorded as `timed_out` where time ended it. Asking is
    no activity. Answers from memory, in microseconds.
    """
    present = presence.of(store)
    session = present.find(session_id)
    if session is None:
        return None
    if present.is_closed(store, session.person):
        present.remove(session_id)
        return None
    if _is_over(session):
        if present.remove(session_id):
            event = AccountEvent(person=session.person, event="timed_out")
            store.append_in_time(event, by=SYSTEM)
        return None
    return session


def touch(store: Store, session_id: str) -> None:
    """Activity of the person: typing, a click. It cannot bring back a session that is over."""
    if alive(store, session_id):
        presence.of(store).note(session_id)


def end(store: Store, session_id: str) -> None:
    """Ends a session, in every tab and thread at once; nothing if it has ended already."""
    presence.of(store).remove(session_id)


def end_all(store: Store, person_id: str, *, but: str | None = None) -> None:
    """Ends all sessions of a person, except the one with the id `but`."""
    for session in presence.of(store).all():
        if session.person == person_id and session.id != but:
            end(store, session.id)


def own(store: Store, *, by: Person) -> list[Session]:
    """Everywhere `by` is signed in, in the order in which they did."""
    theirs = (each for each in presence.of(store).all() if each.person == by.id)
    return [each for each in theirs if alive(store, each.id)]


def end_own(store: Store, session_id: str, *, by: Person) -> None:
    """Ends one of one's own; nothing happens to anybody else's."""
    if session_id in {each.id for each in own(store, by=by)}:
        end(store, session_id)


def sweep(store: Store) -> None:
    """Ends every session whose time is over, for a server that calls this every few seconds."""
    apart.each(partial(alive, store, session.id) for session in presence.of(store).all())


def when_ended(store: Store, callback: Callable[[str], None]) -> None:
    """Has `callback` called with the id of each session that ends, however it ends.

    In the thread that ended it, and after it has ended; it must return at once and not raise.
    """
    presence.of(store).when_ended(callback)


def idle_seconds() -> float:
    """How long a session may be left alone: ten minutes, or less by `IDLE_SECONDS`."""
    return min(IDLE_SECONDS, float(machine.sound("IDLE_SECONDS") or IDLE_SECONDS))


def _is_over(session: Session) -> bool:
    """A clock that is put back must not make a session live longer: then it ends."""
    now = clock.now()
    idle = (now - session.active_at).total_seconds()
    return not -SLACK <= idle <= idle_seconds() or now - session.began_at > LONGEST


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
