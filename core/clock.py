"""The only reader of the wall clock, so that every time in the record comes from one place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
