"""The safeguarding team's desk: what cannot wait, and what is stuck, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core import clock, openings, settings
from core.dashboard import children, concerns, searches
from core.dashboard.asking import Asked, Notice
from core.dashboard.searches import near_misses
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store

__all__ = ["KINDS", "Group", "Notice", "near_misses", "now"]

WAYS: Mapping[str, Callable[[Asked], Iterable[Notice]]] = {
    "missing": searches.missing,
    "urgent": concerns.urgent,
    "unaccounted": children.not_accounted,
    "unread": concerns.unread,
    "overdue": concerns.overdue,
    "today": concerns.due_today,
    "silent": concerns.silent,
    "referral": concerns.referrals,
    "search": searches.searched,
    "review": children.reviews_and_orders,
    "transfer": children.transfers_due,
}
KINDS = (*WAYS, "new")


@dataclass(frozen=True)
class Group:
    """What is stuck in the same way. `kind` is one of `KINDS`."""

    kind: str
    notices: tuple[Notice, ...]


def now(store: Store, *, by: Person) -> list[Group]:
    """What cannot wait, group by group in the order of `KINDS`; empty ones are left out.

    That it was opened is recorded, and what is new counts from the time before. Raises
    `NotAllowed`.
    """
    demand(by, Verb.SEE_DASHBOARD)
    school, before = settings.school(store), _last_here(store, by)
    openings.note(store, "dashboard", "", by=by)
    asked = Asked(store, school, by, clock.now())
    groups = [Group(kind, tuple(found(asked))) for kind, found in WAYS.items()]
    groups.append(Group("new", tuple(concerns.new(asked, before))))
    return [group for group in groups if group.notices]


def _last_here(store: Store, by: Person) -> int:
    """The place in the record at which this person last looked, before the reading that goes on
    now; 0 if they never did."""
    sql = """SELECT coalesce(max(seq), 0) AS seq FROM openings
             WHERE what = 'dashboard' AND recorded_by = $me
             AND NOT recorded_at BETWEEN $since AND $now"""
    now = clock.now()
    return store.ask(_Last, sql, me=by.id, since=now - openings.ONE_READING, now=now)[0].seq


@dataclass(frozen=True)
class _Last:
    seq: int
