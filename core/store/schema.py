"""How a database comes to have its tables: numbered steps that only go forward."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from core.errors import Refused
from core.store.database import Database

DATA = Path(__file__).parents[2] / "data"
RECORD, DESK, VIEWS = DATA / "schema" / "record", DATA / "schema" / "desk", DATA / "views"


def migrate(database: Database, folder: Path) -> None:
    """Runs the numbered files that this database has not seen, each in one transaction.

    Raises `Refused` if it has seen one that is not there: a newer version has written it.
    """
    _begin(database, "migrations", "name VARCHAR PRIMARY KEY")
    done = {name for (name,) in database.rows("FROM migrations")}
    steps = sorted(folder.glob("[0-9]*.sql"))
    if unknown := done - {step.name for step in steps}:
        raise Refused(
            f"{database.path.name} was written by a newer version: "
            f"install the one that has {max(unknown)}."
        )
    for step in steps:
        if step.name not in done:
            with database.writing() as cursor:
                cursor.execute(step.read_text(encoding="utf-8"))
                cursor.execute("INSERT INTO migrations VALUES ($name)", {"name": step.name})


def define(database: Database, folder: Path) -> None:
    """Runs every file of a folder in the order of names: views, which may be made anew.

    Only where the files, or the views that are there, are others than when this was last done: so
    a start has nothing to write, needs no room on the disk, and still undoes what was changed.
    """
    steps = [step.read_text(encoding="utf-8") for step in sorted(folder.glob("*.sql"))]
    _begin(database, "definitions", "digest VARCHAR")
    newest = database.rows("FROM definitions ORDER BY rowid DESC LIMIT 1")
    if newest != [(_digest(database, steps),)]:
        with database.writing() as cursor:
            for step in steps:
                cursor.execute(step)
        with database.writing() as cursor:
            values = {"digest": _digest(database, steps)}
            cursor.execute("INSERT INTO definitions VALUES ($digest)", values)


def named(database: Database) -> tuple[list[str], dict[str, str]]:
    """The names of the tables, and the definitions of the views by name."""
    ours = "WHERE database_name = 'record' AND NOT internal"
    tables = database.rows(f"SELECT table_name FROM duckdb_tables() {ours}")
    views = database.rows(f"SELECT view_name, sql FROM duckdb_views() {ours}")
    return [name for (name,) in tables], dict(views)


def _digest(database: Database, steps: Iterable[str]) -> str:
    """What the files say, and what the database holds."""
    _, views = named(database)
    text = "\0".join((*steps, *(f"{name} {sql}" for name, sql in sorted(views.items()))))
    return hashlib.sha256(text.encode()).hexdigest()


def _begin(database: Database, table: str, column: str) -> None:
    """Makes a table of one column, unless it is there: to look needs no room on the disk."""
    ours = "database_name = 'record' AND table_name = $table"
    if not database.rows(f"SELECT 1 FROM duckdb_tables() WHERE {ours}", {"table": table}):
        with database.writing() as cursor:
            cursor.execute(f"CREATE TABLE {table} ({column})")
