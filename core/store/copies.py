"""The record in its two copies: what is added is added to both, or not acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from core.store import healing, room
from core.store.entry import Entry
from core.store.faults import DiskFull, NotKept
from core.store.journal import Journal
from core.store.ledger import Line, chain
from core.store.progress import Progress
from core.store.record import Record, Values, canonical, moment
from core.store.tables import Tables

Pairs = Sequence[tuple[Line, Values]]

log = logging.getLogger(__name__)


class Past(NamedTuple):
    """Records that were stored together, at a moment of their own, by the person of this id."""

    at: datetime
    by: str
    records: Sequence[Record]


class Copies:
    """The tables and the journal, brought to the same length first. For one writer at a time."""

    def __init__(self, tables: Tables, journal: Journal, progress: Progress) -> None:
        self.tables, self.journal = tables, journal
        self._unsure, self._unhealed = False, False
        try:
            self.head, self.lost = healing.heal(tables, journal, progress=progress)
        except (NotKept, OSError) as error:
            self._do_without(error)

    def _do_without(self, error: Exception) -> None:
        """On a full disk the second copy stays shorter until there is room: the database, which
        has everything, can be read. One that lacks something cannot: it would hide that."""
        self.head, self.lost = self.tables.newest(), None
        is_whole = self.journal.seq <= (self.head.seq if self.head else 0)
        if not (room.is_full(error) or isinstance(error, DiskFull)) or not is_whole:
            raise error
        log.error("%s is not complete: the disk is full", self.journal.path.name)
        self._unhealed = True

    def append(self, history: Iterable[Past]) -> None:
        """Adds what happened, all of it or nothing; if nothing did, only completes the second copy.

        The database first: a journal that went ahead would keep a record whose author was told
        that it was refused. Raises `AlreadyRecorded` and `NotKept`.
        """
        self._catch_up()
        pairs: list[tuple[Line, Values]] = []
        entries: list[Entry] = []
        for at, by, records in history:
            before = pairs[-1][0] if pairs else self.head
            linked = chain(records, after=before, at=moment(at), by=by)
            pairs += linked
            entries += _together(linked)
        if pairs:
            self._commit(pairs)
            self._enter(entries)

    def _commit(self, pairs: Pairs) -> None:
        """Stores in the database. Where a disk refused, only the ledger can say what is there."""
        newest = pairs[-1][0]
        self._unsure = True  # stays so whatever is raised here, until somebody has looked
        try:
            self.tables.insert(pairs)
            self.head = newest
        except NotKept:
            self._look()
            if self.head != newest:
                raise
        self._unsure = False

    def _look(self) -> None:
        try:
            self.head = self.tables.newest()
        except duckdb.Error:
            raise NotKept from None
        self._unsure = False

    def _catch_up(self) -> None:
        """Brings the journal up to the ledger; an earlier write may have met a full disk."""
        if self._unsure:
            self._look()
        if self._unhealed:
            self._heal()
        if self.head and self.head.seq != self.journal.seq:
            self._enter(self.tables.entries(after=self.journal.seq))

    def _heal(self) -> None:
        try:
            self.head, self.lost = healing.heal(self.tables, self.journal)
        except OSError as error:
            raise self._refused(error) from None
        self._unhealed = False

    def _enter(self, entries: Iterable[Entry]) -> None:
        try:
            self.journal.write(entries)
        except OSError as error:
            raise self._refused(error) from None

    def _refused(self, error: OSError) -> NotKept:
        log.error("%s was not written: %s", self.journal.path.name, type(error).__name__)
        return DiskFull() if room.is_full(error) else NotKept()


def _together(pairs: Pairs) -> list[Entry]:
    return [Entry.of(line, canonical(values), pairs[-1][0].seq) for line, values in pairs]
