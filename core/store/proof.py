"""The proof that the record is whole: every line, every row, every entry and every file."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, repeat

import orjson

from core.store import ledger
from core.store.entry import Entry
from core.store.faults import Broken
from core.store.journal import Journal
from core.store.ledger import GENESIS
from core.store.progress import Progress, silent
from core.store.record import digest
from core.store.store import Store
from core.store.tables import END, Row, Tables
from core.store.vault import Lost, Vault


@dataclass(frozen=True)
class Proof:
    """How many records were found whole, and the hash that stands for all of them.

    `unfinished` tells that the newest of them is being added, or was when the machine stopped.
    """

    count: int
    head: str
    unfinished: bool = False


def verify(store: Store, *, noted: str = "", progress: Progress = silent) -> Proof:
    """Reads the whole record, in both copies, with its files.

    Raises `Broken`, which names the first record that does not fit: a line that does not follow
    from the one before; a row that is missing, was changed, or that no line tells of; an entry of
    the journal that differs; a file that is lost; a head that was `noted` earlier and is in the
    chain no more. Raises `Damaged` if a file cannot be read. Keeps writers out meanwhile.
    """
    with store.alone():
        return prove(store.tables, store.journal, store.vault, noted=noted, progress=progress)


def prove(
    tables: Tables,
    journal: Journal,
    vault: Vault,
    *,
    upto: int = END,
    noted: str = "",
    progress: Progress = silent,
    ahead: bool = False,
) -> Proof:
    """The same for copies that lie apart, up to a sequence number. While they are being added to,
    either may be `ahead` of the other; the caller knows how far."""
    before: Row | None = None
    is_there = noted in ("", GENESIS)
    entries = chain(journal.entries(), repeat(None))
    newest = tables.newest()
    with _little_collected(), progress("Verifying", min(upto, newest.seq) if newest else 0) as step:
        for page in tables.pages(upto=upto):  # a thread beside the engine's own takes longer
            before = _checked(page, entries, before, vault, alone=journal.seq if ahead else END)
            is_there = is_there or any(row.hash == noted for row in page)
            step(len(page))
    seq = before.seq if before else 0
    if seq < journal.seq and not ahead:
        raise Broken(f"record {seq + 1}: it is in the journal only.")
    if not is_there:
        raise Broken(
            f"the head that was noted is not among these {seq} records: something was taken away "
            "or written anew since. Do not go on, and compare with an older backup."
        )
    return Proof(seq, before.hash if before else GENESIS)


@contextmanager
def _little_collected() -> Iterator[None]:
    """Python looks for circles of garbage as often as things are made. Rows by the hundred thousand
    make none, and the looking took a tenth of the time (measured)."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _checked(
    page: list[Row],
    entries: Iterator[Entry | None],
    before: Row | None,
    vault: Vault,
    *,
    alone: int,
) -> Row | None:
    """The last row of a page, once everything on it was found to fit. Raises `Broken`.

    Behind sequence number `alone` nothing has to be in the journal.
    """
    for row in page:
        if what := _misfit(row, next(entries), before, vault, is_alone=row.seq > alone):
            raise Broken(f"{_name(row)}: {what}.")
        before = row
    return before


def _misfit(
    row: Row, entry: Entry | None, before: Row | None, vault: Vault, *, is_alone: bool
) -> str | None:
    """What is wrong with one record, in words; None if nothing is."""
    if row.spelt is None or (before and row.seq == before.seq):
        return "no line of the ledger tells of it"
    head, text = row.spelt.encode(), row.text
    if not ledger.follows(row, head, before):
        return "its line in the ledger does not follow from the one before"
    if text is None:
        return "it is missing from its table"
    if not row.fits or digest(row.salt, text) != row.digest:
        return "it is not what was recorded"
    if not is_alone and (entry is None or entry.head != head):
        return "its line in the journal is another one"
    if entry and entry.text != text:
        return "the journal tells something else"
    return _lost(orjson.loads(text).get("digest"), vault) if b'"digest":' in text else None


def _name(row: Row) -> str:
    if row.spelt is None:
        return f"record {row.seq} ({row.kind})"
    return f"record {row.line.seq} ({row.line.kind})"


def _lost(file: str | None, vault: Vault) -> str | None:
    try:
        if file is not None:
            vault.read(file)
    except Lost:
        return "its file is lost or was changed"
    return None
