"""Whether a disk takes anything more: what a refusal of the system, or of the engine, means."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.store.faults import FULL, SHUT, DiskFull, ReadOnly

# A quota that is used up and a file that may not grow are full disks to whoever writes.
FULL_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_SAID = ("no space left on device", "disk quota exceeded", "file too large")

SHUT_NUMBERS = {errno.EROFS, errno.EACCES, errno.EPERM}
SHUT_SAID = ("read-only file system", "permission denied", "operation not permitted")

TRIED = 1 << 16  # bytes: what is written in one go is mostly less


def is_full(error: BaseException) -> bool:
    """Whether an error, the system's or the engine's, says that there is no room."""
    return _is(error, FULL_NUMBERS, FULL_SAID)


def is_shut(error: BaseException) -> bool:
    """Whether an error says that nobody, or not this program, may write there."""
    return _is(error, SHUT_NUMBERS, SHUT_SAID)


def is_in(folders: Iterable[Path]) -> bool:
    """Whether each of these folders takes a little more. Raises `ReadOnly` where one takes nothing
    at all, which is another thing than a full disk.

    Tried and not asked for: what a file system says of its room is not what it gives.
    """
    for folder in folders:
        try:
            _try(folder)
        except OSError as error:
            if is_shut(error):
                raise ReadOnly(folder) from None
            return False
    return True


class Room:
    """What is known of the room in some folders: `trouble` is a sentence, or nothing."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = folders
        self.trouble = "" if is_in(folders) else FULL

    @property
    def is_there(self) -> bool:
        """Whether something can be added, as far as is known."""
        return not self.trouble

    def look(self) -> bool:
        """Whether something can be added; quick."""
        try:
            self.trouble = "" if is_in(self._folders) else FULL
        except ReadOnly:  # a system does that to a disk that fails
            self.trouble = SHUT
        return self.is_there


@contextmanager
def wanted(folder: Path) -> Iterator[None]:
    """What cannot be done without room or leave to write in this folder is told as that."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise DiskFull from None
        if is_shut(error):
            raise ReadOnly(folder) from None
        raise


def _try(folder: Path) -> None:
    place = folder / f".room.{os.urandom(4).hex()}.passing"
    try:
        with open(place, "xb", buffering=0, opener=_private) as file:
            if file.write(bytes(TRIED)) < TRIED:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
    finally:
        place.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is(error: BaseException, numbers: set[int], said: tuple[str, ...]) -> bool:
    if isinstance(error, OSError) and error.errno:
        return error.errno in numbers
    return any(words in str(error).lower() for words in said)
