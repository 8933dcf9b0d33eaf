"""A search to test with: a Monday at two, a log that was begun, and short ways to press things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from core import clock
from core.missing import logs, roles, state, steps
from core.missing.shape import State
from core.person import Person
from tests.core.school import School

MONDAY = date(2026, 9, 14)
At = Callable[[int, int], datetime]


def a_clock(monkeypatch: pytest.MonkeyPatch) -> At:
    """A clock that shows what it is told, at first two in the afternoon in London."""

    def told(hour: int, minute: int) -> datetime:
        moment = datetime.combine(MONDAY, time(hour - 1, minute), UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    told(14, 0)
    return told


def begun(school: School, by: Person | None = None, *, off_site: bool = False) -> str:
    return logs.begin(school.store, off_site=off_site, by=by or school.birch)


def now(school: School, log: str, by: Person | None = None) -> State:
    return state.of(school.store, log, by=by or school.birch)


def done(school: School, log: str, step: str, by: Person | None = None) -> None:
    steps.press(school.store, log, "step", step, "done", by=by or school.birch)


def zone(school: School, log: str, name: str, did: str, by: Person | None = None) -> None:
    steps.press(school.store, log, "zone", name, did, by=by or school.birch)


def leads(school: School, log: str, by: Person) -> None:
    roles.take(school.store, log, roles.LEAD, by=by)
