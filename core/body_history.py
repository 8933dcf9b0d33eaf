"""Body maps together: every mark that was ever seen on a child, in the order in which it was seen.

A mark stays on the outline that it was set on. Children grow, and outlines are drawn anew: what was
set on another build or edition is shown apart, and never moved to where it might have been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

from core import body_maps, openings, outlines, pupils, settings
from core.body_maps import Drawn
from core.permissions import NotAllowed, Verb, incidents, may
from core.person import Person
from core.pupils import Pupil
from core.records import BodyMark
from core.store import Store


@dataclass(frozen=True)
class Sighting:
    """A mark among all marks of a child. `number` counts them in order of time; `incident` is the
    number of the incident that its map belongs to."""

    number: int
    day: date
    incident: int
    edition: str
    build: str
    mark: BodyMark


@dataclass(frozen=True)
class Outline:
    """One view of one build and edition, with what was seen there, the oldest first."""

    edition: str
    build: str
    view: str
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True)
class History:
    """A child and everything that was seen on them, the oldest first."""

    pupil: Pupil
    sightings: tuple[Sighting, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something was seen."""
        return tuple(dict.fromkeys(each.day for each in self.sightings))

    def until(self, day: date) -> History:
        """What had been seen by the end of a day, under the same numbers."""
        return History(self.pupil, tuple(each for each in self.sightings if each.day <= day))

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outlines that have marks: those of the newest mark first, each with its views in
        their order."""
        drawings = {(each.edition, each.build): 0 for each in reversed(self.sightings)}
        return tuple(
            Outline(edition, build, view, found)
            for edition, build in drawings
            for view in outlines.VIEWS
            if (found := self._on(edition, build, view))
        )

    def freshness(self, sighting: Sighting) -> float:
        """1 for what was seen last, 0 for what was seen first, by the days and not by the time
        between them: a year without a mark makes what came before it no fainter."""
        days = self.days
        return days.index(sighting.day) / (len(days) - 1) if len(days) > 1 else 1.0

    def _on(self, edition: str, build: str, view: str) -> tuple[Sighting, ...]:
        return tuple(
            each for each in self.sightings
            if (each.edition, each.build, each.mark.view) == (edition, build, view)
        )  # fmt: skip


def of(store: Store, pupil_id: str, *, by: Person) -> History:
    """Everything that was seen on a pupil; that it was opened is recorded first.

    Without what was entered in error, and without what a conflict of interest hides. Raises
    `NotAllowed`, `NotThere`.
    """
    if not may(by, Verb.SEE_CHRONOLOGY):
        raise NotAllowed
    pupil = pupils.of(store, pupil_id, by=by)
    openings.note(store, "body maps", pupil_id, by=by)
    return History(pupil, tuple(_sightings(store, pupil_id, by)))


def _sightings(store: Store, pupil: str, by: Person) -> Iterable[Sighting]:
    sql = f"""SELECT i.id, i.number FROM incidents_now i
              WHERE i.pupil = $pupil AND NOT i.in_error
              AND {incidents(by, Verb.SEE_CHRONOLOGY)}"""
    numbers = {e.id: e.number for e in store.ask(_Numbered, sql, pupil=pupil, me=by.id)}
    maps = [m for m in body_maps.about(store, pupil, by=by) if m.map.incident in numbers]
    zone, running = settings.school(store).zone, count(1)
    for each in sorted(maps, key=_seen_at):
        day, incident = each.map.seen_at.astimezone(zone).date(), numbers[each.map.incident]
        for mark in each.marks:
            yield Sighting(next(running), day, incident, each.map.edition, each.map.build, mark)


def _seen_at(drawn: Drawn) -> float:
    return drawn.map.seen_at.timestamp()


@dataclass(frozen=True)
class _Numbered:
    id: str
    number: int
