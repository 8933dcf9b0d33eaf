"""DuckDB itself: opening an encrypted file with everything shut that is not needed."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from core.store import disk, room
from core.store.faults import Damaged, DiskFull, InUse, ReadOnly, WrongKey

# Each of 74 tables holds 1.4 MB from its first new line until the server ends, most of it its index
# (measured: 107 MB). With 160 MB a proof of 9,400 records was refused; a school's questions need a
# fraction of what is left.
MEMORY = "320MB"
THREADS = 2

DAMAGE = (
    "aes tag",
    "corrupt",
    "checksum",
    "replaying wal",
    "iteration does not match",
    "could not read enough bytes",
    "not a valid duckdb",
    "serialization",
)

SHUT = (
    "SET temp_file_encryption = true",
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)

RESTORE = "restore the newest backup that verifies"
REMEDY = {
    "record.duckdb": "run “python -m core rebuild” to make it anew from the journal",
    "desk.duckdb": "start again, so that its copy is put back",
}

HEADERS = 3 * 4096  # all that is in a file whose making was cut short

log = logging.getLogger(__name__)

_claims: set[Path] = set()
_claiming = threading.Lock()


def connect(
    path: Path, key: bytes, memory: str = MEMORY, *, mends: bool = True
) -> duckdb.DuckDBPyConnection:
    """An engine with the file attached as `record`; the file is made if it is missing.

    A write-ahead log that cannot be read is set aside under a dated name: what it held is missing
    then, and the caller has to look for it elsewhere; unless it `mends`, that is damage like any
    other. Raises `Damaged`, `WrongKey`, `InUse`, `DiskFull` or `ReadOnly`.
    """
    try:
        return _connect(path, key, memory)
    except duckdb.Error as error:
        if not (mends and _is_of_the_log(path, error)):
            raise explained(path, error) from None
        for wal in logs(path):
            disk.set_aside(wal)
        log.warning("the log of %s could not be read and was set aside", path.name)
    try:
        return _connect(path, key, memory)
    except duckdb.Error as error:
        raise explained(path, error) from None


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Keeps a second engine of this program off the file; the lock in the file stops only others.

    Raises `InUse` if there is one.
    """
    place = path.resolve()
    with _claiming:
        if place in _claims:
            raise _in_use(path)
        _claims.add(place)
    try:
        yield
    finally:
        with _claiming:
            _claims.remove(place)


def logs(path: Path) -> list[Path]:
    """The write-ahead logs that lie beside a file; a second one only after a crash."""
    names = (f"{path.name}.wal{end}" for end in ("", ".checkpoint", ".recovery"))
    return [log for name in names if (log := path.with_name(name)).exists()]


def set_aside_unbegun(path: Path) -> bool:
    """Sets a file aside that a cut of power left without as much as its headers.

    For callers who know that nothing can have been in it. Says whether there was one.
    """
    if not path.exists() or path.stat().st_size > HEADERS:
        return False
    for each in (*logs(path), path):
        disk.set_aside(each)
    log.warning("%s had never been finished and was set aside", path.name)
    return True


def is_damage(error: duckdb.Error) -> bool:
    """Whether an error says that a file is not what was written."""
    return any(word in str(error).lower() for word in DAMAGE)


def _is_of_the_log(path: Path, error: duckdb.Error) -> bool:
    return "WAL" in str(error).replace(str(path), "") and is_damage(error)


def explained(path: Path, error: duckdb.Error) -> Exception:
    """What a person is told about an error of the engine; the error itself if it is ours."""
    told = str(error).lower()
    if "wrong encryption key" in told:
        return WrongKey(f"{path.name} cannot be opened with this key: put the right key back.")
    if "could not set lock" in told or "being used by another process" in told:
        return _in_use(path)
    if is_damage(error):
        return Damaged(f"{path.name} is damaged: {REMEDY.get(path.name, RESTORE)}.")
    if room.is_full(error):
        return DiskFull()
    if room.is_shut(error):
        return ReadOnly(path.parent)
    return error


def _in_use(path: Path) -> InUse:
    return InUse(f"{path.name} is in use: stop the other program first.")


def _connect(path: Path, key: bytes, memory: str) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect(":memory:", config={"memory_limit": memory, "threads": THREADS})
    try:
        _load_encryption(engine)
        spill = path.with_name(f"{path.name}.tmp")
        engine.execute(f"SET temp_directory = '{_quoted(spill)}'")
        engine.execute(f"ATTACH '{_quoted(path)}' AS record (ENCRYPTION_KEY '{key.hex()}')")
        shutil.rmtree(spill, ignore_errors=True)  # what an engine that was killed left there
        for statement in SHUT:
            engine.execute(statement)
    except BaseException:
        engine.close()
        raise
    return engine


def _load_encryption(engine: duckdb.DuckDBPyConnection) -> None:
    """DuckDB writes encrypted files only with the OpenSSL of its httpfs extension."""
    packaged = files("duckdb_extension_httpfs") / "extensions" / f"v{duckdb.__version__}"
    extension = packaged / "httpfs.duckdb_extension"
    if extension.is_file():
        engine.execute(f"LOAD '{_quoted(Path(str(extension)))}'")
    else:
        engine.install_extension("httpfs")
        engine.load_extension("httpfs")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
