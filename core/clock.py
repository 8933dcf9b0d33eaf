"""The only reader of the wall clock, so that every time in the record comes from one place.

A wall clock may be wrong: days ahead, or years behind until the network has put it right. So it
never says which of two things is the newer, and nothing that people wrote is wiped by it alone.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

# By so much a clock may be put right without having been wrong: machines ask the network for the
# time every now and then, and their clocks run a little fast or slow meanwhile.
SLACK = timedelta(minutes=1)

_ahead = timedelta()


def now() -> datetime:
    """The present moment, in UTC and aware of it."""
    return datetime.now(UTC) + _ahead


def ahead() -> timedelta:
    """By how much this process goes before the clock of the machine; below zero, behind it."""
    return _ahead


def run_ahead(by: timedelta) -> None:
    """Lets this process go by another clock than the machine's, which runs on like it.

    For tests; a server does so for a rehearsal alone (`core.rehearsals`).
    """
    global _ahead
    _ahead = by


def is_ahead(at: datetime) -> bool:
    """Whether something that was written down at this moment was written by a clock that was wrong:
    the moment is still to come."""
    return at > now() + SLACK


def running() -> float:
    """Seconds by a clock that nobody can put forward or back, and that begins anew with the
    machine: good for how long something took, and for nothing else."""
    return time.monotonic()
