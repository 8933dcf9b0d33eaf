"""Bars for released numbers: a name, its bar, and the number in words beside it.

What is withheld has no bar, so that no height tells of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import plotly.graph_objects as go

from core.disclosure import Number
from pages.parts import figure, palette, session
from pages.parts.palette import Palette

ROW = 54  # pixels
ROOM = 1.45  # of the longest bar, for its words

Rows = Sequence[tuple[str, Number]]  # a name of ours, such as of a category, and its number


def draw(rows: Rows, said: str, *, key: str) -> None:
    """The bars, as they were drawn before in this tab where nothing has changed."""
    colours = palette.now()
    shown: Hashable = (tuple(rows), colours)
    drawn: dict[str, tuple[Hashable, go.Figure]] = session.recall("bars", {})
    if key not in drawn or drawn[key][0] != shown:
        drawn[key] = (shown, figure.finished(_figure(rows, colours)))
        session.remember("bars", drawn)
    figure.draw(drawn[key][1], said, key=key)


def _figure(rows: Rows, colours: Palette) -> go.Figure:
    longest = max((number.about or 0 for _, number in rows), default=0) or 1
    return go.Figure({"data": [_bars(rows, colours), _said(rows, colours)],
                      "layout": _layout([name for name, _ in rows], longest, colours)})  # fmt: skip


def _bars(rows: Rows, colours: Palette) -> dict[str, Any]:
    shown = [(-place, number) for place, (_, number) in enumerate(rows) if number.about]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [number.about for _, number in shown],
        "y": [place for place, _ in shown],
        "width": 0.34,
        "marker": {"color": colours.mark},
        "text": [number.said for _, number in shown],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }


def _said(rows: Rows, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [number.about or 0 for _, number in rows],
        "y": [-place for place in range(len(rows))],
        "text": [f" {number.said}" for _, number in rows],
        "textposition": "middle right",
        "textfont": {"size": 14, "color": colours.ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _layout(names: Sequence[str], longest: int, colours: Palette) -> dict[str, Any]:
    return {
        "annotations": [_name(name, place, colours) for place, name in enumerate(names)],
        "height": 20 + ROW * len(names),
        "margin": {"l": 0, "r": 0, "t": 10, "b": 10},
        **palette.manner(colours),
        "xaxis": {"range": [0, ROOM * longest], "visible": False, "fixedrange": True},
        "yaxis": {"range": [-len(names) + 0.5, 0.7], "visible": False, "fixedrange": True},
    }  # fmt: skip


def _name(text: str, place: int, colours: Palette) -> dict[str, Any]:
    """What a bar is about, above it."""
    return {"x": 0, "xref": "paper", "y": -place + 0.36, "text": text, "showarrow": False,
            "xanchor": "left", "font": {"size": 14, "color": colours.note}}  # fmt: skip
