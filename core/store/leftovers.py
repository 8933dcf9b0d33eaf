"""What a program leaves behind that was cut: it is cleared at the next start.

Only by names that we give ourselves, and only by whoever is alone in a folder: what lies there may
be the work of a program that is still running.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from core.store import disk, journal, staging

TRIAL = ".restored-"  # before the name of a folder in which a backup is tried
OF_A_TRIAL = re.compile(r"\.restored-[a-z0-9_]{8}")
OF_A_BACKUP = ".backup."


def clear(folder: Path, key: Path) -> None:
    """Clears a data folder, and beside the journal and the key, for whoever has the folder's lock
    and the record open."""
    named = [folder / staging.STAGE, *folder.glob("rebuilding.duckdb*")]
    vault = (folder / "files").glob("??/*")
    beside = (each for path in (journal.location(folder), key) for each in _passing_to(path))
    for path in chain(named, filter(disk.is_passing, chain(folder.glob("*"), vault)), beside):
        remove(path)


def clear_place(place: Path) -> None:
    """Clears a place of backups, for whoever has its lock."""
    with suppress(OSError):
        for path in list(place.iterdir()):
            is_cut = disk.is_passing(path) and OF_A_BACKUP in path.name
            if is_cut or OF_A_TRIAL.fullmatch(path.name):
                remove(path)


def remove(path: Path) -> None:
    """Takes away a file, or a folder with all that is in it, as far as that is possible."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _passing_to(path: Path) -> Iterator[Path]:
    """Files that were on their way to this name, in a folder that has others' files as well."""
    with suppress(OSError):
        for each in list(path.parent.iterdir()):
            if each.name.startswith(f"{path.name}.") and disk.is_passing(each):
                yield each
