"""The day on which every test lives: one of school, in the middle of a term, late in the morning.

Nothing then depends on the day on which the tests are run. The clock goes on from there, and a
server that a test starts is told how far ahead it is. With ANY_DAY the tests take the day of the
machine instead: `make prove` puts that on the days on which software of this kind has failed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from core import clock, rehearsals

MOMENT = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)  # a Tuesday


def is_any() -> bool:
    """Whether the tests take the day of the machine."""
    return bool(os.environ.get("ANY_DAY"))


def begin() -> None:
    """Puts the clock of this process to the day."""
    given = os.environ.get(rehearsals.SETTING)  # by the test that starts this program
    if given:
        clock.run_ahead(timedelta(seconds=float(given)))
    elif not is_any():
        clock.run_ahead(MOMENT - datetime.now(UTC))


def of_the_machine() -> datetime:
    """What the machine's own clock shows: certificates are judged by it, whatever a test thinks."""
    return datetime.now(UTC)


def environment() -> dict[str, str]:
    """What a program is given that a test starts, so that its clock is the test's."""
    ahead = clock.ahead()
    return {rehearsals.SETTING: str(ahead.total_seconds())} if ahead else {}
