"""The colours of charts, which plotly cannot take from the page: light, and in the dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pages.parts import session


@dataclass(frozen=True)
class Palette:
    """Words, lesser words, lines, shaded ground, and what is drawn on it: `pale` is a second kind
    beside `mark`, `waiting` is what is still to come."""

    ink: str
    note: str
    line: str
    band: str
    ground: str
    mark: str
    alarm: str
    pale: str
    waiting: str


LIGHT = Palette("#14101F", "#555064", "#E2DEEA", "#EEECF2", "#FFFFFF", "#4B2E83", "#9B1C16",
                "#B9A8DE", "#A85B00")  # fmt: skip
DARK = Palette("#F3F0F8", "#B9B3C6", "#3A3446", "#2A2534", "#1B1723", "#C3ACEE", "#FF9C92",
               "#5E4A8C", "#F0B060")  # fmt: skip


def manner(colours: Palette) -> dict[str, Any]:
    """How every chart looks: its type, the page's ground, and the box beside the pointer."""
    return {
        "font": {"family": "Public Sans, Source Sans, sans-serif", "size": 14,
                 "color": colours.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"bgcolor": colours.ground, "bordercolor": colours.mark,
                       "font": {"color": colours.ink}},
        "dragmode": False,
    }  # fmt: skip


def now() -> Palette:
    """Those of the theme in which the page is seen."""
    return DARK if session.is_dark() else LIGHT
