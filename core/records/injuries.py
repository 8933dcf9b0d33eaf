"""Where a child is hurt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store import Code, LongText, Record, Remark


@dataclass(frozen=True, kw_only=True)
class BodyMap(Record, table="body_maps"):
    """Where a child was hurt, as somebody saw it; its marks are records of their own.

    `edition` and `build` say on which outlines the marks were set. `changed` says what is different
    since the map before it.
    """

    incident: Code
    action: Code = ""
    edition: Code
    build: Code
    seen_by: Remark
    present: Remark = ""
    seen_at: datetime
    about_time: bool = False
    advice_sought: bool
    advice: Remark
    changed: Remark = ""


@dataclass(frozen=True, kw_only=True)
class BodyMark(Record, table="body_marks"):
    """One numbered mark. Its place, and the extent of what was drawn, are in hundred-thousandths
    of the view's width and height; sizes in millimetres, 0 where not measured. What can be yes or
    no is empty where nobody said. `drawing` has the strokes."""

    body_map: Code
    incident: Code
    number: int
    view: Code
    region: Code
    x: int
    y: int
    drawn_x: int = 0
    drawn_y: int = 0
    drawn_width: int = 0
    drawn_height: int = 0
    kind: Code
    described: Remark = ""
    length_mm: int = 0
    breadth_mm: int = 0
    shape: Remark = ""
    colour: Remark = ""
    skin_broken: Code = ""
    swollen: Code = ""
    surface: tuple[Code, ...] = ()
    cleanness: Code = ""
    painful: Code = ""
    warm: Code = ""
    stiff: Code = ""
    basis: Code = ""
    child_words: LongText = ""
    parent_words: LongText = ""
    first_aid: Remark = ""
    drawing: Code = ""
