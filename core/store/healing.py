"""At start the two copies of the record are compared, and each is given the tail that it lacks."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from core.errors import Refused
from core.store import ledger
from core.store.entry import Entry
from core.store.faults import AlreadyRecorded, Contradiction, Damaged
from core.store.journal import Journal
from core.store.ledger import Line
from core.store.progress import Progress, silent
from core.store.record import KINDS, Values, columns, digest
from core.store.tables import Tables

GROUP = 2_000  # records in one transaction when many are stored again

log = logging.getLogger(__name__)


def heal(tables: Tables, journal: Journal, *, progress: Progress = silent) -> Line | None:
    """Brings both copies to the same length and returns the newest line.

    Reads the two ends only, and what one of them lacks. Raises `Contradiction` where they differ,
    `Damaged` where what one lacks cannot be read in the other.
    """
    newest = tables.newest()
    mine = newest.seq if newest else 0
    if journal.is_torn:
        _cut(journal, mine)
    if journal.head and mine >= journal.seq and tables.line(journal.seq) != journal.head.line:
        raise contradiction(journal.seq)
    if mine > journal.seq:
        log.warning("%s lacked %d records; they were added", journal.path.name, mine - journal.seq)
        complete(journal, tables)
    elif journal.seq > mine:
        log.warning("the database lacked %d records; they were added", journal.seq - mine)
        replay(journal, tables, after=newest, progress=progress)
    return tables.newest()


def complete(journal: Journal, tables: Tables) -> None:
    """Adds to the journal what only the database has. Raises `OSError` if the disk refuses."""
    journal.write(tables.entries(after=journal.seq))


def replay(
    journal: Journal, tables: Tables, *, after: Line | None, progress: Progress = silent
) -> None:
    """Adds to the database what only the journal has, never a part of what belongs together.

    Each entry must follow from the one before it, its record must be the one that was hashed, and
    nothing of it may be there already; raises `Contradiction` otherwise. Raises `Refused` for a
    kind or a field that is unknown today: it would get lost.
    """
    before, seq = after, after.seq if after else 0
    with progress("Storing", journal.seq - seq) as step:
        for entries in _groups(journal.entries(after=seq)):
            pairs: list[tuple[Line, Values]] = []
            for entry in entries:
                pairs.append(_checked(entry, before))
                before = pairs[-1][0]
            try:
                tables.insert(pairs)
            except AlreadyRecorded:  # a row is there, and somebody took its line out of the ledger
                raise contradiction(pairs[0][0].seq) from None
            step(len(pairs))


def contradiction(seq: int) -> Contradiction:
    """What is told about two copies that differ from a sequence number on."""
    return Contradiction(
        f"The two copies of the record differ at record {seq}: do not go on, "
        "and restore the newest backup that verifies."
    )


def _cut(journal: Journal, mine: int) -> None:
    """Takes an unreadable end off the journal, if the database holds what it said.

    An unfinished line or company was never acknowledged: the answer is given after the fsync. A
    finished line that cannot be read was, and must be there in the database.
    """
    if journal.unread > max(0, mine - journal.seq):
        raise Damaged(
            f"{journal.path.name} cannot be read behind record {journal.seq}, and the database "
            "does not hold what follows: restore the newest backup that verifies."
        )
    log.warning("%s could not be read to its end; the rest was taken off", journal.path.name)
    journal.cut()


def _groups(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries in large groups, each of which ends where something was stored together."""
    group: list[Entry] = []
    for entry in entries:
        group.append(entry)
        if entry.closes and len(group) >= GROUP:
            yield group
            group = []
    if group:
        yield group


def _checked(entry: Entry, before: Line | None) -> tuple[Line, Values]:
    line, values = entry.line, entry.values
    if not ledger.follows(line, entry.head, before) or digest(line.salt, entry.text) != line.digest:
        raise contradiction(line.seq)
    if line.kind not in KINDS or values.keys() - set(columns(line.kind)):
        raise Refused(
            f"Record {line.seq} was written by a newer version of this program: install that one."
        )
    return line, values
