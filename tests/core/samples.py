"""The plainest things to record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.person import SYSTEM
from core.records import Alert, Incident, Setting
from core.store import Record, Store

KEY = bytes(range(32))
OTHER_KEY = bytes(32)


def setting(value: str, **fields: Any) -> Setting:
    """The plainest record there is."""
    return Setting(name="motto", value=value, **fields)


def incident(number: int, **fields: Any) -> Incident:
    """An incident with a little of everything."""
    return Incident(
        number=number,
        pupil="p1",
        occurred_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        account="He hid under the table.",
        parents_contacted=False,
        categories=("injury", "behaviour"),
        **fields,
    )


def batch(number: int) -> list[Record]:
    """What is stored together: an incident and three alerts."""
    told = incident(number)
    return [told, *(Alert(person=f"s{n}", incident=told.id) for n in range(3))]


def add(store: Store, *values: str) -> None:
    """Adds a setting for each value, each on its own."""
    for value in values:
        store.append(setting(value), by=SYSTEM)
