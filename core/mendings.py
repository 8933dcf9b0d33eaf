"""What a start had to put right in the record, told until two people have seen it.

One copy that lacks what was acknowledged is damage, or somebody took it away on purpose; whoever
did that may be the first to say that it has been seen. So it takes two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core import moments, settings
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.records import MendingSeen
from core.store import Store
from core.store.mending import JOURNAL

EYES = 2  # different people; policy

COPIES = {JOURNAL: ("second copy", "first"), "database": ("first copy", "second")}

WHAT_TO_DO = (
    "If nobody moved or restored files, tell whoever looks after the machine, and keep the newest "
    "backup."
)


@dataclass(frozen=True)
class Notice:
    """What was put right, in words, and whether the reader has said that they saw it."""

    id: str
    sentence: str
    is_seen: bool


def standing(store: Store, *, by: Person) -> list[Notice]:
    """What fewer than two people have seen, the oldest first. Raises `NotAllowed`."""
    demand(by, Verb.SEE_MENDINGS)
    found = store.kept(_unseen)
    zone = settings.school(store).zone
    return [Notice(each.id, _sentence(each, zone), by.id in each.seen_by) for each in found]


def see(store: Store, mending: str, *, by: Person) -> None:
    """Records that `by` has seen it; once is enough. Raises `NotAllowed`, `NotThere`."""
    demand(by, Verb.SEE_MENDINGS)
    with store.alone():
        found = next((each for each in store.kept(_unseen) if each.id == mending), None)
        if found is None:
            raise NotThere("notice")
        if by.id not in found.seen_by:
            store.append(MendingSeen(mending=mending), by=by)


@dataclass(frozen=True)
class _Unseen:
    id: str
    recorded_at: datetime
    copy: str
    lacked: int
    first: int
    seen_by: tuple[str, ...]


def _unseen(store: Store) -> list[_Unseen]:
    sql = """
        SELECT m.id, m.recorded_at, m.copy, m.lacked, m.first,
               coalesce(s.seen_by, []) AS seen_by
        FROM mendings m LEFT JOIN (
            SELECT mending, list(DISTINCT recorded_by) AS seen_by
            FROM mendings_seen GROUP BY mending
        ) s ON s.mending = m.id
        ORDER BY m.seq"""
    return [each for each in store.ask(_Unseen, sql) if len(each.seen_by) < EYES]


def _sentence(each: _Unseen, zone: ZoneInfo) -> str:
    copy, other = COPIES[each.copy]
    at = moments.full(each.recorded_at, zone)
    records = "1 record" if each.lacked == 1 else f"{each.lacked:,} records"
    told = (
        f"The {copy} of the record lacked {records} at the start on {at}. "
        f"They were added from the {other}."
        if each.lacked
        else f"The {copy} of the record was not what was recorded, and was made anew on {at}."
    )
    return f"{told} {WHAT_TO_DO}"
