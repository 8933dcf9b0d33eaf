"""A backup every night, by itself: checked by restoring it, and kept in two places.

With the record itself that makes three copies; the second place is to be another disk, or a folder
that something else takes out of the house. A file there counts as a good one, since it gets its
name only once it has been restored and found whole.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import clock, mail_server, settings
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store, disk

FROM_HOUR = 1  # of the night; a machine that was off then catches up when it is on
NAME = "????-??-??.backup"
KEPT = 14
LATE_AFTER = timedelta(hours=50)  # two nights were missed
NONE_AFTER = timedelta(hours=2)  # four tries failed
AT_MOST = 3 * 3600  # seconds

LATE = "A backup is missing: tell whoever looks after the machine."

BEGUN = clock.now()

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Places:
    """Where backups go, and how many are kept in each place."""

    first: Path
    second: Path | None
    kept: int


@dataclass(frozen=True)
class Standing:
    """When the newest good backup of each place was taken; None where there is none."""

    first: datetime | None
    second: datetime | None
    has_second: bool

    @property
    def is_late(self) -> bool:
        """Whether somebody must look after it. A program that has just begun has had no chance."""
        asked = [self.first, *([self.second] if self.has_second else [])]
        now = clock.now()
        return any(now - (at or BEGUN) > (LATE_AFTER if at else NONE_AFTER) for at in asked)


def places(data: Path) -> Places:
    """What the school has chosen: `[backup]` in `.streamlit/secrets.toml` with `folder`, `second`
    and `kept`; `BACKUP_FOLDER`, `BACKUP_SECOND` and `BACKUP_KEPT` win over it."""
    chosen = {name: mail_server.setting("backup", name) for name in ("folder", "second", "kept")}
    first = Path(chosen["folder"] or data.with_name(f"{data.name}.backups")).expanduser()
    second = Path(chosen["second"]).expanduser() if chosen["second"] else None
    return Places(first, second, max(2, int(chosen["kept"] or KEPT)))


def standing(store: Store, *, by: Person) -> Standing:
    """When the last good backup was. Raises `NotAllowed`."""
    demand(by, Verb.CHANGE_SETTINGS)
    return _standing(store)


def warnings(store: Store) -> Iterator[str]:
    """What the people who look after the school have to be told."""
    if _standing(store).is_late:
        yield LATE


def _standing(store: Store) -> Standing:
    where = places(store.folder)
    second = _newest(where.second) if where.second else None
    return Standing(_taken_at(_newest(where.first)), _taken_at(second), bool(where.second))


def take_due(store: Store) -> bool:
    """Takes the backup of this day if the night has come and it is not there; says whether it did.

    What only the second place lacks is copied again. Old ones are removed once the new one is
    there, in each place.
    """
    where, now = places(store.folder), clock.now().astimezone(settings.school(store).zone)
    file = where.first / NAME.replace("????-??-??", f"{now:%Y-%m-%d}")
    taken = False
    if now.hour >= FROM_HOUR and not file.exists():
        _take(store.folder, file)
        taken = True
    newest = _newest(where.first)
    if newest and where.second:
        _copy(newest, where.second)
    for place in (where.first, where.second):
        _prune(place, where.kept)
    return taken


def _take(data: Path, file: Path) -> None:
    """In a program of its own: the trial takes memory and time that belong to people at work."""
    disk.folder(file.parent)
    command = [sys.executable, "-m", "core", "backup", str(data.resolve()), str(file.resolve())]
    done = subprocess.run(  # noqa: S603 - our own program, and no words of anybody's
        command, cwd=ROOT, capture_output=True, timeout=AT_MOST, check=False
    )
    if done.returncode:
        raise OSError(f"the backup was not taken: code {done.returncode}")


def _copy(file: Path, place: Path) -> None:
    """To the second place, and read back there. Raises `OSError` where its disk is not mounted."""
    copied = place / file.name
    if copied.exists():
        return
    with disk.whole(copied) as copy, file.open("rb") as original:
        shutil.copyfileobj(original, copy)
        disk.settle(copy)
        if _sha256(Path(copy.name)) != _sha256(file):
            raise OSError("the copy of the backup is not what was copied")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _prune(place: Path | None, kept: int) -> None:
    for old in _all(place)[:-kept]:
        old.unlink()


def _all(place: Path | None) -> list[Path]:
    """Only what we have named ourselves."""
    return sorted(place.glob(NAME)) if place else []


def _newest(place: Path | None) -> Path | None:
    return next(reversed(_all(place)), None)


def _taken_at(file: Path | None) -> datetime | None:
    with suppress(OSError):
        if file:
            return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return None
