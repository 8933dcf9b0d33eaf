"""Drawings: strokes come back as they were drawn, and nothing else ever comes back."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import drawings
from core.drawings import CANVAS, PARTS, Drawing, TooMuch, Unreadable, Window, read, taken
from core.errors import Refused
from core.outlines import OLDER, view

FRONT = view("front", OLDER)
ARM = drawings.window_at(FRONT, *FRONT.centre_of("left-forearm"))

Point = tuple[float, ...]

on_canvas = st.floats(0, CANVAS, allow_subnormal=False)
points = st.tuples(on_canvas, on_canvas)


@st.composite
def paths(draw: st.DrawFn) -> list[list[Any]]:
    """A stroke as a finger makes it: a start, curves, and a last line."""
    curves = [["Q", *draw(points), *draw(points)] for _ in range(draw(st.integers(0, 6)))]
    return [["M", *draw(points)], *curves, ["L", *draw(points)]]


def stroke(path: list[list[Any]], **changed: Any) -> dict[str, Any]:
    """A stroke as the canvas tells of it, with what else it says."""
    left, top = middle(path)
    return {
        "type": "Path", "version": "7.4.0", "originX": "center", "originY": "center",
        "left": left, "top": top, "scaleX": 1, "scaleY": 1, "angle": 0, "flipX": False,
        "flipY": False, "fill": None, "stroke": "#9B1C16", "strokeWidth": 4, "path": path,
        **changed,
    }  # fmt: skip


def middle(path: list[list[Any]]) -> Point:
    """The middle of the box around a stroke, finely enough."""
    at: Point = (0.0, 0.0)
    through: list[Point] = []
    for letter, *given_numbers in path:
        *bends, end = zip(given_numbers[::2], given_numbers[1::2], strict=False)
        through += along(at, bends[0] if letter == "Q" else end, end) if through else [end]
        at = end
    across, down = [x for x, _ in through], [y for _, y in through]
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def along(a: Point, b: Point, c: Point) -> list[Point]:
    """Points of the curve from a to c that bends towards b."""
    parts = [n / 64 for n in range(65)]
    return [
        tuple(
            (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r
            for p, q, r in zip(a, b, c, strict=True)
        )
        for t in parts
    ]


LINE = [["M", 100, 100], ["L", 140, 120]]


@given(st.lists(paths(), max_size=8))
def test_what_is_drawn_is_kept_and_shown_as_it_was_drawn(drawn: list[list[list[Any]]]) -> None:
    kept = taken({"objects": [stroke(path) for path in drawn]}, ARM)
    again = read(kept.text)
    assert again == kept
    shown = [each["path"] for each in again.on_canvas(ARM)["objects"]]
    assert [[c[0] for c in path] for path in shown] == [[c[0] for c in path] for path in drawn]
    for before, after in zip(numbers(drawn), numbers(shown), strict=True):
        assert after == pytest.approx(before, abs=0.02)  # of a pixel


@given(st.lists(paths(), min_size=1, max_size=4))
def test_a_drawing_that_is_opened_again_and_left_alone_stays_the_same(
    drawn: list[list[list[Any]]],
) -> None:
    kept = taken({"objects": [stroke(path) for path in drawn]}, ARM)
    opened = [stroke(each["path"]) for each in kept.on_canvas(ARM)["objects"]]
    assert taken({"objects": opened}, ARM) == kept


@given(st.lists(paths(), min_size=1, max_size=4))
def test_what_a_canvas_begins_with_is_read_as_the_drawing_it_was(
    drawn: list[list[list[Any]]],
) -> None:
    kept = taken({"objects": [stroke(path) for path in drawn]}, ARM)
    assert taken(kept.on_canvas(ARM), ARM) == kept  # before the browser has said anything


def test_a_drawing_moves_with_its_mark_and_loses_its_last_stroke() -> None:
    kept = taken({"objects": [stroke(LINE), stroke(LINE)]}, ARM)
    assert kept.moved(100, -50).moved(-100, 50) == kept
    assert kept.moved(100, -50).extent[:2] == (kept.extent[0] + 100, kept.extent[1] - 50)
    assert kept.without_last().strokes == kept.strokes[:1]


def numbers(value: Any) -> list[float]:
    if isinstance(value, list | tuple):
        return [number for each in value for number in numbers(each)]
    return [value] if isinstance(value, int | float) else []


def test_a_stroke_that_was_moved_turned_and_resized_is_kept_where_it_is_seen() -> None:
    moved = stroke([["M", 100, 100], ["L", 140, 100]], left=60, top=70, angle=90, scaleX=2)
    (path,) = taken({"objects": [moved]}, ARM).on_canvas(ARM)["objects"]
    assert numbers(path["path"]) == pytest.approx([60, 30, 60, 110], abs=0.05)


def test_a_stroke_that_was_turned_over_is_kept_so() -> None:
    (path,) = taken({"objects": [stroke(LINE, flipX=True)]}, ARM).on_canvas(ARM)["objects"]
    assert numbers(path["path"]) == pytest.approx([140, 100, 100, 120], abs=0.05)


def broken(path: object) -> dict[str, Any]:
    return {**stroke(LINE), "path": path}


TAMPERED: list[Any] = [
    None,
    [],
    "objects",
    {"objects": "x"},
    {"objects": [None]},
    {"objects": [{"type": "Image", "src": "http://stranger.example/leak.png"}]},
    {"objects": [stroke(LINE, type="Group")]},
    {"objects": [broken([])]},
    {"objects": [broken([["L", 1, 2]])]},
    {"objects": [broken([["M", 1]])]},
    {"objects": [broken([["M", 1, 2], ["A", 1, 2]])]},
    {"objects": [broken([["M", 1, 2], [["Q"], 1, 2]])]},
    {"objects": [broken([["M", "1", 2], ["L", 1, 2]])]},
    {"objects": [broken([["M", True, 2], ["L", 1, 2]])]},
    {"objects": [broken([["M", math.nan, 2], ["L", 1, 2]])]},
    {"objects": [broken([["M", math.inf, 2], ["L", 1, 2]])]},
    {"objects": [broken([["M", 1e9, 2], ["L", 1, 2]])]},
    {"objects": [stroke(LINE, left="0")]},
    {"objects": [stroke(LINE, scaleX=math.nan)]},
    {"objects": [stroke(LINE, originX="left")]},
    {"objects": [{"type": "Path", "path": "url(http://stranger.example)"}]},
]


@pytest.mark.parametrize("raw", TAMPERED, ids=range(len(TAMPERED)))
def test_what_no_finger_draws_is_refused(raw: Any) -> None:
    with pytest.raises(Unreadable, match="draw the shape again"):
        taken(raw, ARM)


json_of_any_kind = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["Path", "M", "L", "Q", "center"]),
    lambda some: st.lists(some, max_size=4)
    | st.dictionaries(st.sampled_from(["objects", "path", "type", "left", "src"]), some),
    max_leaves=12,
)  # fmt: skip


@given(json_of_any_kind)
def test_whatever_comes_is_a_drawing_or_a_sentence(raw: Any) -> None:
    try:
        kept = taken(raw, ARM)
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert isinstance(kept, Drawing)


def test_nothing_but_numbers_of_a_stroke_is_kept() -> None:
    kept = taken({"objects": [stroke(LINE, stroke="url(http://stranger.example)")]}, ARM)
    assert "stranger" not in kept.text and "stranger" not in json.dumps(kept.on_canvas(ARM))


def test_two_hundred_strokes_are_kept_and_one_more_is_not() -> None:
    assert len(taken({"objects": [stroke(LINE)] * 200}, ARM).strokes) == 200
    with pytest.raises(TooMuch, match="at most 200 strokes"):
        taken({"objects": [stroke(LINE)] * 201}, ARM)


def test_a_drawing_of_more_than_64_kilobytes_is_refused() -> None:
    long = [["M", 1, 1], *([["Q", 100.25, 100.25, 200.5, 200.5]] * 2_000)]
    with pytest.raises(TooMuch):
        taken({"objects": [stroke(long)] * 2}, ARM)


def test_strokes_that_go_on_for_ever_are_refused_before_they_are_counted_out() -> None:
    long = [["M", 1, 1], *([["L", 2, 2]] * 3_000)]
    with pytest.raises(TooMuch):
        taken({"objects": [stroke(LINE) | {"path": long}] * 2}, ARM)


def test_a_stroke_beside_the_child_is_noticed() -> None:
    window = Window(FRONT, 0, 0, 200)  # the air beside the head
    assert taken({"objects": [stroke([["M", 5, 5], ["L", 20, 5]])]}, window).strays(FRONT)
    assert not taken({"objects": [stroke(LINE)]}, ARM).strays(FRONT)


@pytest.mark.parametrize("key", ["front", "head-left", "left-hand-palm", "right-foot-sole"])
def test_the_canvas_shows_the_place_of_the_mark_without_distortion(key: str) -> None:
    drawing = view(key, OLDER)
    for region in drawing.regions:
        x, y = drawing.centre_of(region)
        window = drawings.window_at(drawing, x, y)
        across, down = window.shown(round(x * PARTS), round(y * PARTS))
        assert 0 <= across <= CANVAS and 0 <= down <= CANVAS


def test_how_far_a_drawing_reaches() -> None:
    drawing = Drawing(((("M", 10, 20), ("L", 40, 90)), (("M", 5, 30),)))
    assert drawing.extent == (5, 20, 35, 70)
    assert Drawing().extent == (0, 0, 0, 0) and Drawing().text == ""
