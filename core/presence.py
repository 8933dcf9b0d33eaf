"""Who is signed in, in memory as on the desk.

Every request and every run of a page asks whether its session lives, so the answer comes from
memory. The desk is written first when a session begins and last when it ends. On a full disk it is
not written: somebody must be able to sign in and read, and a session that the desk does not know
ends with the server. One that ended is taken off the desk as soon as there is room.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from core import clock
from core.store import DiskFull, Store

AT_MOST = 3  # a person
WRITTEN_EVERY = timedelta(seconds=5)  # so that typing is not a write to disk a key


@dataclass(frozen=True)
class Session:
    """One browser in which a person is signed in. `id` is the SHA-256 of its token."""

    id: str
    person: str
    code_given: bool
    began_at: datetime
    active_at: datetime


class Presence:
    """The sessions of one store. Looking needs no lock; changes are made one at a time."""

    def __init__(self, store: Store) -> None:
        self._desk = store.desk
        self._lock = threading.RLock()
        every = self._desk.ask(Session, "FROM sessions ORDER BY rowid")  # as they began
        self._sessions = {session.id: session for session in every}
        self._written = {s.id: s.active_at for s in self._sessions.values()}
        self._callbacks: list[Callable[[str], None]] = []
        self._ended: deque[str] = deque()

    def find(self, session_id: str) -> Session | None:
        """The session of this id, alive or due to end."""
        return self._sessions.get(session_id)

    def all(self) -> list[Session]:
        """Every session, in the order in which they began: whatever the clock showed then."""
        with self._lock:
            return list(self._sessions.values())

    def add(self, session: Session) -> None:
        """Lets a session begin; of a person with more than three, the oldest end."""
        with self._lock:
            self._write(
                "INSERT INTO sessions VALUES ($id, $person, $code_given, $began_at, $active_at)",
                **vars(session),
            )
            self._sessions[session.id] = session
            self._written[session.id] = session.active_at
            theirs = [each for each in self.all() if each.person == session.person]
        for oldest in theirs[:-AT_MOST]:
            self.remove(oldest.id)

    def remove(self, session_id: str) -> bool:
        """Ends a session, in every thread at once. False if it had ended already."""
        with self._lock:
            there = self._sessions.pop(session_id, None) is not None
            self._written.pop(session_id, None)
        if there:
            for tell in self._callbacks:
                tell(session_id)
            self._ended.append(session_id)
            self._take_off()
        return there

    def note(self, session_id: str) -> None:
        """Notes activity. What is written may be five seconds old, so that after a crash a
        session ends a little early and never late."""
        now = clock.now()
        with self._lock:
            if session_id not in self._sessions:
                return
            self._sessions[session_id] = replace(self._sessions[session_id], active_at=now)
            if due := now - self._written[session_id] >= WRITTEN_EVERY:
                self._written[session_id] = now
        if due:
            sql = "UPDATE sessions SET active_at = $now WHERE id = $id"
            self._write(sql, id=session_id, now=now)

    def _take_off(self) -> None:
        """Takes off the desk what has ended, as far as there is room. Several threads may do so at
        once: each takes another one, and gives back what could not be written."""
        is_taken = True
        while is_taken and (ended := self._next_ended()) is not None:
            is_taken = False
            try:
                is_taken = self._write("DELETE FROM sessions WHERE id = $id", id=ended)
            finally:
                if not is_taken:
                    self._ended.appendleft(ended)

    def _next_ended(self) -> str | None:
        with suppress(IndexError):
            return self._ended.popleft()
        return None

    def _write(self, sql: str, **values: Any) -> bool:
        """Whether the desk took it, or was full."""
        try:
            self._desk.change(sql, **values)
        except DiskFull:
            return False
        return True

    def when_ended(self, callback: Callable[[str], None]) -> None:
        """Has `callback` called with the id of each session that ends."""
        self._callbacks.append(callback)

    def is_closed(self, store: Store, person_id: str) -> bool:
        """Whether the person's account is closed."""
        return person_id in store.kept(_closed)


def _closed(store: Store) -> frozenset[str]:
    return frozenset(row.id for row in store.ask(_Id, "SELECT id FROM people WHERE NOT active"))


@dataclass(frozen=True)
class _Id:
    id: str


_present: WeakKeyDictionary[Store, Presence] = WeakKeyDictionary()
_first = threading.Lock()


def of(store: Store) -> Presence:
    """The sessions of a store, read from its desk the first time."""
    present = _present.get(store)
    if present is None:
        with _first:
            present = _present.get(store) or _present.setdefault(store, Presence(store))
    return present
