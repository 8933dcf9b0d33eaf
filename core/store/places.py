"""What is told where a disk is full or was pulled out: which place it is, not which inner file."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from core.errors import Refused
from core.store.faults import NotKept, ReadOnly

FULL = {errno.ENOSPC, errno.EFBIG, *(n for n in [getattr(errno, "EDQUOT", None)] if n)}
SHUT = {errno.EROFS, errno.EACCES, errno.EPERM}

NO_ROOM = "There is no room in {place}: make room there, or name another place."
NOT_ALLOWED = "{place} cannot be written to: allow it, or name another place."
AWAY = "{place} could not be written to: is its disk still there, and is there room on it?"
UNREAD = "{place} could not be read: is its disk still there?"


@contextmanager
def writing(place: Path, *, reading: Path) -> Iterator[None]:
    """For what is read from one place and written to another: tells which of them gave way, as
    `Refused`. Whatever else is raised is passed on."""
    try:
        yield
    except OSError as error:
        if error.errno in SHUT and place.resolve() == reading.resolve():
            raise ReadOnly(place) from None
        if _where(error, place, reading) == reading:
            raise Refused(UNREAD.format(place=reading)) from None
        raise Refused(_sentence(error.errno).format(place=place)) from None
    except duckdb.IOException as error:
        is_full = "no space left" in str(error).lower()
        raise Refused((NO_ROOM if is_full else AWAY).format(place=place)) from None
    except NotKept:  # nobody was filling in a form here
        raise Refused(AWAY.format(place=place)) from None


def _sentence(number: int | None) -> str:
    if number in FULL:
        return NO_ROOM
    return NOT_ALLOWED if number in SHUT else AWAY


def _where(error: OSError, *places: Path) -> Path:
    """The place that an error is about: the inner one, where one lies in the other; the first where
    it does not say."""
    if not isinstance(error.filename, str):
        return places[0]
    named = Path(error.filename).resolve()
    within = [place for place in places if named.is_relative_to(place.resolve())]
    return max(within, key=lambda place: len(place.resolve().parts), default=places[0])
