"""Head counts as they stand: at each stage of an outing every group is counted by its names.

A total that is right says little: a child may have been swapped for a stranger's. Of two who count
the same group at once both counts are kept, and the newest is how it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import outings, people
from core.outings import Child, Group, Outing
from core.permissions import NotThere
from core.person import Person
from core.store import Store

# In the order in which most outings come to them; each can come as often as it does.
STAGES: Mapping[str, str] = {
    "leaving": "Leaving",
    "boarding": "Boarding",
    "arriving": "Arriving",
    "before": "Before an activity",
    "after": "After an activity",
    "meal": "At a meal",
    "boarding_back": "Boarding for the way back",
    "back": "Back at school",
    "between": "In between",
}
SCHOOL = "School"
AT_SCHOOL = ("leaving", "boarding", "back")


@dataclass(frozen=True)
class Round:
    """A stage at which every group is counted; `reason` is why one was not at the stage before."""

    id: str
    stage: str
    place: str
    reason: str
    author: str
    recorded_at: datetime

    @property
    def name(self) -> str:
        """“Boarding”."""
        return STAGES[self.stage]


@dataclass(frozen=True)
class Count:
    """Who was there of a group, as somebody counted it."""

    seq: int
    id: str
    round: str
    adult: str
    expected: tuple[str, ...]
    here: tuple[str, ...]
    extra: int
    note: str
    author: str
    recorded_at: datetime

    @property
    def lacks(self) -> frozenset[str]:
        """The children who were not there."""
        return frozenset(self.expected) - frozenset(self.here)

    @property
    def said(self) -> str:
        """“5 of 6 here”."""
        more = f", and {self.extra} who should not be" if self.extra else ""
        return f"{len(self.here)} of {len(self.expected)} here{more}"


@dataclass(frozen=True)
class Counted:
    """A group at a stage, with its newest count; `lost` are the children whom a count lacked, whom
    none has found since, and of whom nobody has said that they are missing."""

    group: Group
    count: Count | None
    lost: frozenset[str]

    @property
    def is_counted(self) -> bool:
        """Whether the group has been counted as it is now."""
        return self.count is not None and set(self.count.expected) == set(self.group.ids)

    @property
    def blocks(self) -> bool:
        """Whether the group is to be counted again, or a child is missing."""
        return bool(self.lost or (self.count and self.count.extra))


@dataclass(frozen=True)
class Now:
    """How an outing stands at its newest stage. `missing` are the children of whom somebody said
    so, and whom no count has found since; `unallocated` are in nobody's group, so no count has
    them."""

    outing: Outing
    round: Round
    groups: Sequence[Counted]
    missing: frozenset[str]
    unallocated: Sequence[Child]

    @property
    def uncounted(self) -> list[Counted]:
        """The groups that nobody has counted at this stage as they are now."""
        return [each for each in self.groups if not each.is_counted]

    @property
    def blocks(self) -> list[Counted]:
        """The groups whose count does not match."""
        return [each for each in self.groups if each.blocks]

    @property
    def next(self) -> str:
        """The stage that comes after this one on most outings; empty after the last."""
        order = list(STAGES)
        last = self.round.stage in ("back", "between")
        return "" if last else order[order.index(self.round.stage) + 1]


def now(store: Store, outing: str, *, by: Person) -> Now:
    """How the counts of an outing stand. Raises `NotThere`, also before it has started."""
    whole = outings.open(store, outing, by=by)
    stages = store.kept(_rounds, outing)
    if not stages:
        raise NotThere("outing under way")
    counts = store.kept(_counts, outing)
    newest = {each.adult: each for each in counts if each.round == stages[-1].id}
    lost, missing = _not_found(counts, store.kept(_reports, outing))
    groups = [Counted(group, newest.get(group.adult.id), lost & set(group.ids))
              for group in whole.groups if group.children]  # fmt: skip
    return Now(whole.outing, stages[-1], groups, missing, whole.unallocated)


def history(store: Store, outing: str, *, by: Person) -> list[Count]:
    """Every count of an outing, the newest first. Raises `NotThere`."""
    outings.known(store, outing, by=by)
    return [*store.kept(_counts, outing)][::-1]


def rounds(store: Store, outing: str, *, by: Person) -> list[Round]:
    """Every stage to which an outing came, the newest first. Raises `NotThere`."""
    outings.known(store, outing, by=by)
    return [*store.kept(_rounds, outing)][::-1]


def _not_found(
    counts: Sequence[Count], reports: Sequence[_Report]
) -> tuple[frozenset[str], frozenset[str]]:
    """Who is lost and who is missing, after everything that was recorded in its order."""
    lost: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    told: list[Count | _Report] = [*counts, *reports]
    for each in sorted(told, key=lambda each: each.seq):
        if isinstance(each, Count):
            missing -= set(each.here)
            lost = (lost | each.lacks) - set(each.here) - missing
        else:
            missing |= set(each.pupils)
            lost -= missing
    return lost, missing


def _rounds(store: Store, outing: str) -> tuple[Round, ...]:
    authors = people.names(store)
    sql = "FROM outing_rounds WHERE outing = $outing ORDER BY seq"
    found = store.ask(_Round, sql, outing=outing)
    return tuple(
        Round(r.id, r.stage, r.place, r.reason, authors.get(r.recorded_by, ""), r.recorded_at)
        for r in found
    )


def _counts(store: Store, outing: str) -> tuple[Count, ...]:
    sql = """SELECT c.*, coalesce(p.name, '') AS author
             FROM head_counts c LEFT JOIN people p ON p.id = c.recorded_by
             WHERE c.outing = $outing ORDER BY c.seq"""
    return tuple(store.ask(Count, sql, outing=outing))


def _reports(store: Store, outing: str) -> tuple[_Report, ...]:
    sql = "SELECT seq, pupils FROM missing_at_counts WHERE outing = $outing"
    return tuple(store.ask(_Report, sql, outing=outing))


@dataclass(frozen=True)
class _Report:
    seq: int
    pupils: tuple[str, ...]


@dataclass(frozen=True)
class _Round:
    id: str
    stage: str
    place: str
    reason: str
    recorded_by: str
    recorded_at: datetime
