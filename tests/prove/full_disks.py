"""The disk is full after ever a few bytes more: somewhere within every write."""

from __future__ import annotations

import resource
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import count, islice
from pathlib import Path

from core.errors import Refused
from core.person import SYSTEM
from core.store import NotKept, Store, proof
from tests.core.samples import KEY, batch
from tests.prove import trying
from tests.prove.found import Found, compared, judged, kept


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file can grow beyond this size: for whoever writes, the disk is full there.

    It takes no rights, unlike a small file system.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def attacked(folder: Path, rooms: int) -> Found:
    """What is found when so often there was room for a little more of what is written: in turn in
    the second copy and in the first."""
    found, told, numbers = Found(), [], count(1)
    with closing(Store.open(folder, KEY)) as store:
        for n in trying.each(range(rooms), rooms, "full disks"):
            store.checkpoint()  # the log begins anew, and is shorter than the journal
            with room(_full_at(store, n, rooms)):
                told += [number for number in islice(numbers, 3) if _is_kept(store, number)]
            again = next(numbers)
            found += Found(lost=int(not _is_kept(store, again))) + compared(
                kept(store), [*told, again]
            )
        proof.verify(store)
    return found + judged(folder, told) + _read_without_a_byte(folder, told)


def _read_without_a_byte(folder: Path, told: Iterable[int]) -> Found:
    """A start on a disk that takes nothing at all: what was acknowledged can be read."""
    try:
        with room(0), closing(Store.open(folder, KEY)) as store:
            return compared(kept(store), told) + Found(untrue=int(store.room.is_there))
    except Refused:
        return Found(tried=1, unsound=1)


def _full_at(store: Store, n: int, rooms: int) -> int:
    """The journal grows by some 2,700 bytes with each of these forms, and the log by 3,000."""
    some = 9_000 * n // rooms
    return some if n % 2 else store.journal.path.stat().st_size + some


def _is_kept(store: Store, number: int) -> bool:
    try:
        store.append(*batch(number), by=SYSTEM)
    except NotKept:
        return False
    return True
