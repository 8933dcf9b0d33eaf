"""Where a child is hurt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class BodyMap(Record, table="body_maps"):
    """Where a child was hurt, as somebody saw it; its marks are records of their own.

    `edition` and `build` say on which outlines the marks were set. `changed` says what is different
    since the map before it.
    """

    incident: str
    action: str = ""
    edition: str
    build: str
    seen_by: str
    present: str = ""
    seen_at: datetime
    about_time: bool = False
    advice_sought: bool
    advice: str
    changed: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyMark(Record, table="body_marks"):
    """One numbered mark. Its place, and the extent of what was drawn, are in hundred-thousandths
    of the view's width and height; sizes in millimetres, 0 where not measured. What can be yes or
    no is empty where nobody said. `drawing` has the strokes."""

    body_map: str
    incident: str
    number: int
    view: str
    region: str
    x: int
    y: int
    drawn_x: int = 0
    drawn_y: int = 0
    drawn_width: int = 0
    drawn_height: int = 0
    kind: str
    described: str = ""
    length_mm: int = 0
    breadth_mm: int = 0
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
    drawing: str = ""
