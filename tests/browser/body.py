"""Marking a body map, as a member of staff does: by mouse, by finger, or by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody

COLOUR, LENGTH, CHILD = "Colour, against the skin", "Length, cm", "The child’s exact words about it"


@dataclass(frozen=True)
class Seen:
    """A mark: the part of the body under which it is found, where, what, and what is typed."""

    part: str
    place: str
    kind: str
    typed: Mapping[str, str] = field(default_factory=dict)
    drawn: Sequence[tuple[int, int]] = ()


def open_map(me: Somebody) -> None:
    me.press("Add body map")
    expect(region(me, "Left forearm, front")).to_be_attached()


def region(me: Somebody, place: str) -> Locator:
    """A part of an outline, by what it is called with its view."""
    return me.page.get_by_role("button", name=place, exact=True)


def show(me: Somebody, part: str) -> None:
    """Another part of the body."""
    me.touch(me.page.locator(".parts label").filter(has_text=part))


def mark(me: Somebody, number: int, seen: Seen) -> None:
    """Sets a mark and says all about it."""
    show(me, seen.part)
    me.ask(region(me, seen.place))
    expect(me.page.get_by_role("heading", name=f"Mark {number}", exact=True)).to_be_visible()
    describe(me, number, seen)


def describe(me: Somebody, number: int, seen: Seen) -> None:
    """The answers about a mark that is open."""
    me.ask(me.page.get_by_role("radio", name=seen.kind, exact=True))
    for label, text in seen.typed.items():
        fill(me, label, text)
    if seen.drawn:
        me.press("Draw its shape")
        draw(me, seen.drawn)
    me.press(f"Done with mark {number}")
    expect(me.button(f"Describe mark {number}")).to_be_visible()


def fill(me: Somebody, label: str, text: str) -> None:
    """A field of the mark that is open, and on to the next."""
    field_ = me.page.get_by_label(label, exact=True)
    with me.asking():
        field_.fill(text)
        field_.blur()


def draw(me: Somebody, through: Sequence[tuple[int, int]]) -> None:
    """A stroke on the canvas, with the mouse or a finger."""
    canvas = me.page.locator("canvas").last
    canvas.scroll_into_view_if_needed()
    expect(me.page.locator(".dc-background-canvas")).to_be_visible()
    box = canvas.bounding_box()
    assert box is not None
    points = [(box["x"] + x, box["y"] + y) for x, y in through]
    with me.asking():
        (_finger if me.device.touch else _mouse)(me, points)
    expect(me.button("Undo stroke")).to_be_enabled()


def _mouse(me: Somebody, points: Sequence[tuple[float, float]]) -> None:
    mouse = me.page.mouse
    mouse.move(*points[0])
    mouse.down()
    for x, y in points[1:]:
        mouse.move(x, y, steps=6)
    mouse.up()


def _finger(me: Somebody, points: Sequence[tuple[float, float]]) -> None:
    browser = me.context.new_cdp_session(me.page)

    def finger(what: str, *at: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in at]
        browser.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": touched})

    finger("touchStart", points[0])
    for before, after in pairwise(points):
        for step in range(1, 7):
            part = step / 6
            finger("touchMove", (before[0] + (after[0] - before[0]) * part,
                                 before[1] + (after[1] - before[1]) * part))  # fmt: skip
    finger("touchEnd")
    browser.detach()


def no_advice(me: Somebody) -> None:
    """Medical advice was not sought, and why."""
    asked = me.page.get_by_role("radiogroup", name="Was medical advice sought?")
    me.ask(asked.get_by_role("radio", name="No", exact=True))
    me.type("Why was it not sought?", "The skin is not broken.")
