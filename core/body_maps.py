"""Body maps: where a child is hurt, mark by mark, for an incident or for an action beneath it.

A map is a record: it is never changed. A further map says what is different.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from core import clock, injuries, map_problems, outlines
from core.drawings import PARTS
from core.errors import Refused
from core.map_forms import Form, Mark
from core.permissions import NO_RELATIVE, Verb, incidents, may, searches
from core.person import Person
from core.records import BodyMap, BodyMark
from core.store import Record, Store


@dataclass(frozen=True)
class Drawn:
    """A map as it stands in the record."""

    map: BodyMap
    marks: tuple[BodyMark, ...]
    recorded_at: datetime
    author: str

    @property
    def views(self) -> tuple[str, ...]:
        """The views that have marks, in the order of the outlines."""
        marked = {mark.view for mark in self.marks}
        return tuple(view for view in outlines.VIEWS if view in marked)


def records(form: Form | None, *, incident: str, action: str = "") -> list[Record]:
    """The map and its marks, to be stored with what they belong to; the same for the same form."""
    if form is None:
        return []
    assert form.seen_at is not None and form.advice_sought is not None  # noqa: S101
    whole = BodyMap(
        id=form.id,
        incident=incident,
        action=action,
        edition=form.edition,
        build=form.build,
        seen_by=form.seen_by,
        present=form.present,
        seen_at=form.seen_at,
        about_time=form.about_time,
        advice_sought=form.advice_sought,
        advice=form.advice,
        changed=form.changed,
    )
    marks = [_recorded(form.id, incident, n, mark) for n, mark in enumerate(form.marks, 1)]
    return [whole, *marks]


def beneath(store: Store, incident: str, *, by: Person) -> tuple[Drawn, ...]:
    """The maps of an incident and of its actions, and of the search that it stands for, oldest
    first; none if `by` may not see it."""
    return _drawn(store, "= $subject", incident, incidents(by), by)


def about(store: Store, pupil: str, *, by: Person) -> tuple[Drawn, ...]:
    """The maps of all incidents about a pupil, as far as `by` may see them, oldest first.

    Only of those that the pupil is the subject of: a linked child's body is not on the map.
    """
    of = "IN (SELECT id FROM incidents_now WHERE pupil = $subject)"
    return _drawn(store, of, pupil, incidents(by, Verb.SEE_CHRONOLOGY), by)


def of_search(store: Store, log: str, *, by: Person) -> tuple[Drawn, ...]:
    """The maps of a child who was missing and is found, for whom the record of children is open,
    and nobody of the child's family."""
    if not may(by, Verb.SEE_KNOWN):
        return ()
    seen = f"""SELECT m.id FROM missing_logs_now m
               WHERE m.id = $subject AND {searches(by)} AND {NO_RELATIVE}"""
    source = f"FROM body_maps m WHERE m.incident IN ({seen})"
    return _read(store, source, {"subject": log, "me": by.id})


def preview(form: Form, *, by: Person) -> Drawn:
    """The map as it would be read, before it is sent. Raises `Refused` if it is not complete."""
    if map_problems.of(form, is_further=bool(form.changed)):
        raise Refused("The body map is not complete yet.")
    whole, *marks = records(form, incident="")
    assert isinstance(whole, BodyMap)  # noqa: S101 - the first of its records
    drawn = tuple(mark for mark in marks if isinstance(mark, BodyMark))
    return Drawn(whole, drawn, clock.now(), by.name)


def regions(store: Store, *, by: Person) -> list[tuple[str, str, str]]:
    """The pupil, the incident and the region of every mark that `by` may see on the team's desk."""
    sql = f"""SELECT DISTINCT i.pupil, i.id AS incident, k.region
              FROM body_marks_now k JOIN incidents_now i ON i.id = k.incident
              WHERE NOT i.in_error AND {incidents(by, Verb.SEE_DASHBOARD)}"""
    found = store.ask(_Marked, sql, me=by.id)
    return [(each.pupil, each.incident, each.region) for each in found]


def is_recorded(store: Store, form: Form | None, *, incident: str, action: str = "") -> bool:
    """Whether exactly this map was stored before with what it belongs to, or none if it is None.

    Tells nothing to anybody who has not got the whole form.
    """
    sql = "FROM body_maps WHERE incident = $incident AND action = $action"
    maps: list[Record] = list(store.ask(BodyMap, sql, incident=incident, action=action))
    sql = """SELECT k.* FROM body_marks k JOIN body_maps m ON m.id = k.body_map
             WHERE m.incident = $incident AND m.action = $action ORDER BY k.number"""
    marks = store.ask(BodyMark, sql, incident=incident, action=action)
    return [*maps, *marks] == records(form, incident=incident, action=action)


def _recorded(map_id: str, incident: str, number: int, mark: Mark) -> BodyMark:
    drawn_x, drawn_y, drawn_width, drawn_height = mark.drawing.extent
    same = {name: getattr(mark, name) for name in SAME}
    return BodyMark(
        id=uuid.uuid5(uuid.UUID(map_id), mark.id).hex,
        body_map=map_id,
        incident=incident,
        number=number,
        x=round(mark.x * PARTS),
        y=round(mark.y * PARTS),
        drawn_x=drawn_x,
        drawn_y=drawn_y,
        drawn_width=drawn_width,
        drawn_height=drawn_height,
        length_mm=_mm(mark.length_cm),
        breadth_mm=_mm(mark.breadth_cm),
        surface=tuple(mark.surface),
        drawing=mark.drawing.text,
        **same,
    )


# What a mark and its record call by the same name, and mean the same by.
SAME = ("view", "region", "described", "shape", "colour", "child_words", "parent_words",
        "first_aid", *injuries.CHOICES)  # fmt: skip


def _mm(cm: float | None) -> int:
    return round((cm or 0) * 10)


def _drawn(store: Store, of: str, subject: str, seen: str, by: Person) -> tuple[Drawn, ...]:
    source = (
        f"FROM body_maps_now m JOIN incidents_now i ON i.id = m.incident WHERE i.id {of} AND {seen}"
    )
    return _read(store, source, {"subject": subject, "me": by.id})


def _read(store: Store, source: str, values: dict[str, str]) -> tuple[Drawn, ...]:
    maps = store.ask(BodyMap, f"SELECT m.* {source} ORDER BY m.seq", **values)
    if not maps:
        return ()
    stamps = {each.id: each for each in store.ask(_Stamp, STAMPS.format(source=source), **values)}
    sql = f"SELECT * FROM body_marks_now WHERE body_map IN (SELECT m.id {source}) ORDER BY number"
    marks: dict[str, list[BodyMark]] = {each.id: [] for each in maps}
    for mark in store.ask(BodyMark, sql, **values):
        marks[mark.body_map].append(mark)
    return tuple(
        Drawn(m, tuple(marks[m.id]), stamps[m.id].recorded_at, stamps[m.id].author) for m in maps
    )


STAMPS = """
    SELECT t.id, t.recorded_at, coalesce(w.name, '') AS author
    FROM (SELECT m.id, m.recorded_at, m.recorded_by {source}) t
    LEFT JOIN people w ON w.id = t.recorded_by
"""


@dataclass(frozen=True)
class _Marked:
    pupil: str
    incident: str
    region: str


@dataclass(frozen=True)
class _Stamp:
    id: str
    recorded_at: datetime
    author: str
