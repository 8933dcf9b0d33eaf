"""One entry of the journal: a ledger line and its record, locked into one line of text."""

from __future__ import annotations

import base64
import os
from binascii import a2b_base64
from typing import Any, NamedTuple

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.store.ledger import Line, spelt
from core.store.record import Values

NONCE = 12


class Entry(NamedTuple):
    """A ledger line and its record, both in canonical JSON, as they are hashed.

    `last` is the sequence number of the last entry that was stored together with this one.
    """

    seq: int
    last: int
    head: bytes
    text: bytes

    @classmethod
    def of(cls, line: Line, text: bytes, last: int) -> Entry:
        """The entry of a line and its record's canonical JSON."""
        return cls(line.seq, last, spelt(line), text)

    @property
    def line(self) -> Line:
        """The ledger line."""
        return Line._make(orjson.loads(self.head))

    @property
    def values(self) -> Values:
        """The record."""
        values: Values = orjson.loads(self.text)
        return values

    @property
    def closes(self) -> bool:
        """Whether everything that was stored together is complete with this entry."""
        return self.seq == self.last


def locked(entry: Entry, cipher: AESGCM) -> bytes:
    """The entry as a line of the file. Only its place in the order can be read without the key."""
    nonce = os.urandom(NONCE)
    bound = _bound(entry.seq, entry.last)
    sealed = nonce + cipher.encrypt(nonce, entry.head + b"\n" + entry.text, bound)
    clear = {"seq": entry.seq, "last": entry.last, "sealed": base64.b64encode(sealed).decode()}
    return orjson.dumps(clear)


def opened(text: bytes, cipher: AESGCM) -> Entry | None:
    """The entry that a line holds; None if it was changed, torn, or locked with another key."""
    try:
        clear = orjson.loads(text)
        seq, last = clear["seq"], clear["last"]
        sealed = a2b_base64(clear["sealed"])
        told = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _bound(seq, last))
    except (InvalidTag, ValueError, TypeError, KeyError):
        return None
    head, _, record = told.partition(b"\n")
    return Entry(seq, last, head, record)


def place(text: bytes) -> int | None:
    """The sequence number that a line shows, without opening it; None if it shows none."""
    try:
        clear: Any = orjson.loads(text)
        return int(clear["seq"])
    except (ValueError, TypeError, KeyError):
        return None


def _bound(seq: int, last: int) -> bytes:
    return f"{seq}/{last}".encode()
