"""What the record knows already of a missing child, and whom to ring.

It is put before the incident's lead alone, in a session in which the code was given, and never
before a parent or relative of the child, whatever their role in the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import collection, moments, openings, plans, settings
from core.collection import Collector
from core.missing import state
from core.missing.roles import LEAD
from core.missing.shape import Stamp, State
from core.missing.steps import PARENTS, POLICE, PRIVATE
from core.permissions import Verb, may
from core.person import Person
from core.pupils import Pupil
from core.store import Store


@dataclass(frozen=True)
class Known:
    """One thing that the record knows: what it is, and what it says."""

    label: str
    account: str
    since: str = ""


@dataclass(frozen=True)
class Contacts:
    """A child and the adults who may be rung about them, in the order of the list."""

    child: Pupil
    adults: Sequence[Collector]


def is_told(now: State, *, by: Person) -> bool:
    """Whether what the record knows is put before `by`: they lead, and have given the code."""
    lead = now.roles.get(LEAD)
    return lead is not None and lead.person == by.id and may(by, Verb.SEE_KNOWN)


def dangers(now: State, *, by: Person) -> list[Stamp]:
    """The dangers that are ticked and that `by` is told by name: those which say more of a child
    than a search needs, only where `is_told` and to no relative; and to whoever ticked them."""
    leads = is_told(now, by=by) and by.id not in now.relatives
    return [each for key, each in now.dangers.items()
            if key not in PRIVATE or leads or each.person == by.id]  # fmt: skip


def of(store: Store, log: str, *, by: Person) -> Sequence[tuple[Pupil, Sequence[Known]]]:
    """What the record knows of each missing child: court orders, plans, and what every lead should
    know first. Nothing unless `is_told`. That it was read is recorded. Raises `NotThere`."""
    now = state.of(store, log, by=by)
    if not is_told(now, by=by):
        return []
    told = [(child, _known(store, child, by)) for child in now.children]
    for child, known in told:
        if known:
            openings.note(store, "known", child.id, by=by)
    return told


def contacts(store: Store, log: str, *, by: Person) -> Sequence[Contacts]:
    """Whom to ring about each missing child, for whoever leads, rings the parents or speaks with
    the police; never an adult whom an order keeps away. Raises `NotThere`."""
    now = state.of(store, log, by=by)
    rings = (now.roles.get(role) for role in (LEAD, PARENTS, POLICE))
    if not any(holder and holder.person == by.id for holder in rings):
        return []
    ids = [child.id for child in now.children]
    adults, _, orders = collection.about(store, ids, Verb.HAND_OVER, by=by)
    for child in now.children:
        openings.note(store, "contacts", child.id, by=by)
    return [Contacts(child, [a for a in adults if a.pupil == child.id and not a.ended
                             and not collection.kept_away(a.name, [o for o in orders
                                                                   if o.pupil == child.id])])
            for child in now.children]  # fmt: skip


def _known(store: Store, child: Pupil, by: Person) -> list[Known]:
    today = moments.today(settings.school(store).zone)
    _, _, orders = collection.about(store, [child.id], Verb.KEEP_COLLECTION, by=by)
    found = [Known(f"Must not collect: {o.name}", o.account) for o in orders if not o.ended]
    note = plans.note_of(store, child.id, by=by)
    if note:
        found.append(Known("Know this first", note.account))
    current = [p for p in plans.of(store, child.id, by=by) if p.until is None or p.until >= today]
    return [*found, *(Known(plans.KINDS[p.kind], p.note, moments.day(p.since)) for p in current)]
