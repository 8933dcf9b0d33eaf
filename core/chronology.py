"""A pupil's record in the order in which things happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from core import (
    actions,
    attachments,
    body_maps,
    categories,
    charges,
    collection,
    corrections,
    decisions,
    linked,
    openings,
    paper_sources,
    plans,
    pupils,
    received,
    settings,
    significance,
    wrong_clock,
)
from core.charges import InCharge
from core.permissions import NotAllowed, Verb, children, incidents, may
from core.person import Person
from core.plans import Note, Plan
from core.pupils import Pupil
from core.received import Received
from core.records import Incident
from core.store import Store

T = TypeVar("T", actions.Line, decisions.Line, corrections.Line, attachments.Listed, linked.Linked)


@dataclass(frozen=True)
class Wanted:
    """What of a record somebody wants to read. What is empty wants everything.

    `household` adds the incidents about the other children of the household, `errors` those that
    were entered in error.
    """

    categories: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    author: str = ""
    significant: bool = False
    errors: bool = False
    household: bool = False


@dataclass(frozen=True)
class Entry:
    """One incident in a chronology, with what came of it.

    `about` is the child whom the incident is about, `part` the part that this child had in it;
    empty where it is about this child. `linked` are the others who took part. `wrong_at` are the
    moments of it, and of what stands beneath it, at which the clock of the machine was wrong.
    """

    incident: Incident
    recorded_at: datetime
    author: str
    author_id: str
    about: str
    about_id: str
    part: str
    in_error: bool
    outcome: str
    actions: tuple[actions.Line, ...]
    decisions: tuple[decisions.Line, ...]
    corrections: tuple[corrections.Line, ...]
    linked: tuple[linked.Linked, ...]
    files: tuple[attachments.Listed, ...]
    body_maps: tuple[body_maps.Drawn, ...]
    meaning: significance.Meaning | None
    paper: paper_sources.Source | None
    wrong_at: frozenset[datetime] = frozenset()

    @property
    def written_at(self) -> Iterator[datetime]:
        """When it was written down, and whatever stands beneath it."""
        beneath = (*self.actions, *self.decisions, *self.corrections, *self.body_maps)
        return wrong_clock.moments_of((self, *beneath))

    @property
    def source(self) -> str:
        """Who wrote it, and who entered it where they wrote on paper."""
        return self.paper.said(self.author) if self.paper else self.author

    @property
    def title(self) -> str:
        """Number and categories, as people call an incident."""
        return f"#{self.incident.number} {categories.names(self.incident.categories)}"


@dataclass(frozen=True)
class Chronology:
    """A pupil and their entries: what happened last is first, whenever it was written down.

    `in_error` are as many as were entered in error, wanted or not.
    `collected_by` and `kept_from` are the adults who may collect the pupil and who must not.
    `categories` and `authors` (by id) are those of the whole record, to choose from. `received` is
    what other schools sent, where no kind of entry is asked for.
    """

    pupil: Pupil
    entries: tuple[Entry, ...]
    received: tuple[Received, ...]
    in_error: int
    household: tuple[Pupil, ...]
    plans: tuple[Plan, ...]
    note: Note | None
    in_charge: InCharge | None
    collected_by: tuple[str, ...]
    kept_from: tuple[str, ...]
    categories: tuple[str, ...]
    agencies: tuple[str, ...]
    authors: dict[str, str]


def of(store: Store, pupil_id: str, wanted: Wanted | None = None, *, by: Person) -> Chronology:
    """The record of a pupil, as far as it is wanted; that it was opened is recorded first.

    Holds the incidents about the pupil and those in which they took part, except where a conflict
    of interest hides one. Raises `NotAllowed`, `NotThere`.
    """
    if not may(by, Verb.SEE_CHRONOLOGY):
        raise NotAllowed
    wanted = wanted or Wanted()
    pupil = pupils.of(store, pupil_id, by=by)
    openings.note(store, "chronology", pupil_id, by=by)
    household = store.kept(_household, pupil, by)
    read = [pupil.id, *(child.id for child in household if wanted.household)]
    every = store.kept(_entries, pupil.id, tuple(read), by)
    zone = settings.school(store).zone
    shown = _with_wrong_clock(store, [e for e in every if _is_wanted(e, wanted, zone)])
    whole = [entry for entry in every if not entry.in_error]
    collected_by, kept_from = store.kept(_collection, pupil.id, by)
    return Chronology(
        pupil=pupil,
        entries=shown,
        received=tuple(_came(store, pupil_id, wanted, zone, by)),
        in_error=len(every) - len(whole),
        household=household,
        plans=plans.of(store, pupil_id, by=by),
        note=plans.note_of(store, pupil_id, by=by),
        in_charge=charges.of(store, pupil_id, by=by),
        collected_by=collected_by,
        kept_from=kept_from,
        categories=_distinct(key for entry in whole for key in entry.incident.categories),
        agencies=_distinct(key for entry in whole for key in entry.incident.agencies),
        authors={entry.author_id: entry.author for entry in whole},
    )


def _with_wrong_clock(store: Store, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, each with the moments at which the clock was wrong: it may turn out later."""
    wrong = wrong_clock.among(store, (at for entry in entries for at in entry.written_at))
    return tuple(
        replace(entry, wrong_at=wrong.intersection(entry.written_at)) if wrong else entry
        for entry in entries
    )


def _came(
    store: Store, pupil: str, wanted: Wanted, zone: ZoneInfo, by: Person
) -> Iterator[Received]:
    """What came in the time that is wanted; it is of no category, author or meaning of ours."""
    if wanted.categories or wanted.author or wanted.significant:
        return
    for each in received.about(store, pupil, by=by):
        day = each.recorded_at.astimezone(zone).date()
        if (wanted.since or day) <= day <= (wanted.until or day):
            yield each


def _is_wanted(entry: Entry, wanted: Wanted, zone: ZoneInfo) -> bool:
    day = entry.incident.occurred_at.astimezone(zone).date()
    return (
        (wanted.errors or not entry.in_error)
        and (not wanted.categories or bool({*wanted.categories} & {*entry.incident.categories}))
        and (wanted.since is None or day >= wanted.since)
        and (wanted.until is None or day <= wanted.until)
        and (not wanted.author or entry.author_id == wanted.author)
        and (not wanted.significant or entry.meaning is not None)
    )


def _entries(store: Store, pupil: str, read: tuple[str, ...], by: Person) -> tuple[Entry, ...]:
    condition = f"c.pupil IN $read AND {incidents(by, Verb.SEE_CHRONOLOGY)}"
    source = f"FROM concerned c JOIN incidents_now i ON i.id = c.incident WHERE {condition}"
    values = {"read": list(read), "me": by.id}
    recorded = {i.id: i for i in store.ask(Incident, f"SELECT DISTINCT i.* {source}", **values)}
    stamps = store.ask(_Stamp, STAMPS.format(source=source), pupil=pupil, **values)
    beneath = [_Beneath.of(store, each, by) for each in read]
    return tuple(_entry(stamp, recorded[stamp.id], beneath, pupil) for stamp in stamps)


STAMPS = """
    SELECT t.*, coalesce(w.name, '') AS author, p.name AS about, coalesce(l.part, '') AS part,
           coalesce(s.outcome, '') AS outcome
    FROM (SELECT DISTINCT i.id, i.seq, i.recorded_at, i.recorded_by AS author_id, i.occurred_at,
                 i.pupil AS about_id, i.in_error {source}) t
    JOIN pupils p ON p.id = t.about_id
    LEFT JOIN people w ON w.id = t.author_id
    LEFT JOIN statuses_now s ON s.incident = t.id
    LEFT JOIN linked_pupils l ON l.incident = t.id AND l.pupil = $pupil
    ORDER BY t.occurred_at DESC, t.seq DESC
"""


@dataclass(frozen=True)
class _Stamp:
    id: str
    recorded_at: datetime
    author: str
    author_id: str
    about: str
    about_id: str
    part: str
    in_error: bool
    outcome: str


@dataclass(frozen=True)
class _Beneath:
    """What belongs to the incidents of one child, by the incident's id."""

    actions: dict[str, list[actions.Line]]
    decisions: dict[str, list[decisions.Line]]
    corrections: dict[str, list[corrections.Line]]
    linked: dict[str, list[linked.Linked]]
    files: dict[str, list[attachments.Listed]]
    maps: tuple[body_maps.Drawn, ...]
    meanings: dict[str, significance.Meaning]
    papers: dict[str, paper_sources.Source]

    @classmethod
    def of(cls, store: Store, pupil: str, by: Person) -> _Beneath:
        return cls(
            _by_incident(actions.about(store, pupil, by=by)),
            _by_incident(decisions.about(store, pupil, by=by)),
            _by_incident(corrections.about(store, pupil, by=by)),
            _by_incident(linked.about(store, pupil, by=by)),
            _by_incident(attachments.about(store, pupil, by=by)),
            body_maps.about(store, pupil, by=by),
            significance.about(store, pupil, by=by),
            paper_sources.about(store, pupil, by=by),
        )


def _entry(stamp: _Stamp, incident: Incident, beneath: list[_Beneath], pupil: str) -> Entry:
    """What stands beneath an incident is found with each child whom it concerns: once will do."""
    lines = next((b.actions[stamp.id] for b in beneath if stamp.id in b.actions), [])
    decided = next((b.decisions[stamp.id] for b in beneath if stamp.id in b.decisions), [])
    corrected = next((b.corrections[stamp.id] for b in beneath if stamp.id in b.corrections), [])
    linked_ = next((b.linked[stamp.id] for b in beneath if stamp.id in b.linked), [])
    files = next((b.files[stamp.id] for b in beneath if stamp.id in b.files), [])
    return Entry(
        incident=incident,
        recorded_at=stamp.recorded_at,
        author=stamp.author,
        author_id=stamp.author_id,
        about=stamp.about,
        about_id=stamp.about_id,
        part=stamp.part,
        in_error=stamp.in_error,
        outcome=stamp.outcome,
        actions=tuple(lines),
        decisions=tuple(decided),
        corrections=tuple(corrected),
        linked=tuple(each for each in linked_ if each.pupil != pupil),
        files=tuple(files),
        body_maps=tuple(m for b in beneath for m in b.maps if m.map.incident == stamp.id),
        meaning=next((b.meanings[stamp.id] for b in beneath if stamp.id in b.meanings), None),
        paper=next((b.papers[stamp.id] for b in beneath if stamp.id in b.papers), None),
    )


def _by_incident(lines: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for line in lines:
        found[line.incident].append(line)
    return dict(found)


def _household(store: Store, pupil: Pupil, by: Person) -> tuple[Pupil, ...]:
    """The other children of the household, on roll, whatever their surnames."""
    if not pupil.household:
        return ()
    sql = f"""FROM pupils p WHERE p.household = $household AND p.id <> $pupil
              AND p.left_on IS NULL AND {children(by, Verb.SEE_CHRONOLOGY)}
              ORDER BY p.born_on, p.id"""
    return tuple(store.ask(Pupil, sql, household=pupil.household, pupil=pupil.id, me=by.id))


def _collection(store: Store, pupil: str, by: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    adults, _, orders = collection.about(store, [pupil], Verb.SEE_CHRONOLOGY, by=by)
    kept_from = [order for order in orders if not order.ended]
    may_come = [each for each in adults if not each.ended]
    return (
        tuple(a.said for a in may_come if not collection.kept_away(a.name, kept_from)),
        tuple(order.name for order in kept_from),
    )


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
