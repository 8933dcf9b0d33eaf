"""Passwords: keeping one as a hash, whether it is right, and when it has to be changed.

The school's policy: changed every 60 days, and none of the last five again. Today's guidance
(NCSC, Cyber Essentials) advises against the change, so `password_days` = 0 turns it off.
"""

# Of streamlit-authenticator only the hashing and the validation are used. Its `Authenticate` sets
# the cookie by script, so never HttpOnly, and a copy of it signs in after logout and after a new
# password; its forgotten-password gives anybody's account a new password at once; mailer and
# second factor go through its author's server and make their codes with `random`; its lock-out is
# for good, so that anybody can shut the safeguarding lead out; and its YAML file was destroyed by
# `kill -9` in 26 of 60 tries (all measured).

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from core import clock, people, settings
from core.errors import Refused
from core.library import Hasher
from core.permissions import NotAllowed
from core.person import SYSTEM, Person
from core.policy import Policy, spelt
from core.records import AccountEvent
from core.store import Identified, Store

__all__ = ["Policy"]

REMEMBERED = 5  # with the one in use; policy


def set_(store: Store, person_id: str, password: str, *, by: Identified) -> None:
    """Gives a person a password. Raises `Refused` if it breaks the policy or was used before.

    One's own, or by the app itself (set-up, demonstration): else `NotAllowed`. Ends no session:
    `sign_in.change_password` and `resets.redeem` do.
    """
    if by.id not in (person_id, SYSTEM.id):
        raise NotAllowed
    keep(store, person_id, accepted(store, person_id, password), by=by)


def accepted(store: Store, person_id: str, password: str) -> str:
    """The hash of a password that the policy takes. Raises `Refused`. Up to two seconds' work."""
    if fault := Policy().diagnose_password(password):
        raise Refused(fault)
    if was_used(store, person_id, password):
        raise Refused(f"This was one of the last {REMEMBERED} passwords: please choose a new one.")
    return str(Hasher.hash(spelt(password)))


def keep(store: Store, person_id: str, accepted_hash: str, *, by: Identified) -> None:
    """Puts a hash from `accepted` to use and records the change; quick."""
    store.append(AccountEvent(person=person_id, event="password_changed"), by=by)
    store.desk.change(
        "INSERT INTO passwords SELECT $person, $hash, $now, coalesce(max(number), 0) + 1 "
        "FROM passwords",
        person=person_id, hash=accepted_hash, now=clock.now(),
    )  # fmt: skip
    for old in _kept(store, person_id)[REMEMBERED:]:
        store.desk.change("DELETE FROM passwords WHERE hash = $hash", hash=old.hash)


def is_right(store: Store, email: str, password: str) -> Person | None:
    """Whose address and password these are.

    None for a wrong password, and after the same work for an unknown address, a closed account
    and one without a password: the time tells nobody who works here (ASVS 6.3.8).
    """
    person = people.by_email(store, email)
    open_to = person if person and person.active else None
    return open_to if fits(store, open_to.id if open_to else "", password) else None


def fits(store: Store, person_id: str, password: str) -> bool:
    """Whether it is this person's password; the same work where there is none."""
    decoy, kept = _decoy(), _kept(store, person_id)
    right = _matches(password, kept[0].hash if kept else decoy)
    return right and bool(kept)


def was_used(store: Store, person_id: str, password: str) -> bool:
    """Whether it is one of the last five, with the one in use."""
    return any(_matches(password, old.hash) for old in _kept(store, person_id)[:REMEMBERED])


def is_expired(store: Store, person_id: str, *, at: datetime | None = None) -> bool:
    """Whether the password had been in use for longer than the school allows, now or `at`.

    Never where `password_days` is 0, nor for a person without a password. One that was set by a
    clock that was ahead is over: nobody knows how old it is, and it would last a year too long.
    """
    days, kept = int(settings.school(store).password_days), _kept(store, person_id)
    if not days or not kept:
        return False
    set_at = kept[0].set_at
    return clock.is_ahead(set_at) or (at or clock.now()) - set_at > timedelta(days=days)


@dataclass(frozen=True)
class _Kept:
    hash: str
    set_at: datetime


def _kept(store: Store, person_id: str) -> list[_Kept]:
    """The newest first: by the order in which they were set, which no clock can change."""
    sql = "FROM passwords WHERE person = $person ORDER BY number DESC"
    return store.desk.ask(_Kept, sql, person=person_id)


@cache
def _decoy() -> str:
    """Made by the same library, so that it always costs what a real one costs."""
    return str(Hasher.hash(secrets.token_urlsafe()))


def _matches(password: str, kept_hash: str) -> bool:
    try:
        return bool(Hasher.check_pw(spelt(password), kept_hash))
    except ValueError:  # more than bcrypt takes, so nobody's; the work is done all the same
        Hasher.check_pw("", kept_hash)
        return False
