"""The second copy: every record once more, one encrypted line each, in an ordinary file.

DuckDB opens a damaged write-ahead log without a word and with fewer rows (measured). This file
notices, and holds what is missing. It may lie on another disk.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import machine
from core.errors import Refused
from core.store import disk, entry, room
from core.store.entry import Entry
from core.store.faults import Damaged

TAIL = 1 << 16  # a reader begins with this much of the file's end


def location(folder: Path) -> Path:
    """Where the journal of a school lies: `JOURNAL_FILE`, or with its other files."""
    return Path(machine.value("JOURNAL_FILE") or folder / "journal.jsonl").expanduser()


def foreign(path: Path) -> str:
    """What is told about a journal of which this key opens nothing."""
    return (
        f"{path.name} cannot be opened with this key: put the right key back. "
        "If it is the right one, move that file away, and it is made anew."
    )


class Journal:
    """An append-only file of entries, as far as they are whole.

    `head` is the newest entry that is there with all its company, and `end` where it ends in the
    file. `unread` is how many finished lines follow that cannot be read, and `is_foreign` tells
    that there are some and that not one line of all can be opened with this key.

    To look at one changes nothing, and a file that is missing is like an empty one.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._cipher = AESGCM(key)
        self.head, self.end, self.unread, self.is_foreign = self._tail()

    @property
    def seq(self) -> int:
        """The sequence number of the newest entry, 0 if there is none."""
        return self.head.seq if self.head else 0

    @property
    def is_torn(self) -> bool:
        """Whether anything lies behind the newest whole entry."""
        return self._size() != self.end

    def write(self, entries: Iterable[Entry]) -> None:
        """Adds entries; all of them are on disk when this returns.

        Raises `OSError` if the disk refuses; then none of them counts.
        """
        with self.path.open("r+b") as file:
            self._return(file)
            head = self.head
            try:
                for head in entries:
                    file.write(entry.locked(head, self._cipher) + b"\n")
                disk.settle(file)
            except BaseException:
                with suppress(OSError):
                    file.truncate(self.end)
                raise
            self.head, self.end = head, file.tell()

    def cut(self) -> None:
        """Takes off what lies behind the newest whole entry."""
        with self.path.open("r+b") as file:
            self._return(file)
            disk.settle(file)
        self.unread = 0

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """All entries behind sequence number `after`, oldest first.

        Raises `Damaged` at the first line that cannot be read or is out of order.
        """
        seq = after
        for text in self._lines(self._offset(after)):
            seq += 1
            found = entry.opened(text, self._cipher)
            if found is None or found.seq != seq:
                raise Damaged(
                    f"record {seq}: its line in {self.path.name} cannot be read. Move that file "
                    "away, and it is made anew from the database at the next start."
                )
            yield found
        if seq < self.seq:
            raise Damaged(f"{self.path.name} ends before record {seq + 1}.")

    def _return(self, file: BinaryIO) -> None:
        """Goes to where the newest whole entry ends, taking off what a failed write left there."""
        if file.seek(0, os.SEEK_END) < self.end:
            raise OSError("the journal became shorter")
        file.truncate(self.end)
        file.seek(self.end)

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def _lines(self, start: int) -> Iterator[bytes]:
        if not self.end:
            return
        with self.path.open("rb") as file:
            at = file.seek(start)
            while at < self.end and (text := file.readline()):
                at += len(text)
                yield text

    def _offset(self, after: int) -> int:
        """Where the entry behind sequence number `after` begins: a search by halves."""
        if not after:
            return 0
        with self.path.open("rb") as file:
            near = bisect_left(range(self.end), after + 1, key=lambda at: _seq_from(file, at))
            file.seek(max(0, near - 1))
            file.readline()
            return min(file.tell(), self.end)

    def _tail(self) -> tuple[Entry | None, int, int, bool]:
        """The newest whole entry, where it ends, how many lines follow, and if none opens."""
        size, unread, opens = self._size(), 0, False
        if not size:
            return None, 0, 0, False
        for reach in _reaches(size):
            with self.path.open("rb") as file:
                file.seek(size - reach)
                lines = file.read(reach).splitlines(keepends=True)
            read = [entry.opened(t, self._cipher) if t.endswith(b"\n") else None for t in lines]
            end, unread = size, 0
            for nth in reversed(range(len(lines))):
                if _is_whole(read, nth, is_first=reach == size):
                    return read[nth], end, unread, False
                opens = opens or read[nth] is not None
                unread += read[nth] is None and lines[nth].endswith(b"\n")
                end -= len(lines[nth])
        return None, 0, unread, bool(unread) and not opens


def _is_whole(read: Sequence[Entry | None], nth: int, *, is_first: bool) -> bool:
    """Whether one of the lines closes a company that is there with all its lines: a cut of power
    can keep the last of them and lose an earlier one (simulated, and it did).

    `is_first` says that these lines begin with the first of all.
    """
    closing = read[nth]
    if closing is None or not closing.closes:
        return False
    for seq, before in zip(count(closing.seq - 1, -1), reversed(read[:nth]), strict=False):
        if before is None or before.seq != seq:
            return False
        if before.closes or before.last != closing.seq:
            return before.closes
    return is_first and closing.seq == nth + 1


def _reaches(size: int) -> Iterator[int]:
    """Ever longer parts of the file's end, up to all of it."""
    reach = TAIL
    while reach < size:
        yield reach
        reach *= 16
    yield size


def _seq_from(file: BinaryIO, at: int) -> int:
    """The sequence number of the first line that begins at `at` or behind."""
    file.seek(max(0, at - 1))
    if at:
        file.readline()
    while text := file.readline():
        if (seq := entry.place(text)) is not None:
            return seq
    return 1 << 62


def begin(path: Path) -> None:
    """Makes an empty journal, unless there is one. Raises `Refused` where its disk is not there,
    is full or takes nothing."""
    if path.exists():  # nothing is written then: a journal may be read where nobody may write
        return
    try:
        with room.wanted(path.parent), suppress(FileExistsError), disk.new(path):
            pass
    except FileNotFoundError:
        raise Refused(
            f"The journal cannot be made in {path.parent}: mount its disk, or set JOURNAL_FILE."
        ) from None
