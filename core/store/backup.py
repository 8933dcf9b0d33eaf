"""Backups: one encrypted file, taken while people write, and restored once before it counts."""

from __future__ import annotations

import re
import shutil
import tarfile
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from core.errors import Refused
from core.store import (
    disk,
    journal,
    leftovers,
    lock,
    parcel,
    places,
    rebuilding,
    snapshot,
    staging,
)
from core.store import key as keys
from core.store.faults import Broken, InUse, NoBackup, ReadOnly
from core.store.journal import Journal
from core.store.ledger import GENESIS
from core.store.progress import Progress, Step, silent
from core.store.proof import Proof, verify
from core.store.store import Store
from core.store.vault import Vault

# The database is not in it: another program cannot read the file while the app runs, and it can
# be made from the journal.
JOURNAL, DESK = "journal.jsonl", "desk.duckdb"
BUSY = "Another backup is just being written to {folder}: wait until it is done."
NOT_EMPTY = "{folder} is not an empty folder: restore into a new one."
MEMBER = re.compile(rf"{JOURNAL}|{DESK}|files/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


def take(folder: Path, key: bytes, file: Path, *, progress: Progress = silent) -> Proof:
    """Writes a backup of everything that was acknowledged so far, and returns what it proves.

    The app may run meanwhile. The file gets its name only after it was restored into a passing
    folder beside it and found whole. Raises `Refused`, which names the place where a disk is full
    or was pulled out.
    """
    if file.is_dir() or not file.parent.is_dir():
        raise Refused(f"{file} cannot be written: name a file in a folder that is there.")
    _settle(folder, key, progress)
    with places.writing(file.parent, reading=folder), lock.held(file.parent, BUSY) as is_alone:
        if is_alone:
            leftovers.clear_place(file.parent)
        return _taken(folder, key, file, progress)


def restore(file: Path, folder: Path, key: bytes, *, progress: Progress = silent) -> Proof:
    """Makes a data folder from a backup and verifies it. Only into an empty folder, or into one in
    which a restore was cut.

    Where anything is wrong the folder is left as it was. Raises `Refused`.
    """
    if not file.is_file():
        raise Refused(f"There is no backup at {file}.")
    if folder.exists() and not folder.is_dir():
        raise Refused(NOT_EMPTY.format(folder=folder))
    is_new = not folder.exists()
    with places.writing(folder, reading=file):
        disk.folder(folder)
        try:
            with lock.held(folder):
                return _restored(file, folder, key, progress)
        finally:
            if is_new:
                with suppress(OSError):  # it is not empty: all is well
                    folder.rmdir()


def _taken(folder: Path, key: bytes, file: Path, progress: Progress) -> Proof:
    with disk.whole(file) as backup:
        head = _pack(folder, key, backup, progress)
        disk.settle(backup)
        with TemporaryDirectory(prefix=leftovers.TRIAL, dir=file.parent) as trial:
            proof = _unpacked(Path(backup.name), Path(trial), key, progress)
        if proof.head != head:
            raise Broken("The backup does not hold what it should: take it again.")
    return proof


def _restored(file: Path, folder: Path, key: bytes, progress: Progress) -> Proof:
    is_brought = staging.is_cut(folder) and staging.is_proved(folder, _salt(file))
    staging.settle(folder)  # also what another backup brought: then the folder is not empty
    if is_brought:
        return _proved(folder, key, progress)
    if any(each.name not in (staging.STAGE, lock.NAME) for each in folder.iterdir()):
        raise Refused(NOT_EMPTY.format(folder=folder))
    stage = staging.fresh(folder)
    try:
        proof = _unpacked(file, stage, key, progress)
        staging.prove(stage, _salt(file))
    except BaseException:
        leftovers.remove(stage)
        raise
    staging.settle(folder)
    return proof


def _salt(file: Path) -> bytes:
    with file.open("rb") as backup:
        return parcel.salt(backup)


def _settle(folder: Path, key: bytes, progress: Progress) -> None:
    """Opens the record once, if the app is stopped: it heals, and copies the desk, as the app.

    On a write-protected disk nothing can be mended, so the record has to be whole.
    """
    if not Store.is_in(folder):
        raise Refused(f"There is no record in {folder}.")
    try:
        Store.open(folder, key, progress=progress).close()
    except InUse:
        return
    except ReadOnly:
        snapshot.verify(folder, key, progress=progress)


def _pack(folder: Path, key: bytes, backup: BinaryIO, progress: Progress) -> str:
    """Writes the parcel and returns the hash of the newest record in it.

    The journal's end is looked up first: whatever its records name is in the vault by then.
    """
    kept = Journal(journal.location(folder), keys.derived(key, "journal"))
    vault = Vault(folder / "files", keys.derived(key, "files"))
    files = {f"files/{name[:2]}/{name}": vault.path(name) for name in sorted(vault.names())}
    writer = parcel.Writer(backup, key)
    with (
        progress("Copying", len(files) + 2) as step,
        tarfile.open(fileobj=cast(BinaryIO, writer), mode="w|") as archive,
    ):
        _add(archive, JOURNAL, kept.path, step, size=kept.end)
        for name, path in {DESK: folder / "desk.copy", **files}.items():
            _add(archive, name, path, step)
    writer.close()
    return kept.head.line.hash if kept.head else GENESIS


def _add(
    archive: tarfile.TarFile, name: str, path: Path, step: Step, *, size: int | None = None
) -> None:
    with path.open("rb") as file:
        member = tarfile.TarInfo(name)
        member.size = file.seek(0, 2) if size is None else size
        file.seek(0)
        archive.addfile(member, file)
    step(1)


def _unpacked(file: Path, folder: Path, key: bytes, progress: Progress) -> Proof:
    """Fills an empty folder from a backup, makes the database, and verifies all of it."""
    with file.open("rb") as backup:
        reader = parcel.Reader(backup, key)
        try:
            with tarfile.open(fileobj=cast(BinaryIO, reader), mode="r|") as archive:
                for member in archive:
                    _extract(archive, member, folder)
        except tarfile.TarError:
            raise NoBackup("This backup is damaged.") from None
        reader.finish()
    kept = Journal(folder / JOURNAL, keys.derived(key, "journal"))
    rebuilding.made(folder / "record.duckdb", kept, key, progress)
    return _proved(folder, key, progress)


def _proved(folder: Path, key: bytes, progress: Progress) -> Proof:
    store = Store.open(folder, key, journal_path=folder / JOURNAL, progress=progress)
    with closing(store):
        return verify(store, progress=progress)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    content = archive.extractfile(member)
    if not content or not MEMBER.fullmatch(member.name):
        raise NoBackup("This backup holds something that is not part of a record.")
    path = folder / member.name
    disk.folder(path.parent)
    with disk.whole(path) as file:
        shutil.copyfileobj(content, file)
