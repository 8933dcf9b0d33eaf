"""A long chronology, leaf by leaf: the newest entries first, and as many more as somebody asks for.

Filters and the timeline are about the whole record; only the list is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.chronology import Entry
from core.received import Received

LENGTH = 50  # entries


@dataclass(frozen=True)
class Shown:
    """What of the entries is drawn; `newer` and `older` are how many lie on either side."""

    entries: Sequence[Entry]
    newer: int
    older: int


def shown(entries: Sequence[Entry], leaves: int, year: int | None, zone: ZoneInfo) -> Shown:
    """So many leaves of a record, which begin with its newest entry or with the last of a year."""
    first = next((n for n, entry in enumerate(entries) if _is_by(entry, year, zone)), 0)
    some = entries[first : first + leaves * LENGTH]
    return Shown(some, first, len(entries) - first - len(some))


def among(came: Sequence[Received], leaf: Shown) -> list[Received]:
    """What came from other schools while a leaf was written; all of it, if the leaf is the whole
    record."""
    moments = [entry.incident.occurred_at for entry in leaf.entries]
    return [
        each
        for each in came
        if (not leaf.older or each.recorded_at >= min(moments))
        and (not leaf.newer or each.recorded_at <= max(moments))
    ]


def years(entries: Sequence[Entry], zone: ZoneInfo) -> list[int]:
    """The years that can be jumped to, the newest first; none where one leaf holds everything."""
    if len(entries) <= LENGTH:
        return []
    return list(dict.fromkeys(_year(entry, zone) for entry in entries))


def _is_by(entry: Entry, year: int | None, zone: ZoneInfo) -> bool:
    return year is None or _year(entry, zone) <= year


def _year(entry: Entry, zone: ZoneInfo) -> int:
    return entry.incident.occurred_at.astimezone(zone).year
