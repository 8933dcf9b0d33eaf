"""The record, kept twice and chained once: the only way in, and the only way to ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from core import clock
from core.errors import Refused
from core.store import disk, engine, journal, room, schema
from core.store import key as keys
from core.store.copies import Copies, Past
from core.store.database import Database
from core.store.desk import Desk
from core.store.faults import (
    FULL,
    Damaged,
    DiskFull,
    NoRoom,
    NotKept,
    WrongKey,
)
from core.store.journal import Journal
from core.store.kept import Kept
from core.store.ledger import Line
from core.store.progress import Progress, silent
from core.store.record import Record
from core.store.room import Room
from core.store.tables import Tables
from core.store.vault import Vault
from core.store.waiting import Waiting

T = TypeVar("T")

FIRST_NUMBER = 1001  # the first incident of a school: a short number that looks like one
IMAGINED_AT_ONCE = 500  # of what was stored together, in one transaction


class Identified(Protocol):
    """Whoever a record is by."""

    @property
    def id(self) -> str:
        """The id of a person."""


class Store:
    """A school's record (append-only), its desk (changeable) and its vault (files)."""

    def __init__(
        self, folder: Path, key: bytes, path: Path, opened: ExitStack, progress: Progress
    ) -> None:
        with room.wanted(folder):
            self.folder = disk.folder(folder)
        self._opened = opened
        self.room = Room({folder, path.parent})
        journal.begin(path)
        self.journal = Journal(path, keys.derived(key, "journal"))
        if self.journal.is_foreign:
            raise WrongKey(journal.foreign(self.journal.path))
        self._database = self._opened_database(folder / "record.duckdb", key)
        opened.callback(self._database.close)
        schema.migrate(self._database, schema.RECORD)
        self.tables = Tables(self._database)
        self._copies = Copies(self.tables, self.journal, progress)
        schema.define(self._database, schema.VIEWS)
        self._kept = Kept(*schema.named(self._database))
        self.desk = Desk(folder / "desk.duckdb", keys.derived(key, "desk"))
        opened.callback(self.desk.close)
        self.vault = Vault(folder / "files", keys.derived(key, "files"))
        self._number = self._held_open = 0
        self._waiting = Waiting(self._append)

    @classmethod
    def open(
        cls,
        folder: Path,
        key: bytes,
        *,
        journal_path: Path | None = None,
        progress: Progress = silent,
    ) -> Store:
        """Opens the record in `folder`, making what is missing and healing what lost its tail.

        The journal lies at `journal_path`, by default where `journal.location` says.
        Raises `Refused` if the key is wrong, a file is damaged or in use, or the copies differ.
        On a full disk a record that is whole is opened all the same, to be read.
        """
        path = journal_path or journal.location(folder)
        try:
            with ExitStack() as opened:
                store = cls(folder, key, path, opened, progress)
                store._opened = opened.pop_all()
        except DiskFull:
            raise NoRoom from None
        return store

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether there is a record in a folder, or was one whose journal is there."""
        return (folder / "record.duckdb").exists() or journal.location(folder).exists()

    def append(self, *records: Record, by: Identified) -> None:
        """Stores records together or not at all, in both places, before it returns.

        Raises `AlreadyRecorded` if one of the ids is there, `NotKept` if a disk refused.
        Called without records it only makes sure that the second copy lacks nothing.
        """
        with self.alone():
            self._waiting.settle()
            self._append([Past(clock.now(), by.id, records)] if records else [])

    def append_in_time(self, *records: Record, by: Identified) -> None:
        """Stores records like `append`; on a full disk they wait in memory until there is room.

        For what must not keep anybody from reading. Raises `NotKept` if a disk refused otherwise,
        or if too much waits already.
        """
        with self.alone():
            self._waiting.add(Past(clock.now(), by.id, records))

    def look_for_room(self) -> bool:
        """Whether the disk takes something again; then what waited is stored. Quick."""
        if self.room.look() and self._waiting:
            with suppress(NotKept), self.alone():
                self._waiting.settle()
        return self.room.is_there

    def look_for_room_again(self) -> bool:
        """The same where the disk was full; elsewhere nothing needs to be tried so often."""
        return self.room.is_there or self.look_for_room()

    def imagine(self, history: Iterable[Past]) -> None:
        """Stores what never happened, with times of its own: a demonstration, or a measurement.

        Raises `Refused` once an incident has been recorded: a real record takes no invented past.
        """
        with self.alone():
            if self._highest_number() >= FIRST_NUMBER:
                raise Refused("Incidents have been recorded here: nothing invented is added.")
            for some in _some(history):
                self._append(some)

    def ask(self, shape: type[T], sql: str, **values: Any) -> list[T]:
        """The rows of a query, each as the dataclass `shape`; values are named $so in the SQL."""
        self._kept.read(sql)
        return self._database.ask(shape, sql, values)

    def kept(self, question: Callable[..., T], *given: Hashable) -> T:
        """What `question(store, *given)` answers, held in memory until a record is stored that
        could change it: one of a kind that the question read the last time it was asked.

        For a function of a module that depends on nothing but the record and what is `given`, so
        neither on the clock nor on the desk. An answer that not everybody may see is asked with
        its viewer, the whole `Person`: then nobody else is ever given it. The answer is shared,
        so nobody may change it.
        """
        return self._kept.answer((question, given), lambda: question(self, *given))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other writers out, for a look that must still hold when something is added.

        Who needs the desk alone as well takes it second.
        """
        with self._database.alone():
            self._held_open += 1
            try:
                yield
            finally:
                self._held_open -= 1
                self._number = self._number if self._held_open else 0

    def next_number(self) -> int:
        """A short number for an incident, as people say it: the next one of the record.

        Drawn while holding `alone`, with the append in it: a number that is not stored then is
        given to the next incident, since a gap looks as if something had been removed.
        """
        self._number = (self._number or self._highest_number()) + 1
        return self._number

    @property
    def head(self) -> Line | None:
        """The newest line of the ledger."""
        return self._copies.head

    @property
    def has_mended(self) -> bool:
        """Whether one of the copies had lost something when this was opened; see `mending`."""
        return self._copies.lost is not None

    def checkpoint(self) -> None:
        """Moves the database's log into its file, as closing it does."""
        self._database.checkpoint()

    def close(self) -> None:
        """Closes all files. What waited for room until now is lost, which the log says."""
        with self.alone():
            self._waiting.end()
        self._opened.close()

    def _append(self, history: Sequence[Past]) -> None:
        try:
            self._copies.append(history)
        except DiskFull:
            self.room.trouble = FULL
            raise
        finally:  # what a failing disk refused may be there all the same
            records = [record for past in history for record in past.records]
            self._kept.added({"ledger", *(record.TABLE for record in records)})

    def _opened_database(self, path: Path, key: bytes) -> Database:
        """The first copy. One that was cut short in the making holds nothing: what was ever
        acknowledged is in the journal."""
        try:
            return Database(path, keys.derived(key, "record"))
        except Damaged:
            if not engine.set_aside_unbegun(path):
                raise
        return Database(path, keys.derived(key, "record"))

    def _highest_number(self) -> int:
        rows = self._database.rows("SELECT max(number) FROM incidents")
        return int(rows[0][0] or FIRST_NUMBER - 1)


def _some(history: Iterable[Past]) -> Iterator[list[Past]]:
    past = iter(history)
    while some := list(islice(past, IMAGINED_AT_ONCE)):
        yield some
