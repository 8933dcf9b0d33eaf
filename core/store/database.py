"""An encrypted DuckDB file: asking and changing, from any number of threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from core.errors import Refused
from core.store import disk, engine, room
from core.store.engine import MEMORY
from core.store.faults import AlreadyRecorded, DiskFull, NotKept
from core.store.values import shaped, stored

T = TypeVar("T")
Answer = tuple[list[str], list[tuple[Any, ...]]]  # the names of the columns, and the rows
Ask = Callable[[str, dict[str, Any]], Answer]

# What a full or failing disk makes of a change. A COMMIT that raised one of these may be on disk
# all the same, since the checkpoint behind it can fail, too (measured).
UNCERTAIN = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.ConnectionException,
    duckdb.OutOfMemoryException,
)

log = logging.getLogger(__name__)


# More would wait for the processor all the same, each with its memory: of fifty at once many ran
# out of it, and twelve large ones took 550 MB by fours and 440 by twos (measured).
QUESTIONS_AT_ONCE = 2


class Database:
    """One encrypted file with its own engine.

    Each call takes a cursor of its own: a connection shared between threads returned other
    threads' rows (measured), and here that would be a breach. No cursor leaves a call, so that
    a broken engine can be replaced as soon as the calls under way have ended.
    """

    def __init__(self, path: Path, key: bytes, *, memory: str = MEMORY, mends: bool = True) -> None:
        self.path = path
        self._key, self._memory = key, memory
        self._writers = threading.RLock()
        self._questions = threading.BoundedSemaphore(QUESTIONS_AT_ONCE)
        self._calls, self._change = 0, threading.Condition()
        self._age, self._changing, self._closed = 0, False, False
        self._log = 0
        with ExitStack() as opened:
            opened.enter_context(engine.claimed(path))
            self._engine = engine.connect(path, key, memory, mends=mends)
            self._claim = opened.pop_all()

    def ask(self, shape: type[T], sql: str, values: dict[str, Any]) -> list[T]:
        """The rows of a query, each as `shape`, a dataclass with the columns' names.

        Runs in a read-only transaction, so that no question can change anything.
        """
        return shaped(shape, *self.together(lambda ask: ask(sql, stored(values))))

    def rows(self, sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query as the engine knows them."""
        return self.together(lambda ask: ask(sql, values or {}))[1]

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction: everything in it is stored, or nothing. One writer at a time.

        Raises `AlreadyRecorded` if a key is there, `NotKept` if the disk refused: then the engine
        is a new one, and what is on disk can be asked.
        """
        with self._writers:
            try:
                with self._cursor() as cursor, _transaction(cursor):
                    yield cursor
                self._settle_log()
            except duckdb.ConstraintException as error:
                if "duplicate key" in str(error).lower():
                    raise AlreadyRecorded from None
                raise
            except UNCERTAIN as error:
                log.error("%s was not written: %s", self.path.name, type(error).__name__)
                if engine.is_damage(error):
                    raise engine.explained(self.path, error) from None
                with suppress(Refused, duckdb.Error):  # a later call tries once more
                    self.reopen()
                raise DiskFull() if room.is_full(error) else NotKept() from None
            except duckdb.Error as error:
                raise engine.explained(self.path, error) from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other writers out, for a look that must still hold when the change is made."""
        with self._writers:
            yield

    def checkpoint(self) -> None:
        """Moves the write-ahead log into the file."""
        with self._writers, self._cursor() as cursor:
            cursor.execute("CHECKPOINT record")
            self._log = 0

    def reopen(self, age: int | None = None) -> None:
        """Puts a new engine in the place of one that refuses everything after a full disk.

        With `age`, only if the engine of that age is still in its place.
        """
        with self._writers, self._quiet():
            if not self._closed and age in (None, self._age):
                self._engine.close()
                self._engine = engine.connect(self.path, self._key, self._memory)
                self._age += 1

    def close(self) -> None:
        """Closes the file once the calls under way have ended; its log is moved into it."""
        with self._writers, self._quiet():
            self._closed = True
            self._engine.close()
            self._claim.close()

    def _settle_log(self) -> None:
        """Makes the name of a new log lasting. The engine syncs what is in it, never the folder:
        a cut of power could take the whole log away (simulated, and it did)."""
        written = self.path.with_name(f"{self.path.name}.wal")
        size = written.stat().st_size if written.exists() else 0
        if not 0 < self._log <= size:  # a log only grows, until it is moved into the file
            try:
                disk.sync(self.path.parent)
            except OSError as error:
                log.error("the folder was not settled: %s", type(error).__name__)
                raise DiskFull() if room.is_full(error) else NotKept() from None
        self._log = size

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Waits until no call is under way, and lets none begin meanwhile."""
        with self._change:
            self._changing = True
            self._change.wait_for(lambda: not self._calls)
            try:
                yield
            finally:
                self._changing = False
                self._change.notify_all()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that stands in the file; a new one does not inherit the place of the first."""
        with self._change:
            self._change.wait_for(lambda: not self._changing)
            self._calls += 1
        try:
            with self._engine.cursor() as cursor:
                cursor.execute("USE record")
                yield cursor
        finally:
            with self._change:
                self._calls -= 1
                self._change.notify_all()

    def together(self, asking: Callable[[Ask], T]) -> T:
        """What somebody makes of several questions, each of which is answered as of one moment."""
        age = self._age
        try:
            return self._at_once(asking)
        except duckdb.Error as error:
            if not _is_spent(error):
                raise engine.explained(self.path, error) from None
        self.reopen(age)
        return self._at_once(asking)

    def _at_once(self, asking: Callable[[Ask], T]) -> T:
        with self._questions, self._cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            answer = asking(partial(_answer, cursor))
            cursor.execute("COMMIT")
        return answer


def _answer(cursor: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> Answer:
    (statement,) = cursor.extract_statements(sql)  # a second one could end the transaction
    found = cursor.execute(statement, values)
    names = [column[0] for column in found.description or ()]
    return names, found.fetchall()


@contextmanager
def _transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    cursor.execute("BEGIN")
    try:
        yield
        cursor.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a COMMIT that failed has ended the transaction already
            cursor.execute("ROLLBACK")
        raise


def _is_spent(error: duckdb.Error) -> bool:
    """Whether the engine answers nothing any more, whatever it is asked."""
    spent = isinstance(error, duckdb.FatalException | duckdb.ConnectionException)
    return spent or "has been invalidated" in str(error)
