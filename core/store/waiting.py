"""What waits in memory for room on a full disk."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from core.store.copies import Past
from core.store.faults import AlreadyRecorded, DiskFull, NotKept

AT_MOST = 10_000  # more would fill the memory, too

log = logging.getLogger(__name__)


class Waiting:
    """Additions in their order, each with its own time. For one writer at a time."""

    def __init__(self, append: Callable[[list[Past]], None]) -> None:
        self._append = append
        self._additions: deque[Past] = deque()

    def __len__(self) -> int:
        return len(self._additions)

    def add(self, past: Past) -> None:
        """Stores an addition behind those that wait; on a full disk it waits as well.

        Raises `NotKept` if a disk refused otherwise, or if too much waits already.
        """
        try:
            self.settle()
            self._append([past])
        except DiskFull:
            if len(self) >= AT_MOST:
                raise
            self._additions.append(past)
            log.error("the disk is full: %d additions wait in memory", len(self))

    def settle(self) -> None:
        """Stores what waits. What was refused may have been kept all the same."""
        while self._additions:
            with suppress(AlreadyRecorded):
                self._append([self._additions[0]])
            self._additions.popleft()

    def end(self) -> None:
        """Tries it for the last time; the log says what is lost."""
        with suppress(NotKept):
            self.settle()
        if self._additions:
            log.error("%d additions found no room and are lost", len(self))
