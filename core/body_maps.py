"""Body maps: where a child is hurt, mark by mark, for an incident or for an action beneath it.

A map is a record: it is never changed. A further map says what is different.
"""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import msgspec

from core import clock, drawings, injuries, outlines
from core.drawings import PARTS, Drawing
from core.errors import Refused
from core.permissions import Verb, incidents
from core.person import Person
from core.records import BodyMap, BodyMark
from core.store import Record, Store, new_id

MOST = 60  # marks on a map

_ID = re.compile(r"[0-9a-f-]{8,40}")


@dataclass(kw_only=True)
class Mark:
    """A mark as it is filled in: its place from 0 to 1 of the view, sizes in centimetres."""

    id: str
    view: str
    x: float
    y: float
    region: str = ""
    kind: str = ""
    described: str = ""
    length_cm: float | None = None
    breadth_cm: float | None = None
    shape: str = ""
    colour: str = ""
    skin_broken: str = ""
    swollen: str = ""
    surface: tuple[str, ...] = ()
    cleanness: str = ""
    painful: str = ""
    warm: str = ""
    stiff: str = ""
    basis: str = ""
    child_words: str = ""
    parent_words: str = ""
    first_aid: str = ""
    drawing: Drawing = field(default_factory=Drawing)

    @property
    def place(self) -> str:
        """Where it is, in words; empty as long as nobody can say."""
        return outlines.said(self.view, self.region) if self.region else ""


@dataclass(kw_only=True)
class Form:
    """What is filled in for a map. `id` is made when it is opened, so that a form that is sent
    twice makes one map. `taken_off` are marks that may come back, with what was said of them."""

    id: str = field(default_factory=new_id)
    edition: str = outlines.EDITION
    build: str
    marks: list[Mark] = field(default_factory=list)
    taken_off: list[Mark] = field(default_factory=list)
    seen_by: str = ""
    present: str = ""
    seen_at: datetime | None = None
    about_time: bool = False
    advice_sought: bool | None = None
    advice: str = ""
    changed: str = ""


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


def opened(born_on: date, *, by: Person) -> Form:
    """An empty map of a child, for whoever saw something to fill in now."""
    now = clock.now()
    return Form(build=outlines.build_at(born_on, now.date()), seen_by=by.name, seen_at=now)


def touched(form: Form, touches: object) -> None:
    """Takes over where marks were set, moved and taken off; what was said of them stays.

    `touches` come from the browser: a list of `{id, view, x, y}`, the places from 0 to 1. Raises
    `Refused`, and leaves the form as it was, if they are anything else.
    """
    if not isinstance(touches, list):
        raise Unplaced
    if len(touches) > MOST:
        raise Refused(f"A body map has at most {MOST} marks: take one off first.")
    known = {mark.id: mark for mark in (*form.taken_off, *form.marks)}
    marks = [_touched(form, known, touch) for touch in touches]
    here = {mark.id for mark in marks}
    if len(here) < len(marks):
        raise Unplaced
    gone = [mark for id_, mark in known.items() if id_ not in here]
    form.marks, form.taken_off = marks, gone[-MOST:]


class Unplaced(Refused):
    """What came is no place on an outline."""

    def __init__(self) -> None:
        super().__init__("This mark cannot be placed: touch the part of the body once more.")


def problems(
    form: Form, *, born_on: date | None = None, is_further: bool = False
) -> dict[str, str]:
    """What keeps a map from being recorded: a sentence for each field, by the field's name.

    A mark's sentences are under `mark_` and its id, and begin with its number. `is_further` says
    that there is an earlier map of the same incident.
    """
    wrong: dict[str, str] = {}
    if form.edition != outlines.EDITION or form.build not in (outlines.YOUNGER, outlines.OLDER):
        return {"body_map": "Please take the body map away, and add it anew."}
    if not form.marks:
        wrong["body_map"] = "Please set a mark on the body map, or take the body map away."
    if not form.seen_by.strip():
        wrong["seen_by"] = "Please say who saw it."
    if sentence := _wrong_time(form.seen_at, born_on):
        wrong["seen_at"] = sentence
    if form.advice_sought is None:
        wrong["advice_sought"] = "Please say whether medical advice was sought."
    elif not form.advice.strip():
        asked = "from whom, and what they said" if form.advice_sought else "why not"
        wrong["advice"] = f"Medical advice: please say {asked}."
    if is_further and not form.changed.strip():
        wrong["changed"] = "Please say what has changed since the last body map."
    return wrong | problems_of_marks(form)


def problems_of_marks(form: Form) -> dict[str, str]:
    """What is wrong with the marks alone, each under `mark_` and its id."""
    wrong = {}
    for number, mark in enumerate(form.marks, 1):
        if sentence := _wrong_mark(form, mark):
            wrong[f"mark_{mark.id}"] = f"Mark {number}: {sentence}"
    return wrong


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
    """The maps of an incident and of its actions, oldest first; none if `by` may not see it."""
    return _drawn(store, "= $subject", incident, incidents(by), by)


def about(store: Store, pupil: str, *, by: Person) -> tuple[Drawn, ...]:
    """The maps of all incidents about a pupil, as far as `by` may see them, oldest first.

    Only of those that the pupil is the subject of: a linked child's body is not on the map.
    """
    of = "IN (SELECT id FROM incidents_now WHERE pupil = $subject)"
    return _drawn(store, of, pupil, incidents(by, Verb.SEE_CHRONOLOGY), by)


def preview(form: Form, *, by: Person) -> Drawn:
    """The map as it would be read, before it is sent. Raises `Refused` if it is not complete."""
    if problems(form, is_further=bool(form.changed)):
        raise Refused("The body map is not complete yet.")
    whole, *marks = records(form, incident="")
    assert isinstance(whole, BodyMap)  # noqa: S101 - the first of its records
    drawn = tuple(mark for mark in marks if isinstance(mark, BodyMark))
    return Drawn(whole, drawn, clock.now(), by.name)


def regions(store: Store, *, by: Person) -> list[tuple[str, str, str]]:
    """The pupil, the incident and the region of every mark that `by` may see on the team's desk."""
    sql = f"""SELECT DISTINCT i.pupil, i.id AS incident, k.region
              FROM body_marks k JOIN incidents_now i ON i.id = k.incident
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


def to_draft(form: Form | None) -> str:
    """The map as a draft keeps it; empty if there is none."""
    return msgspec.json.encode(form).decode() if form else ""


def from_draft(text: str, fields: Mapping[str, str]) -> Form | None:
    """The map that a draft kept, with texts that were typed after it (they arrive by themselves,
    under the names of `field_name`). None if there is none, or if it is none that a page kept: a
    draft comes from the browser, and may hold anything."""
    try:
        form = msgspec.json.decode(text or "null", type=Form | None)
        for mark in (*form.marks, *form.taken_off) if form else ():
            mark.drawing = drawings.checked(mark.drawing)
            _type(mark, TYPED_OF_MARK, mark.id, fields)
    except (msgspec.MsgspecError, Refused):
        return None
    if form:
        _type(form, TYPED, "", fields)
        if form.seen_at and form.seen_at.tzinfo is None:
            form.seen_at = None
    return form


def field_name(name: str, mark: str = "") -> str:
    """Under which name a text is kept while it is typed: of one mark, or of the whole map."""
    return f"mark_{mark}_{name}" if mark else f"map_{name}"


TYPED = ("seen_by", "present", "advice", "changed")
TYPED_OF_MARK = ("described", "shape", "colour", "child_words", "parent_words", "first_aid")


def _type(to: Form | Mark, names: Iterable[str], mark: str, fields: Mapping[str, str]) -> None:
    for name in names:
        setattr(to, name, fields.get(field_name(name, mark), getattr(to, name)))


def fit(form: Form, born_on: date) -> None:
    """Puts the marks on the outlines that fit the child, who may have been chosen anew. Both builds
    have the same regions, and what was said of a mark stays."""
    form.build = outlines.build_at(born_on, clock.now().date())


def _touched(form: Form, known: dict[str, Mark], touch: object) -> Mark:
    if not isinstance(touch, dict):
        raise Unplaced
    id_, view, x, y = (touch.get(name) for name in ("id", "view", "x", "y"))
    if not isinstance(id_, str) or not _ID.fullmatch(id_) or view not in outlines.VIEWS:
        raise Unplaced
    place = _part(x), _part(y)
    before = known.get(id_)
    if before is not None and (before.view, before.x, before.y) == (view, *place):
        return before
    region = outlines.view(view, form.build, form.edition).region_at(*place)
    if before is None:
        return Mark(id=id_, view=view, x=place[0], y=place[1], region=region)
    across, down = (round((new - old) * PARTS) for new, old in
                    zip(place, (before.x, before.y), strict=True))  # fmt: skip
    drawing = before.drawing.moved(across, down) if before.view == view else Drawing()
    return replace(before, view=view, x=place[0], y=place[1], region=region, drawing=drawing)


def _part(value: object) -> float:
    """A place along one side of a view, in the steps in which it is kept."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unplaced
    if not 0 <= value <= 1:  # nor is what is not a number
        raise Unplaced
    return round(value * PARTS) / PARTS


SLACK = timedelta(minutes=5)  # a tablet's clock may be a little ahead of the machine's


def _wrong_time(at: datetime | None, born_on: date | None) -> str:
    if at is None:
        return "Please say when it was seen."
    if at > clock.now() + SLACK:
        return "Seen in the future: please check the date and the time."
    if born_on and at.date() < born_on:
        return "Seen before the child was born: please check the date."
    return ""


def _wrong_mark(form: Form, mark: Mark) -> str:
    """What is wrong with a mark, what matters most first; empty if nothing is."""
    if mark.view not in outlines.VIEWS or not (0 <= mark.x <= 1 and 0 <= mark.y <= 1):
        return "please take it off, and set it anew."
    view = outlines.view(mark.view, form.build, form.edition)
    if mark.region not in view.regions:
        return "please say which part of the body it is on."
    if mark.kind not in injuries.KINDS:
        return "please say what it is."
    if mark.kind == "other" and not mark.described.strip():
        return "please say in a few words what it is."
    if not all(_is_size(size) for size in (mark.length_cm, mark.breadth_cm)):
        return f"please check the size: in centimetres, to a millimetre, at most {LONGEST_CM:g}."
    if mark.drawing.strays(view):
        return "a part of its shape lies beside the child. Please draw it on the body."
    chosen = (getattr(mark, name) in {"", *known} for name, known in injuries.CHOICES.items())
    if not all(chosen) or set(mark.surface) - injuries.SURFACES.keys():
        return "please choose from the answers that are offered."
    return ""


LONGEST_CM = injuries.LONGEST_MM / 10


def _is_size(cm: float | None) -> bool:
    """Nothing, or more than nothing to a millimetre, so that it is recorded as it was shown."""
    return cm is None or (0 < cm <= LONGEST_CM and math.isclose(cm * 10, round(cm * 10)))


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
        f"FROM body_maps m JOIN incidents_now i ON i.id = m.incident WHERE i.id {of} AND {seen}"
    )
    values = {"subject": subject, "me": by.id}
    maps = store.ask(BodyMap, f"SELECT m.* {source} ORDER BY m.seq", **values)
    if not maps:
        return ()
    stamps = {each.id: each for each in store.ask(_Stamp, STAMPS.format(source=source), **values)}
    sql = f"SELECT * FROM body_marks WHERE body_map IN (SELECT m.id {source}) ORDER BY number"
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
