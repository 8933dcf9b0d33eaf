"""Files that are on disk when a call returns, and that are whole or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core import clock

PASSING = ".passing"


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, which gets its name only once all of it is on disk.

    Whatever is raised inside leaves an older file of that name as it was.
    """
    passing = path.with_name(f"{path.name}.{os.urandom(4).hex()}{PASSING}")
    try:
        with open(passing, "xb", opener=_private) as file:
            yield file
            settle(file)
        passing.replace(path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
    sync(path.parent)


def settle(file: BinaryIO) -> None:
    """Everything written so far is on disk when this returns."""
    file.flush()
    os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Makes the names in a folder lasting; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def folder(path: Path) -> Path:
    """Makes a folder for its owner alone, unless it is there."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync(path.parent)
    return path


def set_aside(path: Path) -> Path | None:
    """Gives a file a dated name, so that it is out of the way and not lost."""
    if not path.exists():
        return None
    dated = path.with_name(f"{path.name}.{clock.now():%Y-%m-%d-%H%M%S-%f}")
    path.rename(dated)
    sync(path.parent)
    return dated


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
