"""A body map as it is filled in: where marks are set, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import msgspec

from core import clock, drawings, outlines
from core.drawings import PARTS, Drawing
from core.errors import Refused
from core.person import Person
from core.store import new_id

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
