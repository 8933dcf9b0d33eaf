"""Files that were made and wait to be fetched: in memory only, once, and for ten minutes.

The address holds a random token of 256 bits, the memory its SHA-256. It opens the file for the
person and the session that made it and, once, for nobody else.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from core import clock
from core.permissions import NotThere, Verb, demand, may
from core.person import Person
from core.reports.exports import File
from core.store import Store

LASTS = timedelta(minutes=10)
MOST = 5  # files of one session; one more takes the place of the oldest


@dataclass(frozen=True)
class _Waiting:
    file: File
    person: str
    session: str
    since: datetime
    verb: Verb


_waiting: WeakKeyDictionary[Store, dict[str, _Waiting]] = WeakKeyDictionary()
_changing = threading.Lock()


def offer(store: Store, file: File, session: str, verb: Verb = Verb.EXPORT, *, by: Person) -> str:
    """Lets a file wait for the session in which it was made, for whom the verb is open to; returns
    the token of its address."""
    demand(by, verb)
    token = secrets.token_hex(32)
    sweep(store)
    with _changing:
        here = _waiting.setdefault(store, {})
        theirs = [key for key, each in here.items() if each.session == session]
        for key in theirs[: max(len(theirs) - MOST + 1, 0)]:
            del here[key]
        here[_hashed(token)] = _Waiting(file, by.id, session, clock.now(), verb)
    return token


def fetch(store: Store, token: str, session: str, *, by: Person) -> File:
    """The file of this token, which nobody gets after this. Raises `NotThere`.

    Somebody else who asks is told that there is none, and takes nothing away.
    """
    sweep(store)
    with _changing:
        here = _waiting.get(store, {})
        found = here.get(_hashed(token))
        if found is None or not _is_theirs(found, session, by):
            raise NotThere("file")
        del here[_hashed(token)]
    return found.file


def sweep(store: Store) -> None:
    """Lets go of what nobody fetched in time."""
    with _changing:
        here, now = _waiting.get(store, {}), clock.now()
        for key in [key for key, each in here.items() if not _is_fresh(each, now)]:
            del here[key]


def waiting(store: Store) -> int:
    """How many files wait, for whoever looks after the memory."""
    return len(_waiting.get(store, {}))


def _is_fresh(waiting: _Waiting, now: datetime) -> bool:
    """A clock that was put back must not make a file wait longer: then it is let go."""
    return now - LASTS < waiting.since <= now + clock.SLACK


def _is_theirs(found: _Waiting, session: str, by: Person) -> bool:
    return found.person == by.id and found.session == session and may(by, found.verb)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
