"""Files that are on disk when a call returns, and that are whole or not there at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from core import clock

PASSING = ".passing"
OURS = re.compile(r".+\.[0-9a-f]{8}\.passing")

# What a file system answers that gives no second name to a file: a stick, or a share.
NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}


def whole(path: Path) -> AbstractContextManager[BinaryIO]:
    """A new file for its owner alone, which gets its name only once all of it is on disk.

    Whatever is raised inside leaves an older file of that name as it was.
    """
    return _passing(path, Path.replace)


def new(path: Path) -> AbstractContextManager[BinaryIO]:
    """The same, but it never takes the place of a file that is there: `FileExistsError`, and the
    other file stays as it was. Who looked first and then wrote could not promise that."""
    return _passing(path, move)


def move(path: Path, to: Path) -> None:
    """Gives a file another name on its disk, and never that of one that is there. Raises
    `FileExistsError`."""
    if os.name == "nt":
        path.rename(to)  # which refuses there
        return
    try:
        os.link(path, to)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        path.replace(to)
    else:
        path.unlink()


def is_passing(path: Path) -> bool:
    """Whether a file was on its way to its name, by the name that it had meanwhile."""
    return bool(OURS.fullmatch(path.name))


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
    dated = f"{path.name}.{clock.now():%Y-%m-%d-%H%M%S-%f}"
    nth = 0
    while True:
        try:
            move(path, to := path.with_name(f"{dated}-{nth}" if nth else dated))
        except FileNotFoundError:
            return None
        except FileExistsError:  # the clock stood still, or was put back
            nth += 1
        else:
            sync(path.parent)
            return to


@contextmanager
def _passing(path: Path, name: Callable[[Path, Path], object]) -> Iterator[BinaryIO]:
    passing = path.with_name(f"{path.name}.{os.urandom(4).hex()}{PASSING}")
    try:
        with open(passing, "xb", opener=_private) as file:
            yield file
            settle(file)
        name(passing, path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
    sync(path.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
