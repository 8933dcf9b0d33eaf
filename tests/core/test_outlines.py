"""The outlines: every place on a child has one name, and left is the child's left."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from shapely import Point, Polygon
from shapely.affinity import scale
from shapely.ops import unary_union

from core import outlines
from core.outlines import OLDER, SAID, VIEWS, YOUNGER, View, view

BUILDS = (YOUNGER, OLDER)
everywhere = pytest.mark.parametrize("key", VIEWS)
both = pytest.mark.parametrize("build", BUILDS)

NEAR = 1.0  # units within the border of a region; a pixel of a phone is about as much

# Which view shows the other side of the child.
MIRRORED = {
    **{each: each for each in ("front", "back", "head-front", "head-back", "head-crown")},
    "left-side": "right-side", "head-left": "head-right",
    **{f"left-{each}": f"right-{each}" for each in
       ("hand-back", "hand-palm", "foot-top", "foot-sole")},
}  # fmt: skip


def at(drawing: View, point: Point) -> str:
    return drawing.region_at(point.x / drawing.width, point.y / drawing.height)


@both
@everywhere
def test_the_middle_of_a_region_is_in_that_region(key: str, build: str) -> None:
    drawing = view(key, build)
    for region in drawing.regions:
        assert drawing.region_at(*drawing.centre_of(region)) == region


@both
@everywhere
def test_a_point_just_within_the_border_is_in_that_region(key: str, build: str) -> None:
    drawing = view(key, build)
    for region in drawing.regions.values():
        within = region.shape.buffer(-NEAR)
        assert not within.is_empty, region.key
        for ring in getattr(within, "geoms", [within]):
            for place in range(0, 100, 4):
                point = ring.exterior.interpolate(place / 100, normalized=True)
                assert at(drawing, point) == region.key


@both
@everywhere
def test_a_touch_just_beside_the_child_counts_and_one_in_the_air_does_not(
    key: str, build: str
) -> None:
    drawing = view(key, build)
    child = unary_union([region.shape for region in drawing.regions.values()])
    beside = child.buffer(0.5 * outlines.BESIDE * drawing.width)
    away = child.buffer(1.5 * outlines.BESIDE * drawing.width)
    for place in range(0, 100, 5):
        edge = away.exterior.interpolate(place / 100, normalized=True)
        assert at(drawing, edge) == ""
        assert at(drawing, beside.exterior.interpolate(place / 100, normalized=True)) != ""


@pytest.mark.parametrize("place", [(float("nan"), 0.5), (0.5, float("inf")), (-3, 0.5)])
def test_what_is_no_place_has_no_region(place: tuple[float, float]) -> None:
    assert view("front", OLDER).region_at(*place) == ""


@both
@everywhere
def test_the_regions_leave_no_gap_and_do_not_overlap(key: str, build: str) -> None:
    shapes = [region.shape for region in view(key, build).regions.values()]
    assert all(shape.is_valid and isinstance(shape, Polygon) for shape in shapes)
    child = unary_union(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(child.area, rel=0.002)
    holes = [Polygon(hole) for part in getattr(child, "geoms", [child]) for hole in part.interiors]
    assert sum(hole.area for hole in holes) < 0.001 * child.area
    assert max(a.intersection(b).area for a, b in combinations(shapes, 2)) < 5


@both
@pytest.mark.parametrize(("left", "right"), MIRRORED.items())
def test_left_and_right_are_drawn_alike_and_are_the_childs(
    left: str, right: str, build: str
) -> None:
    here, there = view(left, build), view(right, build)
    for key, region in here.regions.items():
        other = there.regions[swapped(key)].shape
        mirrored = scale(region.shape, xfact=-1, origin=(here.width / 2, 0))
        assert mirrored.symmetric_difference(other).area < 0.03 * other.area + 4, key


def swapped(key: str) -> str:
    pairs = {"left": "right", "right": "left"}
    return "-".join(pairs.get(word, word) for word in key.split("-"))


@pytest.mark.parametrize(
    ("key", "region", "is_left_of_the_picture"),
    [
        ("front", "right-forearm", True),
        ("front", "left-forearm", False),
        ("back", "left-forearm", True),
        ("head-front", "right-cheek", True),
        ("head-crown", "left-ear", True),
        ("right-hand-back", "right-thumb", True),
        ("right-hand-palm", "right-thumb", False),
        ("left-hand-back", "left-thumb", False),
        ("right-foot-top", "right-big-toe", True),
        ("right-foot-sole", "right-big-toe", False),
        ("left-foot-top", "left-big-toe", False),
    ],
)
@both
def test_the_child_faces_us_in_front_and_turns_away_behind(
    key: str, region: str, is_left_of_the_picture: bool, build: str
) -> None:
    drawing = view(key, build)
    assert (drawing.centre_of(region)[0] < 0.5) is is_left_of_the_picture


@everywhere
def test_both_builds_have_the_same_regions(key: str) -> None:
    assert view(key, YOUNGER).regions.keys() == view(key, OLDER).regions.keys()


def test_a_place_is_said_with_its_view() -> None:
    assert outlines.said("back", "left-forearm") == "Left forearm, back"
    assert outlines.said("left-hand-palm", "left-thumb") == "Left thumb, palm of the left hand"
    assert SAID.keys() == set(VIEWS)


@pytest.mark.parametrize(
    ("today", "build"),
    [
        (date(2026, 3, 2), YOUNGER),
        (date(2026, 3, 3), OLDER),
        (date(2030, 1, 1), OLDER),
        (date(2019, 3, 3), YOUNGER),
    ],
)
def test_a_child_is_built_like_the_older_one_from_the_seventh_birthday(
    today: date, build: str
) -> None:
    assert outlines.build_at(date(2019, 3, 3), today) == build


@pytest.mark.parametrize(("key", "build"), [("../secret", OLDER), ("front", "../older"), ("", "")])
def test_there_are_no_other_drawings(key: str, build: str) -> None:
    with pytest.raises(KeyError):
        view(key, build)
