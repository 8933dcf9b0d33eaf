"""The outlines of a child's body, on which marks are set: their views, and the regions of each.

They are drawings in `data/outlines`, a folder an edition: a mark keeps the edition that it was set
on, so that it can be shown in its place when a later one is drawn differently. Left and right are
always the child's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from xml.etree import ElementTree

from shapely import Point, Polygon
from shapely.ops import polylabel

FOLDER = Path(__file__).parents[1] / "data" / "outlines"
EDITION = "2026"  # the newest one, on which new marks are set
OLDER_FROM = 7  # years; from then on a child is built like the older one

YOUNGER, OLDER = "younger", "older"

# The views by the part of the body that is looked at, in the order in which they are offered.
PARTS: Mapping[str, tuple[str, ...]] = {
    "Front": ("front",),
    "Back": ("back",),
    "Sides": ("right-side", "left-side"),
    "Head": ("head-front", "head-back", "head-right", "head-left", "head-crown"),
    "Hands": ("right-hand-back", "left-hand-back", "right-hand-palm", "left-hand-palm"),
    "Feet": ("right-foot-top", "left-foot-top", "right-foot-sole", "left-foot-sole"),
}
VIEWS = tuple(view for views in PARTS.values() for view in views)

# How a view is said after a region that does not say it already: “Left forearm, back”.
SAID: Mapping[str, str] = {
    "front": "front",
    "back": "back",
    "left-side": "from the left side",
    "right-side": "from the right side",
    "head-front": "head from the front",
    "head-back": "head from the back",
    "head-left": "head from the left",
    "head-right": "head from the right",
    "head-crown": "head from above",
    "left-hand-back": "back of the left hand",
    "left-hand-palm": "palm of the left hand",
    "right-hand-back": "back of the right hand",
    "right-hand-palm": "palm of the right hand",
    "left-foot-top": "left foot from above",
    "left-foot-sole": "sole of the left foot",
    "right-foot-top": "right foot from above",
    "right-foot-sole": "sole of the right foot",
}

# A finger that meant the edge of an arm may land a little beside it: this part of the view's width.
BESIDE = 0.03

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Region:
    """A named part of one view. `d` is its border as SVG knows paths, in the view's units."""

    key: str
    d: str

    @property
    def name(self) -> str:
        """As people say it: “Left forearm”."""
        return self.key.replace("-", " ").capitalize()

    @cached_property
    def shape(self) -> Polygon:
        """The same border, to calculate with."""
        numbers = [float(number) for number in _NUMBER.findall(self.d)]
        return Polygon(list(zip(numbers[::2], numbers[1::2], strict=True)))

    @cached_property
    def centre(self) -> Point:
        """The point that is furthest from the border; always within."""
        return polylabel(self.shape, tolerance=0.5)


@dataclass(frozen=True)
class View:
    """One drawing. `outline` and `details` are paths, `width` and `height` its units."""

    key: str
    title: str
    width: float
    height: float
    outline: str
    details: str
    regions: Mapping[str, Region]

    def region_at(self, x: float, y: float) -> str:
        """The key of the region at a place, each from 0 to 1 of the view's width and height.

        Beside the outline it is the nearest region, if a finger may have meant that; else empty.
        """
        if not (math.isfinite(x) and math.isfinite(y)):
            return ""
        place = Point(x * self.width, y * self.height)
        near = min(self.regions.values(), key=lambda region: region.shape.distance(place))
        return near.key if near.shape.distance(place) <= BESIDE * self.width else ""

    def centre_of(self, region: str) -> tuple[float, float]:
        """The middle of a region, each from 0 to 1 of the view's width and height."""
        centre = self.regions[region].centre
        return centre.x / self.width, centre.y / self.height


@cache
def view(key: str, build: str, edition: str = EDITION) -> View:
    """The drawing of a view. Raises `KeyError` for one that there is not."""
    if key not in VIEWS or build not in (YOUNGER, OLDER):
        raise KeyError(key)
    drawing = ElementTree.parse(FOLDER / edition / build / f"{key}.svg").getroot()  # noqa: S314 - ours
    *_, width, height = map(float, drawing.attrib["viewBox"].split())
    paths = {path.attrib["id"]: path.attrib["d"] for path in drawing.iter(f"{_SVG}path")}
    outline, details = paths.pop("outline"), paths.pop("details")
    regions = {key: Region(key, d) for key, d in paths.items()}
    title = drawing.findtext(f"{_SVG}title") or key
    return View(key, title, width, height, outline, details, regions)


def build_at(born_on: date, today: date) -> str:
    """How a child of this age is built, as far as the outlines tell apart."""
    turned = today.year - born_on.year  # a leap-day child's birthday is in March, as in law
    if (today.month, today.day) < (born_on.month, born_on.day):
        turned -= 1
    return OLDER if turned >= OLDER_FROM else YOUNGER


def said(key: str, region: str) -> str:
    """A place in words: “Left forearm, back”."""
    return f"{Region(region, '').name}, {SAID[key]}"
