"""A lock on a folder, for what has to be done there by one program alone.

A record has the lock of its engine as soon as it is open. This one is for the time before: two
first starts at once would each make a key, and for what clears up after a program that was cut.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.store.faults import InUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

IN_USE = "The folder {folder} is in use: stop the other program first."

NAME = ".lock"  # it lies in the folder while the lock is held, and goes with it

HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


@contextmanager
def held(folder: Path, told: str = IN_USE) -> Iterator[bool]:
    """Keeps every other program, and every other thread of this one, off a folder that is there.

    Raises `InUse` where another has it, which is `told`. Yields False where nobody can have it: in
    a folder that cannot be written to, or on a disk that knows no locks.
    """
    file = _taken(folder / NAME, told.format(folder=folder))
    try:
        yield file is not None
    finally:
        if file is not None:
            # The name goes before the lock does, or the next one would lose its own.
            with suppress(OSError):
                (folder / NAME).unlink()
            os.close(file)
            if os.name == "nt":  # a file that is open cannot go there
                with suppress(OSError):
                    (folder / NAME).unlink()


def _taken(path: Path, told: str) -> int | None:
    """The open file that is locked. One whose name went meanwhile is nobody's lock any more."""
    while True:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None
        try:
            is_ours = _locked(file) and _is_named(file, path)
        except BlockingIOError:
            os.close(file)
            raise InUse(told) from None
        except OSError:
            os.close(file)
            return None
        if is_ours:
            return file
        os.close(file)


def _locked(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            raise BlockingIOError from None
        raise
    return True


def _is_named(file: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file), path.stat())
    return False
