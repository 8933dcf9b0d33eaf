"""Counting the children of an outing: the stages one after the other, and each group by name.

A count that lacks a child, or has one too many, blocks the next stage: the group is counted again,
or a child is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from core import head_counts
from core.errors import Refused
from core.forms import Incomplete
from core.head_counts import AT_SCHOOL, SCHOOL, STAGES, Counted, Now
from core.outing_plans import open_one
from core.permissions import NotThere
from core.person import Person
from core.records import HeadCount, MissingAtCount, OutingRound
from core.store import Store

NOBODYS = "A student is in nobody’s group: give each one adult, and count that group."
BLOCKED = "A count does not match: count this group again, or say that a child is missing."


def move_on(
    store: Store, outing: str, stage: str, place: str = "", reason: str = "", *, by: Person
) -> None:
    """Begins the counts of the next stage. Two who begin the same stage at once begin it once.

    Raises `NotThere`, `Refused` while a count does not match or has not every child, and
    `Incomplete` where groups were not counted and nobody says why.
    """
    with store.alone():
        now = _under_way(store, outing, by)
        if stage not in STAGES:
            raise NotThere("stage")
        demand_match(now)
        if now.round.stage == stage and now.uncounted:
            return
        if now.uncounted and not reason.strip():
            asked = "Please count every group first, or write why one is not counted."
            raise Incomplete({"reason": asked})
        where = place.strip() or (SCHOOL if stage in AT_SCHOOL else now.outing.place)
        store.append(OutingRound(outing=outing, stage=stage, place=where, reason=reason), by=by)


def demand_match(now: Now) -> None:
    """Raises `Refused` while a count does not match, or a child is in nobody's group."""
    if now.blocks:
        raise Refused(BLOCKED)
    if now.unallocated:
        raise Refused(NOBODYS)


def count(
    store: Store, outing: str, round_id: str, adult: str, here: Sequence[str], *,
    stamp: str, extra: int = 0, note: str = "", by: Person,
) -> None:  # fmt: skip
    """Records who of a group is here by name, and how many are who should not be. `stamp` is that
    of the group as it was seen.

    Raises `NotThere`, `Incomplete`, and `Refused` if the group or the stage has changed since.
    """
    with store.alone():
        now = _under_way(store, outing, by)
        group = _the(now, adult).group
        if group.stamp != stamp or now.round.id != round_id:
            raise Refused("The group or the stage has changed: look again, and count once more.")
        if set(here) - set(group.ids):
            raise Refused("The count has a child who is not of this group: count by its names.")
        if extra < 0 or (extra and not note.strip()):
            raise Incomplete({"note": "Please write who is with the group and should not be."})
        told = HeadCount(outing=outing, round=round_id, adult=adult, expected=group.ids,
                         here=tuple(dict.fromkeys(here)), extra=extra, note=note)  # fmt: skip
        store.append(told, by=by)


def is_missing(store: Store, outing: str, adult: str, *, by: Person) -> None:
    """Records that the children whom a count of this group lacked are missing; once. Raises
    `NotThere`, and `Refused` where nobody lacks."""
    with store.alone():
        now = _under_way(store, outing, by)
        found = _the(now, adult)
        if now.missing & set(found.group.ids) and not found.lost:
            return
        if not found.lost:
            raise Refused("No count of this group lacks a child: count it again first.")
        store.append(MissingAtCount(outing=outing, pupils=tuple(sorted(found.lost))), by=by)


def _under_way(store: Store, outing: str, by: Person) -> Now:
    if open_one(store, outing, by=by).state != "started":
        raise NotThere("outing under way")
    return head_counts.now(store, outing, by=by)


def _the(now: Now, adult: str) -> Counted:
    found = next((each for each in now.groups if each.group.adult.id == adult), None)
    if found is None:
        raise NotThere("group on this outing")
    return found
