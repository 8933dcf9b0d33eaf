"""What was drawn by hand on an outline: taken from a browser's canvas, and kept.

The canvas hands over JSON that a browser could fill with anything, such as a picture from a foreign
address. So only freehand strokes are taken, and of them only numbers; what is shown again is made
from those.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import orjson

from core.errors import Refused
from core.outlines import View

MOST = 200  # strokes
LARGEST = 64 * 1024  # bytes of a drawing as it is kept
LONGEST = 5_000  # commands of all strokes; a finger that draws for a minute makes some 3,000

# A stroke as SVG knows paths, and how many points follow each letter.
POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}

# Numbers are kept whole, in this many parts of the view's width and height: finer than a screen.
PARTS = 100_000

CANVAS = 280  # pixels a side: fits a phone of 360 with room beside it to scroll
CLOSE_UP = 200  # units of a view that are shown around a mark on the body

Point = tuple[float, float]
Command = tuple[str, list[Point]]
Stroke = tuple[tuple[Any, ...], ...]  # of (letter, x, y, …), each number in PARTS


COLOUR, BREADTH = "#9B1C16", 4  # of a stroke on the canvas, in pixels

# What Fabric, in which the canvas is written, says of a stroke beside its path.
LOOK = {
    "originX": "center", "originY": "center", "scaleX": 1, "scaleY": 1, "angle": 0,
    "flipX": False, "flipY": False, "fill": None, "stroke": COLOUR, "strokeWidth": BREADTH,
    "strokeLineCap": "round", "strokeLineJoin": "round",
}  # fmt: skip


class Unreadable(Refused):
    """What came is no drawing that the page could have made."""

    def __init__(self) -> None:
        super().__init__("This drawing cannot be read: clear it, and draw the shape again.")


class TooMuch(Refused):
    """More strokes than a shape needs."""

    def __init__(self) -> None:
        super().__init__(
            f"This is too much for one shape, which has at most {MOST} strokes: "
            "clear it, and draw it more simply."
        )


@dataclass(frozen=True)
class Window:
    """The part of a view that the canvas shows, a square in the view's units."""

    view: View
    left: float
    top: float
    side: float

    def kept(self, point: Point) -> tuple[int, int]:
        """A place on the canvas as it is kept."""
        across = self.left + point[0] / CANVAS * self.side
        down = self.top + point[1] / CANVAS * self.side
        return round(across / self.view.width * PARTS), round(down / self.view.height * PARTS)

    def shown(self, x: int, y: int) -> Point:
        """A place as it is kept, on the canvas."""
        across = x / PARTS * self.view.width - self.left
        down = y / PARTS * self.view.height - self.top
        return across / self.side * CANVAS, down / self.side * CANVAS


@dataclass(frozen=True)
class Drawing:
    """The strokes that belong to one mark; none if nothing was drawn."""

    strokes: tuple[Stroke, ...] = ()

    @property
    def text(self) -> str:
        """As it is recorded; empty if nothing was drawn."""
        return orjson.dumps(self.strokes).decode() if self.strokes else ""

    @property
    def extent(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of what was drawn, in `PARTS` of the view's."""
        points = [point for stroke in self.strokes for point in _points(stroke)]
        if not points:
            return 0, 0, 0, 0
        left, top = min(x for x, _ in points), min(y for _, y in points)
        return left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top

    def path(self, view: View) -> str:
        """As SVG draws it, in the view's units."""
        return " ".join(_spelt(command, view) for stroke in self.strokes for command in stroke)

    def on_canvas(self, window: Window) -> dict[str, Any]:
        """For a canvas to begin with: made anew from the numbers, never what a browser sent."""
        return {"objects": [_object(stroke, window) for stroke in self.strokes]}

    def moved(self, across: int, down: int) -> Drawing:
        """The same shape at another place, by so many `PARTS`."""
        steps = (across, down)
        return Drawing(tuple(
            tuple((letter, *(n + steps[i % 2] for i, n in enumerate(numbers)))
                  for letter, *numbers in stroke)
            for stroke in self.strokes
        ))  # fmt: skip

    def without_last(self) -> Drawing:
        """The drawing before its last stroke."""
        return Drawing(self.strokes[:-1])

    def strays(self, view: View) -> bool:
        """Whether one of the strokes lies wholly beside the child."""
        return any(
            not any(view.region_at(x / PARTS, y / PARTS) for x, y in _points(stroke))
            for stroke in self.strokes
        )


def read(text: str) -> Drawing:
    """A drawing from its text in the record."""
    return checked(Drawing(orjson.loads(text))) if text else Drawing()


def checked(drawing: Drawing) -> Drawing:
    """A drawing that came from outside, such as a draft. Raises `Unreadable` if it is none."""
    try:
        return Drawing(tuple(tuple(map(_checked, stroke)) for stroke in drawing.strokes))
    except (TypeError, ValueError, IndexError):
        raise Unreadable from None


def _checked(command: Sequence[Any]) -> tuple[Any, ...]:
    letter, *numbers = command
    whole = all(type(number) is int and abs(number) <= 20 * PARTS for number in numbers)
    if letter not in POINTS or len(numbers) != 2 * POINTS[letter] or not whole:
        raise Unreadable
    return (letter, *numbers)


def taken(raw: object, window: Window) -> Drawing:
    """The strokes in a canvas's JSON, and nothing else of it.

    Raises `Unreadable` for anything that the page's freehand tool does not make, and `TooMuch`
    above 200 strokes, 5,000 commands, or 64 KB.
    """
    objects = raw.get("objects") if isinstance(raw, dict) else None
    if not isinstance(objects, list):
        raise Unreadable
    if len(objects) > MOST or sum(map(_length, objects)) > LONGEST:
        raise TooMuch
    drawing = Drawing(tuple(_stroke(each, window) for each in objects))
    if len(drawing.text) > LARGEST:
        raise TooMuch
    return drawing


def window_at(view: View, x: float, y: float) -> Window:
    """What the canvas shows for a mark at a place, each from 0 to 1 of the view's width and height.

    Of the whole body a close-up, where a finger would cover an arm; else the whole drawing.
    """
    if view.height <= 2.5 * CLOSE_UP:
        side = max(view.width, view.height)
        return Window(view, (view.width - side) / 2, (view.height - side) / 2, side)
    left = min(max(x * view.width - CLOSE_UP / 2, 0), view.width - CLOSE_UP)
    top = min(max(y * view.height - CLOSE_UP / 2, 0), view.height - CLOSE_UP)
    return Window(view, left, top, CLOSE_UP)


def _points(stroke: Stroke) -> Iterator[tuple[int, int]]:
    for _, *numbers in stroke:
        yield from zip(numbers[::2], numbers[1::2], strict=True)


def _spelt(command: tuple[Any, ...], view: View) -> str:
    letter, *numbers = command
    places = zip(numbers[::2], numbers[1::2], strict=True)
    spelt = (f"{x / PARTS * view.width:.2f} {y / PARTS * view.height:.2f}" for x, y in places)
    return f"{letter}{' '.join(spelt)}"


def _object(stroke: Stroke, window: Window) -> dict[str, Any]:
    path = [
        [letter, *(number for x, y in zip(n[::2], n[1::2], strict=True)
                   for number in window.shown(x, y))]
        for letter, *n in stroke
    ]  # fmt: skip
    left, top = _middle([_command(command) for command in path])
    return {"type": "Path", "path": path, "left": left, "top": top, **LOOK}


def _length(given: object) -> int:
    path = given.get("path") if isinstance(given, dict) else None
    return len(path) if isinstance(path, list) else 0


def _stroke(given: object, window: Window) -> Stroke:
    if not isinstance(given, dict) or str(given.get("type")).lower() != "path":
        raise Unreadable
    path = given.get("path")
    if not isinstance(path, list) or not path:
        raise Unreadable
    commands = [_command(each) for each in path]
    if commands[0][0] != "M":
        raise Unreadable
    moved = _mover(given, commands)
    return tuple(
        (letter, *(number for point in points for number in window.kept(moved(point))))
        for letter, points in commands
    )


def _command(given: object) -> Command:
    if not isinstance(given, list) or not given or given[0] not in ("M", "L", "Q", "C"):
        raise Unreadable
    letter, *given_numbers = given
    numbers = [_number(each) for each in given_numbers]
    if len(numbers) != 2 * POINTS[letter]:
        raise Unreadable
    return letter, list(zip(numbers[::2], numbers[1::2], strict=True))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable
    if not abs(value) <= 10 * CANVAS:  # nor is what is not a number
        raise Unreadable
    return float(value)


def _mover(given: dict[str, Any], commands: Sequence[Command]) -> Callable[[Point], Point]:
    """Where the canvas shows a point of a stroke, which its toolbar can move, turn and resize.

    Fabric keeps the path as it was drawn, and beside it where the middle of it is now.
    """
    if given.get("originX") != "center" or given.get("originY") != "center":
        raise Unreadable
    wide = _number(given.get("scaleX")) * (-1 if given.get("flipX") is True else 1)
    high = _number(given.get("scaleY")) * (-1 if given.get("flipY") is True else 1)
    angle = math.radians(_number(given.get("angle")))
    middle, centre = _middle(commands), (_number(given.get("left")), _number(given.get("top")))
    if (wide, high, angle) == (1, 1, 0) and math.dist(middle, centre) < STEADY:
        return lambda point: point
    cosine, sine = math.cos(angle), math.sin(angle)

    def moved(point: Point) -> Point:
        across, down = (point[0] - middle[0]) * wide, (point[1] - middle[1]) * high
        return (
            centre[0] + across * cosine - down * sine,
            centre[1] + across * sine + down * cosine,
        )

    return moved


STEADY = 1.0  # pixels; nobody moves a stroke by less, and the middle is known only so well
STEPS = 16  # along a curve, to find how far it reaches


def _middle(commands: Sequence[Command]) -> Point:
    """The middle of the box around a stroke."""
    at, through = commands[0][1][0], [commands[0][1][0]]
    for _, points in commands[1:]:
        through += [_on_curve([at, *points], n / STEPS) for n in range(1, STEPS + 1)]
        at = points[-1]
    across, down = [x for x, _ in through], [y for _, y in through]
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def _on_curve(points: Sequence[Point], part: float) -> Point:
    """A point of a line or curve, by de Casteljau's construction."""
    while len(points) > 1:
        points = [
            (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairwise(points)
        ]
    return points[0]
