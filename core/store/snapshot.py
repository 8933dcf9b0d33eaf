"""Verifying a record while the app has it open."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from core.store import engine, journal
from core.store import key as keys
from core.store.database import Database
from core.store.faults import Unsound
from core.store.journal import Journal
from core.store.progress import Progress, silent
from core.store.proof import Proof, prove
from core.store.tables import Tables
from core.store.vault import Vault

TRIES = 5  # a copy that was taken while the app wrote into the file proves nothing


def verify(folder: Path, key: bytes, *, noted: str = "", progress: Progress = silent) -> Proof:
    """Proves what was acknowledged when it is called, on a passing copy of the database.

    Raises `Broken` or `Damaged` as `proof.verify` does.
    """
    for _ in range(TRIES - 1):
        try:
            return _proved(folder, key, noted, progress)
        except Unsound:
            continue
    return _proved(folder, key, noted, progress)


def _proved(folder: Path, key: bytes, noted: str, progress: Progress) -> Proof:
    # The journal's end first: a record is in the database before it is in the journal.
    kept = Journal(journal.location(folder), keys.derived(key, "journal"))
    vault = Vault(folder / "files", keys.derived(key, "files"))
    with TemporaryDirectory() as place:
        path = _copied(folder / "record.duckdb", Path(place))
        with closing(Database(path, keys.derived(key, "record"))) as database:
            return prove(
                Tables(database), kept, vault, upto=kept.seq, noted=noted, progress=progress
            )


def _copied(path: Path, place: Path) -> Path:
    """The file with its log. The log first: it only grows until it is moved into the file."""
    for log in engine.logs(path):
        shutil.copyfile(log, place / log.name)
    return Path(shutil.copyfile(path, place / path.name))
