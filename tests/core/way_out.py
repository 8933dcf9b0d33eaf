"""Replays a journal into whatever version of DuckDB is found first, and proves the result.

`python -m tests.core.way_out JOURNAL PLACE`, run with another DuckDB in front on PYTHONPATH.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import duckdb

from core import records
from core.store import engine, healing, proof, schema
from core.store import key as keys
from core.store.database import Database
from core.store.journal import Journal
from core.store.tables import Tables
from core.store.vault import Vault
from tests.core.samples import KEY

__all__ = ["records"]


def unencrypted(
    path: Path, key: bytes, memory: str, *, mends: bool = True
) -> duckdb.DuckDBPyConnection:
    """An engine of a version for which no encryption can be installed yet."""
    connection = duckdb.connect(":memory:", config={"memory_limit": memory})
    connection.execute(f"ATTACH '{path}' AS record")
    return connection


def replay(path: Path, place: Path) -> None:
    """Makes a database from a journal, reads it back, and says what was found."""
    vars(engine)["connect"] = unencrypted
    journal = Journal(path, keys.derived(KEY, "journal"))
    with closing(Database(place / "later.duckdb", KEY)) as database:
        schema.migrate(database, schema.RECORD)
        tables = Tables(database)
        healing.replay(journal, tables, after=None)
        found = proof.prove(tables, journal, Vault(place / "files", KEY))
        schema.define(database, schema.VIEWS)
    print(duckdb.__version__, found.count, found.head)


if __name__ == "__main__":
    replay(Path(sys.argv[1]), Path(sys.argv[2]))
