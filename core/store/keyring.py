"""Where the keys of schools lie, which key belongs to which folder, and who else can read it."""

from __future__ import annotations

import hashlib
import os
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core import machine
from core.store import disk, journal

EVERYBODY = (
    "Other people on this machine can read the key of the record: run “chmod 600 {file}” as "
    "whoever owns the file."
)
INSIDE = (
    "The key lies in the folder of the record, so a copy of that folder opens itself: move the key "
    "to another place, and name that place in RECORD_KEY_FILE."
)


def location(data: Path, *, restoring: bool = False) -> Path:
    """Where the key of a school lies: `RECORD_KEY_FILE`, or in the user's configuration folder, by
    the whole path of the data folder, so that no two folders on a machine share a key.

    Older versions named it by the folder's last name alone, and every clone's is called `live`. So
    such a key may be another school's. It is taken where a record, or a backup that is being
    restored, says whether it is the right one. Where there is neither, nothing would say so: a
    new school would share the other's key, or be refused for its sake. There it is left alone.
    """
    chosen = machine.value("RECORD_KEY_FILE")
    if chosen:
        return Path(chosen).expanduser()
    new, old = _today(data), older(data)
    return old if old and not new.exists() and (restoring or is_record(data)) else new


def older(data: Path) -> Path | None:
    """The key that an older version made for a folder of this name, if there is one and no other
    was named."""
    if machine.value("RECORD_KEY_FILE"):
        return None
    old = _ring() / f"{data.resolve().name}.key"
    return old if old.exists() else None


def is_record(data: Path) -> bool:
    """Whether there is a record in a folder, or was one whose journal is there."""
    return (data / "record.duckdb").exists() or journal.location(data).exists()


def settle(data: Path, opened_by: Path) -> None:
    """Gives a key that has opened the record of this folder the name that it has today, so that it
    is known again when the record's disk is away. The older file stays: another folder may use it.
    """
    if opened_by == older(data):
        with suppress(OSError):  # not today, then: the key is found by its older name as well
            content = opened_by.read_bytes()
            with disk.new(_today(data)) as file:
                file.write(content)


def is_inside(place: Path, data: Path) -> bool:
    """Whether a key lies in the data folder, or would."""
    return place.resolve().is_relative_to(data.resolve())


def cautions(place: Path, data: Path, *, shown: str | None = None) -> Iterator[str]:
    """What is wrong with where a key lies, in sentences that say how to mend it; they name the file
    by its path, or as it is `shown`. A key is never refused for this: a recovery sheet is typed
    on the worst day."""
    with suppress(OSError):
        if os.name == "posix" and place.stat().st_mode & 0o077:
            yield EVERYBODY.format(file=shown or shlex.quote(str(place)))
        if is_inside(place, data):
            yield INSIDE


def _today(data: Path) -> Path:
    place = data.resolve()
    path = os.path.normcase(place).encode(errors="surrogateescape")
    return _ring() / f"{place.name}-{hashlib.sha256(path).hexdigest()[:12]}.key"


def _ring() -> Path:
    return machine.configuration() / "bigger-picture"
