"""How many changes a database has seen, counted in it and beside it.

A damaged write-ahead log can make DuckDB open silently with fewer rows (measured: one flipped bit
in sixteen). For the record the journal notices; for the desk this number does.
"""

from __future__ import annotations

import logging
from pathlib import Path

import duckdb

from core.store import disk
from core.store.database import Database

log = logging.getLogger(__name__)


class Tally:
    """A number in a table of the database, and the same number in a file of its own."""

    def __init__(self, database: Database, path: Path) -> None:
        self._path = path
        if not _is_begun(database):
            with database.writing() as cursor:
                cursor.execute("CREATE TABLE IF NOT EXISTS tally (changes BIGINT)")
                cursor.execute("INSERT INTO tally VALUES (0)")
        self._changes = int(database.rows("FROM tally")[0][0])
        if (missing := self._written() - self._changes) > 0:
            log.warning("%s lost its newest %d changes", database.path.name, missing)
        if not self._path.exists() or self._written() != self._changes:
            self._rewrite()

    def count(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Counts a change, in the transaction in which it is made."""
        row = cursor.execute("UPDATE tally SET changes = changes + 1 RETURNING changes").fetchone()
        self._changes = int(row[0]) if row else 0

    def write(self) -> None:
        """Writes the number down once the change is on disk."""
        try:
            with self._path.open("r+b") as file:
                file.write(_spelt(self._changes))
                disk.settle(file)
        except OSError as error:  # the change itself is kept
            log.error("%s was not written: %s", self._path.name, type(error).__name__)

    def _written(self) -> int:
        try:
            return int(self._path.read_bytes())
        except (FileNotFoundError, ValueError):
            return 0

    def _rewrite(self) -> None:
        try:
            with disk.whole(self._path) as file:
                file.write(_spelt(self._changes))
        except OSError as error:  # a full disk; what is in the database counts
            log.error("%s was not written: %s", self._path.name, type(error).__name__)


def _is_begun(database: Database) -> bool:
    there = "SELECT 1 FROM duckdb_tables() WHERE database_name = 'record' AND table_name = 'tally'"
    return bool(database.rows(there)) and bool(database.rows("FROM tally"))


def _spelt(changes: int) -> bytes:
    return b"%020d" % changes  # always as long, so that it is overwritten in one piece
