"""How a child's record stands at the moment of a report to a conference.

It is kept with the report as JSON, so that the same report can be made again when entries have
been added, plans have ended and the child has another class.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core import categories, chronology, moments, pieces, plans, settings
from core.chronology import Entry
from core.person import Person
from core.plans import Plan
from core.pupils import Pupil
from core.reports import bodies, entries
from core.reports.entries import Row
from core.reports.paper import Said, told
from core.store import Store


@dataclass(frozen=True)
class Quoted:
    """Words of the child in a significant event: when, and who wrote them down."""

    text: str
    when: str
    heard_by: str
    number: int


@dataclass(frozen=True)
class Standing:
    """What the record says of a child, in the words of the report. The oldest event is first."""

    name: str
    born: str
    author: str
    made: str
    facts: tuple[Said, ...]
    siblings: tuple[Said, ...]
    agencies: str
    plans: tuple[Said, ...]
    involvement: tuple[Said, ...]
    counts: tuple[Said, ...]
    events: tuple[Row, ...]
    child_words: tuple[Quoted, ...]


@dataclass(frozen=True)
class Found:
    """The standing, and the ids of the incidents on which it rests, the told ones first."""

    standing: Standing
    rests_on: tuple[str, ...]


def of(store: Store, pupil: str, at: datetime, *, by: Person) -> Found:
    """How the record of a pupil stands; that it was read is recorded first.

    Raises `NotAllowed`, `NotThere`.
    """
    found, zone = chronology.of(store, pupil, by=by), settings.school(store).zone
    oldest_first = found.entries[::-1]
    told_ = [entry for entry in oldest_first if entry.meaning]
    standing = Standing(
        name=found.pupil.name,
        born=moments.day(found.pupil.born_on),
        author=f"{by.name}, {by.post}" if by.post else by.name,
        made=moments.full(at, zone),
        facts=_facts(found.pupil),
        siblings=tuple(_sibling(child) for child in found.household),
        agencies=categories.agency_names(found.agencies),
        plans=tuple(_plan(plan) for plan in found.plans),
        involvement=_involvement(oldest_first, len(told_), zone),
        counts=_counts(oldest_first),
        events=tuple(_event(entry, pupil, zone) for entry in told_),
        child_words=tuple(_quoted(entry, zone) for entry in told_ if entry.incident.child_words),
    )
    ids = [entry.incident.id for entry in (*told_, *oldest_first)]
    return Found(standing, tuple(dict.fromkeys(ids)))


def _facts(pupil: Pupil) -> tuple[Said, ...]:
    left = f" (left {moments.day(pupil.left_on)})" if pupil.left_on else ""
    return told(
        {
            "Name": pupil.name,
            "Known as": pupil.known_as,
            "Date of birth": moments.day(pupil.born_on),
            "Class": pupil.class_name + left,
            "Unique pupil number": pupil.upn,
        }
    )


def _sibling(child: Pupil) -> Said:
    return Said(child.name, f"born {moments.day(child.born_on)}, {child.class_name}")


def _plan(plan: Plan) -> Said:
    dates = f"since {moments.day(plan.since)}"
    dates += f", until {moments.day(plan.until)}" if plan.until else ""
    dates += f", next review {moments.day(plan.review_on)}" if plan.review_on else ""
    return Said(plans.KINDS[plan.kind], f"{dates}. {plan.note}" if plan.note else f"{dates}.")


def _involvement(whole: tuple[Entry, ...], events: int, zone: ZoneInfo) -> tuple[Said, ...]:
    """From when until when, and how much: an entry in two categories counts in both."""
    concerns = [e.incident for e in whole if {*e.incident.categories} - pieces.NOT_A_CONCERN]
    if not concerns:
        return (Said("Entries in the record", str(len(whole))),)
    first, last = concerns[0], concerns[-1]
    return (
        Said("First concern", moments.full(first.occurred_at, zone, about=first.about_time)),
        Said("Latest concern", moments.full(last.occurred_at, zone, about=last.about_time)),
        Said("Over", moments.length(last.occurred_at - first.occurred_at)),
        Said("Entries in the record", str(len(whole))),
        Said("Significant events", str(events)),
    )


def _counts(whole: tuple[Entry, ...]) -> tuple[Said, ...]:
    counted = Counter(key for entry in whole for key in entry.incident.categories)
    return tuple(Said(categories.names([key]), str(n)) for key, n in counted.most_common())


def _event(entry: Entry, pupil: str, zone: ZoneInfo) -> Row:
    """The child's words stand in a section of their own, and body maps are told in words."""
    row = entries.row(entry, (), pupil, zone, actions=True, maps=True)
    maps = (Said("Body map", bodies.in_words(sheet)) for sheet in row.maps)
    event = (*(said for said in row.event if not said.quoted), *maps)
    flags = tuple(flag for flag in row.flags if flag != "Significant event")
    return replace(row, event=event, flags=flags, maps=())


def _quoted(entry: Entry, zone: ZoneInfo) -> Quoted:
    incident = entry.incident
    when = moments.full(incident.occurred_at, zone, about=incident.about_time)
    return Quoted(incident.child_words, when, entry.author, incident.number)
