"""One encrypted file of any length: in chunks, so that it never has to be in memory as a whole.

Each chunk is locked with its number and with whether it is the last, so that none can be changed,
moved, left out or cut off without being noticed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.store import key as keys
from core.store.faults import NoBackup

MARK = b"bigger-picture parcel 1\n"
SALT, TAG, CHUNK = 16, 16, 1 << 20


def salt(file: BinaryIO) -> bytes:
    """What a parcel begins with, and no other parcel does. Raises `NoBackup`."""
    head = _read(file, len(MARK) + SALT)
    if len(head) < len(MARK) + SALT or not head.startswith(MARK):
        raise NoBackup("This file is not a backup.")
    return head[len(MARK) :]


def is_one(path: Path) -> bool:
    """Whether a file has the head of a parcel, and more; only the key can tell the rest."""
    with suppress(OSError, NoBackup), path.open("rb") as file:
        return bool(salt(file)) and len(file.read(TAG)) == TAG
    return False


class Writer:
    """What is written goes into `file`, locked. The parcel is whole once `close` has returned."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        fresh = os.urandom(SALT)
        self._file, self._cipher = file, _cipher(key, fresh)
        self._number, self._waiting = 0, bytearray()
        file.write(MARK + fresh)

    def write(self, clear: bytes) -> int:
        """Adds to the parcel."""
        self._waiting += clear
        while len(self._waiting) > CHUNK:
            self._lock(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(clear)

    def close(self) -> None:
        """Writes the end, without which the parcel does not open."""
        self._lock(bytes(self._waiting), is_last=True)

    def _lock(self, clear: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last), clear, MARK))
        self._number += 1


class Reader:
    """What a `Writer` wrote. Raises `NoBackup` at the first chunk that is not as it was."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._cipher = _cipher(key, salt(file))
        self._number, self._clear = 0, bytearray()
        self._next = _read(file, CHUNK + TAG)
        self._ended = False

    def read(self, size: int) -> bytes:
        """As many bytes, fewer only at the end."""
        while len(self._clear) < size and not self._ended:
            self._clear += self._open()
        clear = bytes(self._clear[:size])
        del self._clear[:size]
        return clear

    def finish(self) -> None:
        """Reads on to the end, which tells that nothing was cut off."""
        while self.read(CHUNK):
            pass

    def _open(self) -> bytes:
        sealed, self._next = self._next, _read(self._file, CHUNK + TAG)
        self._ended = not self._next
        try:
            clear = self._cipher.decrypt(_nonce(self._number, self._ended), sealed, MARK)
        except InvalidTag:
            raise NoBackup("This backup is damaged, or was made with another key.") from None
        self._number += 1
        return clear


def _read(file: BinaryIO, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError:
        raise NoBackup("The backup cannot be read to its end: is its disk still there?") from None


def _cipher(key: bytes, fresh: bytes) -> AESGCM:
    """A key for this file alone, so that the numbers of its chunks can serve as nonces."""
    return AESGCM(keys.derived(key, "parcel", fresh))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
