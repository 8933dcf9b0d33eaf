"""The chain: one line a record, each holding the hash of the line before."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from core.store.record import Record, Values, canonical, digest, plain

GENESIS = "0" * 64


class Line(NamedTuple):
    """One line of the ledger: which record, by whom, when, and the hash that ties it in.

    `recorded_at` is in the spelling of `record.moment`; `kind` is the name of the record's table.
    """

    seq: int
    recorded_at: str
    recorded_by: str
    kind: str
    id: str
    salt: str
    digest: str
    prev: str
    hash: str


def link(record: Record, values: Values, *, after: Line | None, at: str, by: str) -> Line:
    """The line that ties `record` in after the line `after` (None: it is the first)."""
    salt = secrets.token_hex(16)
    line = Line(
        seq=after.seq + 1 if after else 1,
        recorded_at=at,
        recorded_by=by,
        kind=record.TABLE,
        id=values["id"],
        salt=salt,
        digest=digest(salt, canonical(values)),
        prev=after.hash if after else GENESIS,
        hash="",
    )
    return line._replace(hash=sealed(line))


def chain(
    records: Iterable[Record], *, after: Line | None, at: str, by: str
) -> list[tuple[Line, Values]]:
    """The lines of several records that are stored together, in their order, with their values."""
    linked: list[tuple[Line, Values]] = []
    for record in records:
        values = plain(record)
        before = linked[-1][0] if linked else after
        linked.append((link(record, values, after=before, at=at, by=by), values))
    return linked


def spelt(line: Line) -> bytes:
    """The line in canonical JSON."""
    return canonical(tuple(line))


def sealed(line: Line) -> str:
    """The hash over all other fields of a line, SHA-256 in hexadecimal."""
    return hashlib.sha256(canonical(line[:-1])).hexdigest()


class Link(Protocol):
    """What of a line ties it to others."""

    @property
    def seq(self) -> int: ...
    @property
    def prev(self) -> str: ...
    @property
    def hash(self) -> str: ...


def follows(line: Link, head: bytes, before: Link | None) -> bool:
    """Whether a line, spelt as `head`, is what was written after the line `before` (None: as the
    first)."""
    seq, hash_ = (before.seq, before.hash) if before else (0, GENESIS)
    return line.seq == seq + 1 and line.prev == hash_ and line.hash == _sealed_in(head)


def _sealed_in(head: bytes) -> str:
    """What `sealed` says of a line, from its spelling, which is its other fields and the hash. To
    spell 670,000 lines twice takes half a second (measured)."""
    others, _, _ = head.rpartition(b",")
    return hashlib.sha256(others + b"]").hexdigest()
