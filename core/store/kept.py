"""Answers that are held in memory until something is recorded that could change them.

A page asks the same small questions dozens of times a run, and DuckDB takes 1 to 30 ms for each at
twenty years of a school (measured); the newest answer takes a microsecond.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

MOST = 1_000  # answers; the largest, of everybody who was ever a pupil, takes half a megabyte

_WORD = re.compile(r"\w+")


class Held(NamedTuple):
    """An answer, the tables that it was made from, and how often each had been added to then."""

    answer: Any
    made_from: Mapping[str, int]


class Kept:
    """The newest answers of one record, for any number of threads."""

    def __init__(self, tables: Iterable[str], views: Mapping[str, str]) -> None:
        """`views` are the definitions of the views by name, which may name each other."""
        self._added = dict.fromkeys(tables, 0)
        self._views = {name: set(_words(sql)) - {name} for name, sql in views.items()}
        self._held: dict[Hashable, Held] = {}
        self._changing = threading.Lock()
        self._asking = threading.local()

    def answer(self, key: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` answers, asked again only if one of the tables has been added to that it read
        the last time. Never older than the newest record when this was called."""
        held = self._held.get(key)
        if held is None or any(self._added[name] != n for name, n in held.made_from.items()):
            held = self._asked(ask)
            self._hold(key, held)
        self._note(held.made_from)
        answer: T = held.answer
        return answer

    def read(self, sql: str) -> None:
        """Notes which tables a question reads, if it is asked for an answer that will be held."""
        if self._reading:
            self._note(self._tables(_words(sql)))

    def added(self, tables: Iterable[str]) -> None:
        """Lets go of what was made from these tables; called before whoever added is told so."""
        with self._changing:
            for name in tables:
                self._added[name] = self._added.get(name, 0) + 1

    def changed(self, sql: str) -> None:
        """The same for whatever tables a change names."""
        self.added(self._tables(_words(sql)))

    @property
    def _reading(self) -> list[set[str]]:
        """What each of the questions that are under way in this thread has read so far."""
        under_way: list[set[str]] = self._asking.__dict__.setdefault("reading", [])
        return under_way

    def _asked(self, ask: Callable[[], Any]) -> Held:
        # Counted first: what is added while the question is under way makes the answer an old one.
        before = dict(self._added)
        self._reading.append(set())
        try:
            answer = ask()
        finally:
            tables = self._reading.pop()
        return Held(answer, {name: before.get(name, 0) for name in tables})

    def _note(self, tables: Iterable[str]) -> None:
        if self._reading:
            self._reading[-1].update(tables)

    def _hold(self, key: Hashable, held: Held) -> None:
        with self._changing:
            self._held.pop(key, None)
            self._held[key] = held
            while len(self._held) > MOST:
                del self._held[next(iter(self._held))]

    def _tables(self, named: set[str]) -> set[str]:
        """Every table among these words, or behind a view among them."""
        behind = (self._tables(self._views[name]) for name in named & self._views.keys())
        return (named & self._added.keys()).union(*behind)


def _words(sql: str) -> set[str]:
    return set(_WORD.findall(sql.lower()))
