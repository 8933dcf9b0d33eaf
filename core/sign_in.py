"""Signing in and out: the password, then the code, each recorded, each in a session of its own."""

from __future__ import annotations

from dataclasses import dataclass

from core import authenticators, passwords, people, sessions, throttle
from core.errors import Refused
from core.person import SYSTEM, Person
from core.records import AccountEvent
from core.store import Store
from core.throttle import TooSoon

WRONG = "The email address or the password is not right."
WRONG_CODE = "This code is not right: wait for the next one, and type that."
OVER = "You are no longer signed in: please sign in again."


@dataclass(frozen=True)
class Outcome:
    """How a try to sign in went.

    `token` of the new session, or `refusal`, a sentence; `wait` is the seconds to wait where the
    try came too soon; `warned` is whom to tell by mail that there were many wrong tries.
    """

    token: str = ""
    person: Person | None = None
    refusal: str = ""
    wait: int = 0
    warned: Person | None = None


class WrongCode(Refused):
    """The code was wrong; `warned` is whom to tell by mail that there were many."""

    def __init__(self, warned: Person | None = None) -> None:
        super().__init__(WRONG_CODE)
        self.warned = warned


@dataclass(frozen=True)
class Enrolled:
    """A new Authenticator was added: the token of the session with the code given, and the ten
    recovery codes, shown this once (none for a second Authenticator)."""

    token: str
    recovery_codes: tuple[str, ...]


def sign_in(store: Store, email: str, password: str, *, address: str) -> Outcome:
    """Lets a session begin for whoever has this email address and password.

    In the same time and words for a wrong password, an unknown address and a closed account.
    `address` is the network address of the browser, for slowing down.
    """
    found = people.by_email(store, email)
    account = found.id if found else email.strip().lower()
    try:
        tries = throttle.admit(store, account, address)
    except TooSoon as soon:
        return Outcome(refusal=str(soon), wait=soon.seconds)
    person = passwords.is_right(store, email, password)
    if person is None:
        return Outcome(refusal=WRONG, warned=_refused(store, found, tries))
    throttle.forgive(store, account, address)
    store.append_in_time(AccountEvent(person=person.id, event="signed_in"), by=person)
    return Outcome(sessions.begin(store, person.id, code_given=False), person)


def give_code(store: Store, session_token: str, code: str) -> str:
    """Takes the code of an Authenticator, or a recovery code, and returns a new session's token.

    The session of the old token ends. Raises `WrongCode`, `TooSoon`, or `Refused` if the session
    is over.
    """
    session, person = _signed_in(store, session_token)
    demand_code(store, person, code)
    sessions.end(store, session.id)
    return sessions.begin(store, person.id, code_given=True)


def demand_code(store: Store, person: Person, code: str) -> None:
    """Takes the code of an Authenticator, or a recovery code, once, also in the midst of a session.

    Raises `WrongCode`, `TooSoon`.
    """
    if not authenticators.check(store, person.id, code):
        tries = throttle.wrong(store, person.id, what=throttle.CODE)
        raise WrongCode(_warned(store, person, tries))
    store.append_in_time(AccountEvent(person=person.id, event="code_given"), by=person)


def enrol(store: Store, session_token: str, code: str) -> Enrolled:
    """Adds the Authenticator that this session has begun, and returns a new session's token.

    The code that confirms it counts as given. Raises `Refused` like `authenticators.confirm`.
    """
    session, person = _signed_in(store, session_token)
    codes = authenticators.confirm(store, session.id, code, by=person)
    store.append(AccountEvent(person=person.id, event="code_given"), by=person)
    sessions.end(store, session.id)
    return Enrolled(sessions.begin(store, person.id, code_given=True), codes)


def sign_out(store: Store, session_token: str | None) -> None:
    """Ends the session of this token; nothing if there is none."""
    session = sessions.of(store, session_token)
    person = people.of(store, session.person) if session else None
    if session and person:
        sessions.end(store, session.id)
        store.append_in_time(AccountEvent(person=person.id, event="signed_out"), by=person)


def change_password(store: Store, session_token: str, old: str, new: str) -> Person:
    """Changes one's own password and ends one's other sessions; this one goes on.

    Returns the person, who is to be told by mail. Raises `TooSoon` or `Refused`.
    """
    session, person = _signed_in(store, session_token)
    throttle.admit(store, person.id, what=throttle.OLD_PASSWORD)
    if not passwords.fits(store, person.id, old):
        raise Refused("The current password is not right.")
    throttle.forgive(store, person.id, what=throttle.OLD_PASSWORD)
    passwords.set_(store, person.id, new, by=person)
    sessions.end_all(store, person.id, but=session.id)
    return person


def _signed_in(store: Store, session_token: str) -> tuple[sessions.Session, Person]:
    session = sessions.of(store, session_token)
    person = people.of(store, session.person, code_given=session.code_given) if session else None
    if session is None or person is None:
        raise Refused(OVER)
    return session, person


def _refused(store: Store, found: Person | None, tries: int) -> Person | None:
    """Records it, also where nobody has the address: the same work."""
    known = found if found and found.active else None
    event = AccountEvent(person=known.id if known else "", event="sign_in_refused")
    store.append_in_time(event, by=SYSTEM)
    return _warned(store, known, tries)


def _warned(store: Store, person: Person | None, tries: int) -> Person | None:
    """Whom to tell: once, at the tenth wrong try in a row."""
    if tries != throttle.MANY:
        return None
    event = AccountEvent(person=person.id if person else "", event="many_refusals")
    store.append_in_time(event, by=SYSTEM)
    return person
