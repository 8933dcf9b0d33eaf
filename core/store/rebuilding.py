"""Making the database anew from the journal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from core.errors import Refused
from core.store import disk, engine, healing, journal, schema, snapshot
from core.store import key as keys
from core.store.database import Database
from core.store.faults import Damaged, Unsound
from core.store.journal import Journal
from core.store.mending import DATABASE, ITSELF, Mending
from core.store.progress import Progress, silent
from core.store.proof import Proof, verify
from core.store.store import Store
from core.store.tables import Tables


def rebuild(folder: Path, key: bytes, *, progress: Progress = silent) -> Proof:
    """Puts a database made from the journal in the place of `record.duckdb`, and verifies it.

    The old one is kept under a dated name. Nothing is moved before the new one is complete.
    Raises `Refused` if there is no journal, if it cannot be read, or if the app is running.
    """
    if not journal.location(folder).exists():
        raise Refused(f"There is no journal at {journal.location(folder)}.")
    fits, told = _fits(folder, key, progress), False
    try:  # what only the old database has goes into the journal first
        with closing(Store.open(folder, key, progress=progress)) as store:
            told = store.has_mended
    except Unsound:  # also where its records fit, and something beside them does not
        fits = False
    kept = Journal(journal.location(folder), keys.derived(key, "journal"))
    if kept.unread:
        raise Damaged(f"{kept.path.name} cannot be read behind record {kept.seq}.")
    fresh = made(folder / "rebuilding.duckdb", kept, key, progress)
    old = folder / "record.duckdb"
    for path in (*engine.logs(old), old):
        disk.set_aside(path)
    fresh.rename(old)
    disk.sync(folder)
    with closing(Store.open(folder, key, progress=progress)) as store:
        if not (fits or told):
            store.append(Mending(copy=DATABASE), by=ITSELF)
        return verify(store, progress=progress)


def _fits(folder: Path, key: bytes, progress: Progress) -> bool:
    """Whether there was nothing to put right: then the rebuilding is nothing to tell of."""
    try:
        snapshot.verify(folder, key, progress=progress)
    except Unsound:
        return False
    return True


def made(path: Path, kept: Journal, key: bytes, progress: Progress) -> Path:
    """A database of this name with everything that a journal holds. It lacked nothing, so nothing
    is told of it."""
    for rest in path.parent.glob(f"{path.name}*"):  # of a rebuilding that was cut short
        rest.unlink()
    with closing(Database(path, keys.derived(key, "record"))) as database:
        schema.migrate(database, schema.RECORD)
        healing.replay(kept, Tables(database), after=None, progress=progress)
    return path
