"""How long the app has run in all, whatever the clock of the machine showed meanwhile.

For what must not be wiped because a clock was ahead for an hour. Time in which the machine was off
does not count, so what waits for it is kept longer and never shorter.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from core import clock
from core.store import Store


@dataclass(frozen=True)
class _Start:
    """What the desk said when it was first asked, and the running clock then."""

    seconds: float
    at: float


_starts: WeakKeyDictionary[Store, _Start] = WeakKeyDictionary()
_first = threading.Lock()


def seconds(store: Store) -> float:
    """Seconds for which the app has run with this school, in all; a number that only grows, but for
    what a crash lost since the last `note`."""
    start = _started(store)
    return start.seconds + clock.running() - start.at


def note(store: Store) -> None:
    """Keeps it for the next start."""
    store.desk.change("UPDATE running SET seconds = $seconds", seconds=seconds(store))


def _started(store: Store) -> _Start:
    with _first:
        if store not in _starts:
            before = store.desk.ask(_Running, "FROM running")[0].seconds
            _starts[store] = _Start(before, clock.running())
        return _starts[store]


@dataclass(frozen=True)
class _Running:
    seconds: float
