"""A body map as a picture: SVG made from its marks, for pages and for paper.

It holds outlines, numbers, and the words left and right: nothing that anybody typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from xml.sax.saxutils import quoteattr

from core import drawings, injuries, outlines
from core.body_maps import Drawn
from core.drawings import PARTS, Window
from core.map_forms import Mark
from core.outlines import View
from core.records import BodyMark

INK, FAINT, MARK, PAPER, NOTE = "#3D3847", "#8A8496", "#9B1C16", "#FFFFFF", "#555064"
FONTS = "Public Sans, Helvetica, Arial, sans-serif"
BENEATH = 34  # units beneath a drawing, for left and right and for the name of the view
RADIUS = 0.026  # of a number's disc, as a part of the picture's height
BROAD = 0.05  # the same where marks of several days are together, as a part of its width
PALEST, PALER = 0.1, 0.45  # how much of the colour an old mark keeps, and the newest old one


Place = tuple[float, float]
TURNS = [turn * pi / 4 for turn in range(8)]


@dataclass(frozen=True)
class Dot:
    """A mark among those of other days: its number among them, and how fresh it is: 1 for what was
    seen last, 0 for what was seen first."""

    number: int
    mark: BodyMark
    fresh: float


def of(drawn: Drawn, view: str, *, small: bool = False) -> str:
    """One view of a map with its numbered marks, and the shapes that were drawn. The numbers of a
    `small` picture are larger beside the drawing, so that they can be read."""
    found = outlines.view(view, drawn.map.build, drawn.map.edition)
    marks = [mark for mark in drawn.marks if mark.view == view]
    return _framed(
        found, [*_body(found), *_shapes(found, marks), *_numbers(found, marks, 2 if small else 1)]
    )


def together(found: View, dots: Sequence[Dot]) -> str:
    """Marks of several days on one outline, the older ones fainter and beneath the newer ones.

    Every mark is where it was set. Where its number would lie on another one it stands beside the
    mark, with a line to it: what is hurt again and again must not hide what was hurt before.
    """
    radius = found.width * BROAD
    places = [_place(found, dot.mark) for dot in dots]
    numbers = _beside(places, radius)
    ways = [part for each in zip(places, numbers, strict=True) for part in _way(*each, radius)]
    drawn = [
        part
        for dot, number in zip(dots, numbers, strict=True)
        for part in (*_aged_shape(found, dot), *_aged_disc(dot, number, radius))
    ]
    return _framed(found, [*_body(found), *ways, *drawn])


def blank(view: View) -> str:
    """One view without any mark, to be drawn on with a pen."""
    return _framed(view, _body(view))


def said(drawn: Drawn, view: str) -> str:
    """The same in words, for whoever cannot see the picture."""
    marks = [mark for mark in drawn.marks if mark.view == view]
    return said_of(view, ((mark.number, mark) for mark in marks))


def said_of(view: str, marks: Iterable[tuple[int, BodyMark]]) -> str:
    """The marks of a view in words, each with its number."""
    told = (f"mark {number}, {_said(mark)}" for number, mark in marks)
    return f"Body map, {outlines.SAID[view]}: {'; '.join(told)}."


def _said(mark: BodyMark) -> str:
    return f"{outlines.said(mark.view, mark.region)}, {injuries.KINDS[mark.kind]}".lower()


def behind_canvas(window: Window, mark: Mark) -> str:
    """What a canvas shows beneath what is drawn on it: the part of the view around a mark."""
    view = window.view
    place = mark.x * view.width, mark.y * view.height
    paper = f'<rect x="-999" y="-999" width="9999" height="9999" fill="{PAPER}"/>'
    parts = [paper, *_body(view, window.side), _ring(*place, window.side * 0.03)]
    box = f"{window.left:g} {window.top:g} {window.side:g} {window.side:g}"
    return _svg(box, drawings.CANVAS, drawings.CANVAS, parts)


def _framed(view: View, parts: Iterable[str]) -> str:
    """The picture with left and right, which are the child's, and the name of the view."""
    height = view.height + BENEATH
    words = [
        _text(x, view.height + 4, side, view.width * 0.055, anchor)
        for x, side, anchor in _sides(view)
    ]
    title = _text(view.width / 2, view.height + 24, view.title, view.width * 0.06, "middle", True)
    box = f"0 0 {view.width:g} {height:g}"
    return _svg(box, view.width, height, [*parts, *words, title])


def _sides(view: View) -> list[tuple[float, str, str]]:
    """Which side of the child is at which side of the picture, where both are seen."""
    first = SIDES.get(view.key)
    if first is None:
        return []
    second = "right" if first == "left" else "left"
    return [(view.width * 0.12, first, "middle"), (view.width * 0.88, second, "middle")]


# The side of the child that is at the left of the picture.
SIDES = {
    "front": "right",
    "head-front": "right",
    "back": "left",
    "head-back": "left",
    "head-crown": "left",
}


def _body(view: View, shown: float = 0) -> list[str]:
    """The outline, with lines that suit a picture that shows so many units of the view."""
    edge = (shown or view.width) * 0.004
    inner = f'<path d={quoteattr(view.details)} stroke="{FAINT}" stroke-width="{edge:.2f}"/>'
    outer = f'<path d={quoteattr(view.outline)} stroke="{INK}" stroke-width="{edge * 1.4:.2f}"/>'
    return ['<g fill="none" stroke-linecap="round" stroke-linejoin="round">', inner, outer, "</g>"]


def _shapes(view: View, marks: Iterable[BodyMark]) -> list[str]:
    drawn = (drawings.read(mark.drawing).path(view) for mark in marks)
    wide = view.width * 0.008
    return [
        f'<path d={quoteattr(path)} fill="none" stroke="{MARK}" stroke-opacity="0.75" '
        f'stroke-width="{wide:.2f}" stroke-linecap="round" stroke-linejoin="round"/>'
        for path in drawn
        if path
    ]


def _aged_shape(view: View, dot: Dot) -> list[str]:
    opacity = 1 if dot.fresh == 1 else PALER
    return [f'<g opacity="{opacity:g}">', *_shapes(view, [dot.mark]), "</g>"]


def _beside(places: Iterable[Place], radius: float) -> list[Place]:
    """Where the number of each mark stands: on it, or on the first free spot around it."""
    taken: list[Place] = []
    for x, y in places:
        around = ((x + cos(turn) * far * radius, y + sin(turn) * far * radius)
                  for far in (2.2, 4.4) for turn in TURNS)  # fmt: skip
        free = (spot for spot in ((x, y), *around)
                if all(hypot(spot[0] - a, spot[1] - b) > 2 * radius for a, b in taken))  # fmt: skip
        taken.append(next(free, (x, y)))
    return taken


def _aged_disc(dot: Dot, number: Place, radius: float) -> list[str]:
    """A number's disc. An older one is a pale red with a dark number, so that both can be read."""
    (x, y), newest = number, dot.fresh == 1
    paleness = 1 if newest else PALEST + (PALER - PALEST) * dot.fresh
    size = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
    ground = f'<circle {size} fill="{PAPER}"/>'
    tint = f'<circle {size} fill="{MARK}" fill-opacity="{paleness:.2f}" stroke="{MARK}"/>'
    ink = PAPER if newest else INK
    said = _text(x, y + radius * 0.42, str(dot.number), radius * 1.25, "middle", True, ink)
    return [ground, tint, said]


def _way(place: Place, number: Place, radius: float) -> list[str]:
    """From a number that stands beside its mark, to the mark."""
    if place == number:
        return []
    (x, y), (to_x, to_y) = place, number
    line = f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{MARK}"/>'
    return [line, f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius / 4:.1f}" fill="{MARK}"/>']


def _numbers(view: View, marks: Iterable[BodyMark], times: float) -> list[str]:
    """The numbers of one map, the ones that would cover another beside their marks."""
    radius, marks = view.height * RADIUS * times, tuple(marks)
    places = [_place(view, mark) for mark in marks]
    numbers = _beside(places, radius)
    ways = [part for each in zip(places, numbers, strict=True) for part in _way(*each, radius)]
    discs = (_disc(mark.number, *at, radius) for mark, at in zip(marks, numbers, strict=True))
    return [*ways, *discs]


def _place(view: View, mark: BodyMark) -> Place:
    return mark.x / PARTS * view.width, mark.y / PARTS * view.height


def _disc(number: int, x: float, y: float, radius: float) -> str:
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{MARK}" stroke="{PAPER}"/>'
    return circle + _text(x, y + radius * 0.42, str(number), radius * 1.25, "middle", True, PAPER)


def _ring(x: float, y: float, radius: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" stroke="{MARK}" '
        f'stroke-dasharray="3 3"/>'
    )


def _text(
    x: float, y: float, words: str, size: float, anchor: str, bold: bool = False, ink: str = NOTE
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}" '
        f'font-family="{FONTS}" fill="{ink}"{weight}>{words}</text>'
    )


def _svg(box: str, width: float, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width:g}" '
        f'height="{height:g}">{"".join(parts)}</svg>'
    )
