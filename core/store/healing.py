"""At start the two copies of the record are compared, and each is given the tail that it lacks.

What is added is stored in the database, then in the journal, and only then is anybody told that it
is kept. So there are three cases, and nothing but the lengths is needed to tell them apart:

- the database is ahead by *one* append: the machine stopped in the midst of it, or a disk refused
  the second copy. Nobody was told that it is kept, and nobody is told now that it is finished;
- the database is ahead by more: the journal has lost what was acknowledged, since nothing is added
  before the one before is in both;
- the journal is ahead: the database has lost what was acknowledged, however little.

The last two are damage, or somebody was at the files. They are mended, and that is a record: it is
stored in one transaction with the last of what was lacking, or before, so that no stop in between
leaves a mended record that says nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from core import clock
from core.errors import Refused
from core.store import ledger
from core.store.entry import Entry
from core.store.faults import AlreadyRecorded, Contradiction, Damaged
from core.store.journal import Journal
from core.store.ledger import Line
from core.store.mending import DATABASE, ITSELF, JOURNAL, Mending
from core.store.progress import Progress, silent
from core.store.record import KINDS, Record, Values, columns, digest, moment
from core.store.tables import Tables

GROUP = 2_000  # records in one transaction when many are stored again

log = logging.getLogger(__name__)


class Healed(NamedTuple):
    """The newest line once both copies are as long, and what one of them had lost."""

    head: Line | None
    lost: Mending | None


def heal(tables: Tables, journal: Journal, *, progress: Progress = silent) -> Healed:
    """Brings both copies to the same length, and records what was lost.

    Reads the two ends only, and what one of them lacks. Raises `Contradiction` where they differ,
    `Damaged` where what one lacks cannot be read in the other.
    """
    newest = tables.newest()
    mine = newest.seq if newest else 0
    if journal.is_torn:
        _cut(journal, mine)
    if journal.head and mine >= journal.seq and tables.line(journal.seq) != journal.head.line:
        raise contradiction(journal.seq)
    if lost := what_was_lost(tables, journal):
        whose = journal.path.name if lost.copy == JOURNAL else "the database"
        log.warning("%s lacked %d records; they were added", whose, lost.lacked)
    if lost and lost.copy == DATABASE:
        replay(journal, tables, after=newest, then=[lost], progress=progress)
    elif lost:
        tables.insert(_noted([lost], newest))
    newest = tables.newest()
    if newest and newest.seq > journal.seq:
        journal.write(tables.entries(after=journal.seq))
    return Healed(newest, lost)


def what_was_lost(tables: Tables, journal: Journal) -> Mending | None:
    """What one copy lacks that was acknowledged; None if that is nothing. Only looks."""
    newest = tables.newest()
    mine, theirs = newest.seq if newest else 0, journal.seq
    if theirs > mine:
        return Mending(copy=DATABASE, lacked=theirs - mine, first=mine + 1)
    if tables.appends(after=theirs) > 1:
        return Mending(copy=JOURNAL, lacked=mine - theirs, first=theirs + 1)
    return None


def replay(
    journal: Journal,
    tables: Tables,
    *,
    after: Line | None,
    then: Sequence[Record] = (),
    progress: Progress = silent,
) -> None:
    """Adds to the database what only the journal has, never a part of what belongs together, and
    with the last of it the records `then`.

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
            if before and before.seq == journal.seq:
                pairs += _noted(then, before)
            try:
                tables.insert(pairs)
            except AlreadyRecorded:  # a row is there, and somebody took its line out of the ledger
                raise contradiction(pairs[0][0].seq) from None
            step(len(entries))


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


def _noted(records: Sequence[Record], after: Line | None) -> list[tuple[Line, Values]]:
    return ledger.chain(records, after=after, at=moment(clock.now()), by=ITSELF.id)


def _checked(entry: Entry, before: Line | None) -> tuple[Line, Values]:
    line, values = entry.line, entry.values
    if not ledger.follows(line, entry.head, before) or digest(line.salt, entry.text) != line.digest:
        raise contradiction(line.seq)
    if line.kind not in KINDS or values.keys() - set(columns(line.kind)):
        raise Refused(
            f"Record {line.seq} was written by a newer version of this program: install that one."
        )
    return line, values
