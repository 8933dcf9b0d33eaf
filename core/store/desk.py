"""What is not a record: drafts, sessions, password hashes. It may be changed and wiped."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from core.store import disk, engine, room, schema
from core.store.database import Database
from core.store.faults import Damaged
from core.store.kept import Kept
from core.store.tally import Tally
from core.store.values import stored

T = TypeVar("T")

MEMORY = "128MB"
COPY_AFTER = 60.0  # seconds; so old is the newest copy at most, however much is changed meanwhile

log = logging.getLogger(__name__)


class Desk:
    """A second small encrypted database, beside the record.

    A copy of it (`desk.copy`) is kept fresh for backups, since no other program can open the file
    while the app runs, and to be put back if the file is damaged.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self._key = path, key
        self._database = self._open()
        self._kept = Kept(*schema.named(self._database))
        self._tally = Tally(self._database, path.with_suffix(".tally"))
        self._due: threading.Timer | None = None
        if not self.copy_path.exists():
            self._try_to_copy()

    @property
    def copy_path(self) -> Path:
        """Where the copy lies."""
        return self.path.with_suffix(".copy")

    def ask(self, shape: type[T], sql: str, **values: Any) -> list[T]:
        """The rows of a query, each as the dataclass `shape`; values are named $so in the SQL."""
        self._kept.read(sql)
        return self._database.ask(shape, sql, values)

    def kept(self, question: Callable[..., T], *given: Hashable) -> T:
        """What `question(desk, *given)` answers, held in memory until a table is changed that it
        read: for a function of a module that depends on nothing but the desk and what is `given`.
        The answer is shared, so nobody may change it."""
        return self._kept.answer((question, given), lambda: question(self, *given))

    def change(self, sql: str, **values: Any) -> None:
        """One change, on disk when this returns.

        Raises `AlreadyRecorded` if a row with this key is there, `NotKept` if the disk refused.
        """
        with self.alone():
            try:
                with self._database.writing() as cursor:
                    cursor.execute(sql, stored(values))
                    self._tally.count(cursor)
            finally:
                self._kept.changed(sql)
            self._tally.write()
            self._plan_copy()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other changes out, for a look that must still hold when the change is made."""
        with self._database.alone():
            yield

    def copy(self) -> None:
        """Writes a whole copy of the file, replacing the older one at once."""
        with self.alone(), disk.whole(self.copy_path) as copy:
            self._database.checkpoint()
            with self.path.open("rb") as file:
                shutil.copyfileobj(file, copy)

    def close(self) -> None:
        """Closes the file, with a last copy."""
        with self.alone():
            if self._due:
                self._due.cancel()
                self._copy_when_due()
            self._database.close()

    def _plan_copy(self) -> None:
        if not self._due:
            self._due = threading.Timer(COPY_AFTER, self._copy_when_due)
            self._due.daemon = True
            self._due.start()

    def _copy_when_due(self) -> None:
        with self.alone():
            if not self._due:  # closed meanwhile, with a copy of its own
                return
            self._due = None
            self._try_to_copy()

    def _try_to_copy(self) -> None:
        try:
            self.copy()
        except (OSError, duckdb.Error) as error:  # a full disk; the next change plans again
            log.error("%s was not written: %s", self.copy_path.name, type(error).__name__)

    def _open(self) -> Database:
        """The file; its copy if it is damaged or gone."""
        if not self.path.exists() and self.copy_path.exists():
            self._put_copy_back()
        with suppress(Damaged):
            return self._whole()
        if self.copy_path.exists():
            self._put_copy_back()
            with suppress(Damaged):
                return self._whole()
        elif engine.set_aside_unbegun(self.path):  # a copy is made before the first change
            return self._whole()
        raise Damaged(
            f"{self.path.name} and its copy are damaged: restore the newest backup, or move both "
            "away to begin with an empty one, in which everybody sets a new password."
        )

    def _whole(self) -> Database:
        """The file, after each row in it has been read once: damage shows only then."""
        database = Database(self.path, self._key, memory=MEMORY)
        try:
            schema.migrate(database, schema.DESK)
            tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'record'"
            for (table,) in database.rows(tables):
                database.rows(f'FROM "{table}"')
        except BaseException:
            database.close()
            raise
        return database

    def _put_copy_back(self) -> None:
        log.warning("%s was damaged or gone; its copy was put back", self.path.name)
        for path in (*engine.logs(self.path), self.path):
            disk.set_aside(path)
        with room.wanted(self.path.parent), disk.whole(self.path) as file:
            file.write(self.copy_path.read_bytes())
