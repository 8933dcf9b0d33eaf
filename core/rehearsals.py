"""A rehearsal: a school that is made up, to try things out, to test and to measure.

Its first record says so, which nobody can add later. It alone may go by another clock than the
machine's: in a real school a setting that moves every time in the record would be a way to lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from core import clock, machine
from core.errors import Refused
from core.person import SYSTEM
from core.records import Rehearsal
from core.store import Store

SETTING = "CLOCK_AHEAD"  # seconds by which the clock is ahead of the machine's

NO_NUMBER = f"{SETTING} is not a number of seconds: mend it, or leave it out."
NO_REHEARSAL = f"This is a real school, and goes by the clock of the machine: leave {SETTING} out."
LATE = "This record has begun already: only an empty one can become a rehearsal."
OTHER_CLOCK = "This is a rehearsal: its clock is not the clock of the machine."


@dataclass(frozen=True)
class _First:
    kind: str


def begin(store: Store) -> None:
    """Makes a rehearsal of an empty record. Raises `Refused` if anything was recorded in it."""
    with store.alone():
        if store.head:
            raise Refused(LATE)
        store.append(Rehearsal(), by=SYSTEM)


def is_one(store: Store) -> bool:
    """Whether the first record says that this school is a rehearsal."""
    first = store.ask(_First, "SELECT kind FROM ledger WHERE seq = 1")
    return [each.kind for each in first] == [Rehearsal.TABLE]


def take_clock(store: Store) -> None:
    """Goes by the clock that the setting asks for, if it is there; an empty record becomes a
    rehearsal. Raises `Refused` where the school is a real one, or the setting is no number."""
    if not (seconds := machine.value("CLOCK_AHEAD")):
        return
    if not machine.sound("CLOCK_AHEAD"):
        raise Refused(NO_NUMBER)
    if store.head is None:
        begin(store)
    if not is_one(store):
        raise Refused(NO_REHEARSAL)
    clock.run_ahead(timedelta(seconds=float(seconds)))


def warnings(store: Store) -> Iterator[str]:
    """What whoever looks at this school has to know."""
    if clock.ahead() and is_one(store):
        yield OTHER_CLOCK
