"""A pupil's record in the order in which things happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import actions, body_maps, categories, openings, pupils
from core.permissions import NotAllowed, Verb, incidents, may
from core.person import Person
from core.pupils import Pupil
from core.records import Incident
from core.store import Store


@dataclass(frozen=True)
class Entry:
    """One incident in a chronology, with its actions.

    `about` is the child whom the incident is about, `part` the part that this child had in it;
    empty where it is about this child.
    """

    incident: Incident
    recorded_at: datetime
    author: str
    about: str
    part: str
    actions: tuple[actions.Line, ...]
    body_maps: tuple[body_maps.Drawn, ...]

    @property
    def title(self) -> str:
        """Number and categories, as people call an incident."""
        return f"#{self.incident.number} {categories.names(self.incident.categories)}"


@dataclass(frozen=True)
class Chronology:
    """A pupil and their entries: what happened last is first, whenever it was written down."""

    pupil: Pupil
    entries: tuple[Entry, ...]


def of(store: Store, pupil_id: str, *, by: Person) -> Chronology:
    """The whole record of a pupil; that it was opened is recorded first.

    Holds the incidents about the pupil and those in which they took part, except where a conflict
    of interest hides one. Raises `NotAllowed`, `NotThere`.
    """
    if not may(by, Verb.SEE_CHRONOLOGY):
        raise NotAllowed
    pupil = pupils.of(store, pupil_id, by=by)
    openings.note(store, "chronology", pupil_id, by=by)
    condition = f"c.pupil = $pupil AND NOT i.in_error AND {incidents(by, Verb.SEE_CHRONOLOGY)}"
    source = f"FROM concerned c JOIN incidents_now i ON i.id = c.incident WHERE {condition}"
    values = {"pupil": pupil_id, "me": by.id}
    recorded = {i.id: i for i in store.ask(Incident, f"SELECT i.* {source}", **values)}
    stamps = store.ask(_Stamp, STAMPS.format(source=source), **values)
    lines, maps = _beneath(store, pupil_id, by), body_maps.about(store, pupil_id, by=by)
    return Chronology(pupil, tuple(_entry(s, recorded[s.id], lines, maps) for s in stamps))


STAMPS = """
    SELECT t.*, coalesce(w.name, '') AS author, p.name AS about, coalesce(l.part, '') AS part
    FROM (SELECT i.id, i.seq, i.recorded_at, i.recorded_by, i.occurred_at, i.pupil {source}) t
    JOIN pupils p ON p.id = t.pupil
    LEFT JOIN people w ON w.id = t.recorded_by
    LEFT JOIN linked_pupils l ON l.incident = t.id AND l.pupil = $pupil
    ORDER BY t.occurred_at DESC, t.seq DESC
"""


@dataclass(frozen=True)
class _Stamp:
    id: str
    recorded_at: datetime
    author: str
    about: str
    part: str


def _entry(
    stamp: _Stamp,
    incident: Incident,
    lines: dict[str, list[actions.Line]],
    maps: tuple[body_maps.Drawn, ...],
) -> Entry:
    return Entry(
        incident=incident,
        recorded_at=stamp.recorded_at,
        author=stamp.author,
        about=stamp.about,
        part=stamp.part,
        actions=tuple(lines.get(stamp.id, ())),
        body_maps=tuple(each for each in maps if each.map.incident == stamp.id),
    )


def _beneath(store: Store, pupil_id: str, by: Person) -> dict[str, list[actions.Line]]:
    lines: dict[str, list[actions.Line]] = {}
    for line in actions.about(store, pupil_id, by=by):
        lines.setdefault(line.incident, []).append(line)
    return lines
