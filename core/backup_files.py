"""The backups in one place: which are there, in which order they were written, which are good.

Which of two is the newer is said by a number in the name, one more with each backup. The day in the
name is the clock's, for people: a clock that was wrong for one night would put a backup “of 2040”
before all that come after it. Older versions gave no number; such a backup is older than any that
has one.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from core.store import disk, parcel
from core.store.faults import NoBackup

NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d{6,}))?\.backup")


@dataclass(frozen=True)
class File:
    """A backup that was named by us: its number, 0 for an older version's, and the day it says."""

    path: Path
    number: int
    day: str

    @property
    def is_good(self) -> bool:
        """Whether it looks like one. It got its name once it was restored and found whole; what was
        cut short since, or put there by something else, shows here."""
        return parcel.is_one(self.path)

    @property
    def taken_at(self) -> datetime | None:
        """When it was taken, by the clock of that moment."""
        with suppress(OSError, ValueError, OverflowError):
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        return None


def all_in(place: Path) -> list[File]:
    """All in a place, the one that was written last at the end. Raises `OSError` for a place that
    is not there."""
    named = ((path, NAME.fullmatch(path.name)) for path in place.iterdir())
    files = [File(path, int(name[2] or 0), name[1]) for path, name in named if name]
    return sorted(files, key=lambda file: (file.number, file.day))


def good_in(place: Path | None) -> list[File]:
    """Those that are good; none where the place is not there."""
    with suppress(OSError):
        return [file for file in all_in(place) if file.is_good] if place else []
    return []


def next_name(day: date, files: Iterable[File]) -> str:
    """The name of the backup that is written after all of these."""
    return f"{day:%Y-%m-%d}.{max((file.number for file in files), default=0) + 1:06}.backup"


def stamp(file: Path, at: datetime) -> None:
    """Says on a backup when it was taken, by the clock of the record and not by the disk's."""
    os.utime(file, (at.timestamp(), at.timestamp()))


def copy(file: File, place: Path) -> None:
    """To another place, and read back there. Raises `OSError` where its disk is not mounted, and
    `FileExistsError` where another backup has the name: it may be another school's."""
    to = place / file.path.name
    if not parcel.is_one(to):
        to.unlink(missing_ok=True)
    with disk.new(to) as copied, file.path.open("rb") as original:
        shutil.copyfileobj(original, copied)
        disk.settle(copied)
        if _sha256(Path(copied.name)) != _sha256(file.path):
            raise OSError("the copy of the backup is not what was copied")
    was = file.path.stat()
    os.utime(to, ns=(was.st_atime_ns, was.st_mtime_ns))


def is_copied(file: File, place: Path) -> bool:
    """Whether a place has this backup: no other has its salt, and what was cut is shorter."""
    copied = place / file.path.name
    with suppress(OSError, NoBackup), copied.open("rb") as one, file.path.open("rb") as other:
        return parcel.salt(one) == parcel.salt(other) and _size(copied) == _size(file.path)
    return False


def prune(place: Path, kept: int) -> None:
    """Removes what was written before the newest good ones, so many. Raises `OSError`."""
    files = all_in(place)
    good = [file for file in files if file.is_good][-kept:]
    if len(good) == kept:
        for old in files[: files.index(good[0])]:
            old.path.unlink(missing_ok=True)


def _size(file: Path) -> int:
    return file.stat().st_size


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
