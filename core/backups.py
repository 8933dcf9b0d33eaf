"""A backup every night, by itself: checked by restoring it, and kept in two places.

With the record itself that makes three copies; the second place is to be another disk, or a folder
that something else takes out of the house. Each place is looked after by itself: while one is away
the other goes on, and none of it fills a disk.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from core import apart, backup_files, clock, machine, settings
from core.backup_files import File
from core.errors import Refused
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store, disk, leftovers, lock

FROM_HOUR = 1  # of the night; a machine that was off then catches up when it is on
KEPT = 14
LATE_AFTER = timedelta(hours=50)  # two nights were missed
NONE_AFTER = timedelta(hours=2)  # four tries failed
SLACK = timedelta(minutes=5)  # by which a clock may be put right
AT_MOST = 3 * 3600  # seconds

LATE = "A backup is missing: tell whoever looks after the machine."
AHEAD = (
    "The newest backup has a date that is still to come: the clock of the machine was wrong then. "
    "Tell whoever looks after it."
)
AWAY = "The second place for backups is not there: is its disk plugged in? (BACKUP_SECOND)"
SAME = (
    "BACKUP_SECOND is the same folder as the first place for backups: name a folder on another "
    "disk, or leave it out."
)

log = logging.getLogger(__name__)

BEGUN = clock.running()

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
        """Whether somebody must look after it. A program that has just begun has had no chance. A
        moment that is still to come says nothing of how old a backup is, and counts as late."""
        asked = [self.first, *([self.second] if self.has_second else [])]
        return any(_is_over(at, LATE_AFTER) if at else _is_none_late() for at in asked)

    @property
    def is_ahead(self) -> bool:
        """Whether one was taken when the clock was ahead."""
        return any(at - clock.now() > SLACK for at in (self.first, self.second) if at)


def places(data: Path) -> Places:
    """What the school has chosen: `[backup]` in `.streamlit/secrets.toml` with `folder`, `second`
    and `kept`; `BACKUP_FOLDER`, `BACKUP_SECOND` and `BACKUP_KEPT` win over it.

    Never raises: what is not right counts as not chosen, and `warnings` says so. A second place
    that is the first one is none.
    """
    first, second = _first(data), _second()
    kept = int(machine.sound("BACKUP_KEPT") or KEPT)
    return Places(first, second if second and not _are_same(first, second) else None, kept)


def check(data: Path) -> None:
    """Raises `Refused` if the second place is the first one, for a start."""
    second = _second()
    if second and _are_same(_first(data), second):
        raise Refused(SAME)


def standing(store: Store, *, by: Person) -> Standing:
    """When the last good backup was. Raises `NotAllowed`."""
    demand(by, Verb.CHANGE_SETTINGS)
    return _standing(store)


def warnings(store: Store) -> Iterator[str]:
    """What the people who look after the school have to be told."""
    stood, where, second = _standing(store), places(store.folder), _second()
    if stood.is_late:
        yield LATE
    if stood.is_ahead:
        yield AHEAD
    if second and not where.second:
        yield SAME
    if where.second and not _is_there(where.second):
        yield AWAY


def take_due(store: Store) -> bool:
    """Takes the backup of this day if the night has come and it is not there; says whether it did.

    Everything that the second place lacks is copied, and old ones are removed in each place once
    there are enough newer ones. What fails in one place stops nothing in the other; the first error
    is raised in the end.
    """
    where, now = places(store.folder), clock.now().astimezone(settings.school(store).zone)
    taken: list[Path] = []

    def take() -> None:
        if now.hour >= FROM_HOUR and not _is_taken(where, now.date()):
            taken.append(_take(store.folder, where, now.date()))

    apart.each(chain([take], _copies(where), _prunings(where)))
    return bool(taken)


def clear(data: Path) -> None:
    """Clears away what a backup that was cut has left in both places, for a start."""
    where = places(data)
    for place in (where.first, where.second):
        with suppress(Refused, OSError):  # another program writes a backup there, or it is away
            if place and _is_there(place):
                with lock.held(place) as is_alone:
                    if is_alone:
                        leftovers.clear_place(place)


def _is_over(at: datetime, allowed: timedelta) -> bool:
    return not -SLACK <= clock.now() - at <= allowed


def _is_none_late() -> bool:
    return clock.running() - BEGUN > NONE_AFTER.total_seconds()


def _first(data: Path) -> Path:
    chosen = machine.sound("BACKUP_FOLDER")
    return Path(chosen).expanduser() if chosen else data.with_name(f"{data.name}.backups")


def _second() -> Path | None:
    chosen = machine.sound("BACKUP_SECOND")
    return Path(chosen).expanduser() if chosen else None


def _are_same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())


def _is_there(place: Path) -> bool:
    with suppress(OSError):
        return place.is_dir()
    return False


def _standing(store: Store) -> Standing:
    where = places(store.folder)
    return Standing(_taken_at(where.first), _taken_at(where.second), bool(where.second))


def _taken_at(place: Path | None) -> datetime | None:
    newest = backup_files.good_in(place)[-1:]
    return newest[0].taken_at if newest else None


def _is_taken(where: Places, today: date) -> bool:
    """Whether the newest is of today: one “of 2040” is no reason to take none for years."""
    newest = backup_files.good_in(where.first)[-1:]
    return bool(newest) and newest[0].day == f"{today:%Y-%m-%d}"


def _take(data: Path, where: Places, today: date) -> Path:
    """In a program of its own: the trial takes memory and time that belong to people at work."""
    disk.folder(where.first)
    there = backup_files.all_in(where.first) + backup_files.good_in(where.second)
    file = where.first.resolve() / backup_files.next_name(today, there)
    command = [sys.executable, "-m", "core", "backup", str(data.resolve()), str(file)]
    done = subprocess.run(  # noqa: S603 - our own program, and no words of anybody's
        command, cwd=ROOT, capture_output=True, timeout=AT_MOST, check=False
    )
    if done.returncode:
        log.error("no backup: %s", done.stderr.decode(errors="replace").strip())
        raise OSError(f"the backup was not taken: code {done.returncode}")
    backup_files.stamp(file, clock.now())
    return file


def _copies(where: Places) -> Iterator[Callable[[], None]]:
    """What the second place lacks of those that are kept, the newest first."""
    if where.second:
        for file in reversed(backup_files.good_in(where.first)[-where.kept :]):
            yield partial(_copy, file, where.second)


def _copy(file: File, place: Path) -> None:
    with lock.held(place):
        if not backup_files.is_copied(file, place):
            backup_files.copy(file, place)


def _prunings(where: Places) -> Iterator[Callable[[], None]]:
    for place in (where.first, where.second):
        if place and _is_there(place):
            yield partial(_prune, place, where.kept)


def _prune(place: Path, kept: int) -> None:
    with lock.held(place):
        backup_files.prune(place, kept)
