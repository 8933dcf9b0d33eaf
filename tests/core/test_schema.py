"""Migrations: an old record moves forward, a newer one is refused, a failed step leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from core.errors import Refused
from core.store import Store, schema
from core.store.database import Database
from core.store.record import KINDS
from core.store.schema import migrate
from tests.core.histories import opened, proved, tampered
from tests.core.samples import KEY, add

FIRST = "CREATE TABLE notes (id VARCHAR PRIMARY KEY, words VARCHAR NOT NULL)"
SECOND = "ALTER TABLE notes ADD COLUMN colour VARCHAR DEFAULT ''"


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    folder = tmp_path / "steps"
    folder.mkdir()
    (folder / "0001_notes.sql").write_text(FIRST)
    return folder


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "old.duckdb", KEY)) as opened_:
        yield opened_


def test_an_old_database_moves_forward_and_keeps_what_it_has(
    steps: Path, database: Database
) -> None:
    migrate(database, steps)
    with database.writing() as cursor:
        cursor.execute("INSERT INTO notes VALUES ('1', 'old')")
    (steps / "0002_colour.sql").write_text(SECOND)
    migrate(database, steps)
    migrate(database, steps)
    assert database.rows("FROM notes") == [("1", "old", "")]
    assert database.rows("FROM migrations") == [("0001_notes.sql",), ("0002_colour.sql",)]


def test_a_newer_database_is_refused(steps: Path, database: Database) -> None:
    (steps / "0002_colour.sql").write_text(SECOND)
    migrate(database, steps)
    (steps / "0002_colour.sql").unlink()
    with pytest.raises(Refused, match=r"newer version: install the one that has 0002_colour\.sql"):
        migrate(database, steps)


def test_a_step_that_fails_leaves_nothing_behind(steps: Path, database: Database) -> None:
    (steps / "0002_colour.sql").write_text(f"{SECOND}; CREATE TABLE notes (id VARCHAR)")
    with pytest.raises(duckdb.CatalogException):
        migrate(database, steps)
    assert database.rows("FROM migrations") == [("0001_notes.sql",)]
    (steps / "0002_colour.sql").write_text(SECOND)
    migrate(database, steps)
    assert database.rows("FROM migrations") == [("0001_notes.sql",), ("0002_colour.sql",)]


def test_a_record_of_a_newer_version_is_refused_and_not_touched(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "kept")
    tampered(folder, "INSERT INTO migrations VALUES ('9999_later.sql')")
    with pytest.raises(Refused, match="newer version"):
        Store.open(folder, KEY)
    tampered(folder, "DELETE FROM migrations WHERE name = '9999_later.sql'")
    assert proved(folder) == (["kept"], 1)


def test_a_journal_that_holds_what_this_version_does_not_know_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as store:
        add(store, "kept")
    (folder / "record.duckdb").unlink()
    monkeypatch.delitem(KINDS, "settings")
    with pytest.raises(Refused, match="Record 1 was written by a newer version"):
        Store.open(folder, KEY)


def test_the_steps_of_the_record_are_numbered_without_a_gap() -> None:
    for folder in (schema.RECORD, schema.DESK):
        numbers = [int(path.name[:4]) for path in sorted(folder.glob("*.sql"))]
        assert numbers == list(range(1, len(numbers) + 1))
