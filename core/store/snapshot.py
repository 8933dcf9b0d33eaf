"""Verifying a record without changing a byte of it, whether the app has it open or not.

What mends a record does not prove it: whoever asks is told how things are, and not how they are
once everything was put right. So the database is read from a passing copy, and the folder may be
write-protected.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.store import engine, healing, journal
from core.store import key as keys
from core.store.database import Database
from core.store.faults import Broken, Damaged, Unsound, WrongKey
from core.store.journal import Journal
from core.store.mending import DATABASE
from core.store.progress import Progress, silent
from core.store.proof import Proof, prove
from core.store.tables import Tables
from core.store.vault import Vault

TRIES = 5  # a copy that was taken while the app wrote into the file proves nothing

FILE = "record.duckdb"

Marks = dict[str, tuple[int, int]]  # of files: their sizes and when they were last written


def verify(folder: Path, key: bytes, *, noted: str = "", progress: Progress = silent) -> Proof:
    """Proves everything that was acknowledged when it is called.

    Raises `Broken` or `Damaged` as `proof.verify` does, also where the other copy could mend it:
    see `healing` for what an append that was not finished is, and what is damage.
    """
    for _ in range(TRIES - 1):
        before = _marks(folder)
        try:
            return _proved(folder, key, noted, progress)
        except Unsound:
            if _marks(folder) == before:  # nobody was writing
                raise
    return _proved(folder, key, noted, progress)


def _proved(folder: Path, key: bytes, noted: str, progress: Progress) -> Proof:
    # The journal's end first: a record is in the database before it is in the journal.
    before = _journal(folder, key)
    with TemporaryDirectory() as place, closing(_copy(folder, Path(place), key)) as database:
        tables, after = Tables(database), _journal(folder, key)
        _demand_whole_database(tables, before)
        vault = Vault(folder / "files", keys.derived(key, "files"))
        proof = prove(tables, after, vault, noted=noted, progress=progress, ahead=True)
        newest = _journal(folder, key)  # what was being written is there by now
        _demand_whole_journal(tables, newest)
        return replace(proof, unfinished=_unfinished(tables, newest))


def _demand_whole_database(tables: Tables, kept: Journal) -> None:
    """Raises `Broken` if the database lacks what the journal held before it was copied."""
    lost = healing.what_was_lost(tables, kept)
    if lost and lost.copy == DATABASE:
        raise Broken(f"record {lost.first}: it is in the journal only.")


def _demand_whole_journal(tables: Tables, kept: Journal) -> None:
    """Raises `Broken` if the journal, as it is afterwards, lacks what the database held."""
    lost = healing.what_was_lost(tables, kept)
    if lost and lost.copy != DATABASE:
        raise Broken(f"record {lost.first}: it is in the database only.")
    newest = tables.newest()
    if kept.unread > max(0, (newest.seq if newest else 0) - kept.seq):
        raise Broken(f"record {kept.seq + 1}: its line in {kept.path.name} cannot be read.")


def _unfinished(tables: Tables, kept: Journal) -> bool:
    newest = tables.newest()
    return kept.is_torn or (newest.seq if newest else 0) > kept.seq


def _journal(folder: Path, key: bytes) -> Journal:
    kept = Journal(journal.location(folder), keys.derived(key, "journal"))
    if kept.is_foreign:
        raise WrongKey(journal.foreign(kept.path))
    return kept


def _copy(folder: Path, place: Path, key: bytes) -> Database:
    """The database as it is now, with its log. A log that cannot be read is left out: what is
    missing then is named."""
    secret, path = keys.derived(key, "record"), place / FILE
    if not (folder / FILE).exists():
        raise Broken("record 1: it is in the journal only, since there is no database.")
    for log in engine.logs(folder / FILE):  # first: it only grows until it is moved into the file
        shutil.copyfile(log, place / log.name)
    shutil.copyfile(folder / FILE, path)
    try:
        return Database(path, secret, mends=False)
    except Damaged:
        for log in engine.logs(path):
            log.unlink()
        return Database(path, secret, mends=False)


def _marks(folder: Path) -> Marks:
    paths = [folder / FILE, *engine.logs(folder / FILE)]
    return {p.name: (p.stat().st_size, p.stat().st_mtime_ns) for p in paths if p.exists()}
