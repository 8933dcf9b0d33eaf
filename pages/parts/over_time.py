"""Trends as small charts of one scale, one beneath the other, each with its table in words.

A bar has the length of a published number and ends in its band. Where there is none, a word stands.
"""

from __future__ import annotations

import textwrap
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from core.over_time import Chart, Mark, OverTime, Trend
from pages.parts import figure, palette, words
from pages.parts.palette import Palette

# In pixels, from a chart's line upwards: its bars, their numbers, its name, and room.
BARS, NUMBERS, NAME, ROOM = 56, 32, 20, 30
ALONE = 120  # the bars of a chart that stands by itself
LINE = 16  # of the names of periods
SLOT = 8  # letters that fit side by side above a bar on a phone
TICK = 9
LONG = 46  # letters of a name that fit on a phone
MANY = 4  # charts, above which the names of the periods stand again


def explained(shown: OverTime) -> None:
    """What the bars and the words between them mean."""
    words.block(words.Line(note, note=True) for note in shown.notes)


def draw(chart: Chart, *, key: str) -> None:
    """The charts of one kind, and beneath them the same in words."""
    title = chart.title
    st.subheader(title, anchor=False)
    if chart.drawn:
        figure.draw(_figure(chart, palette.now()), f"{title}, over time", key=key)
    if chart.hidden:
        words.line(chart.hidden, note=True)
    if chart.trends:
        with st.expander(f"{title} in words"):
            words.table(f"{title}, over time", chart.head, chart.rows, wide=True)


@lru_cache(maxsize=64)
def _figure(chart: Chart, colours: Palette) -> go.Figure:
    drawn = chart.drawn
    bars = ALONE if len(drawn) == 1 else BARS
    unit = chart.top / bars  # of the scale, a pixel
    apart = unit * (bars + NUMBERS + NAME * _lines(drawn) + ROOM)
    bases = [-apart * place for place in range(len(drawn))]
    rows = list(zip(bases, drawn, strict=True))
    whole = go.Figure([_bars(rows, colours), _said(rows, colours)])
    _dress(whole, chart, colours, bases[-1], apart, unit)
    whole.update_layout(
        annotations=[_named(name, base + unit * (bars + NUMBERS), colours)
                     for base, name in zip(bases, map(_name, drawn), strict=True)],
        shapes=[_line(base, colours) for base in bases],
    )  # fmt: skip
    return figure.finished(whole)


Rows = list[tuple[float, Trend]]


def _bars(rows: Rows, colours: Palette) -> go.Bar:
    shown = [(base, trend, at, mark) for base, trend in rows
             for at, mark in enumerate(trend.marks) if mark.length]  # fmt: skip
    last = max((len(trend.marks) for _, trend in rows), default=0) - 1
    return go.Bar(
        x=[at for _, _, at, _ in shown], y=[mark.length for *_, mark in shown],
        base=[base for base, *_ in shown], width=0.5,
        error_y={"type": "data", "symmetric": False, "thickness": 1.5, "width": 5,
                 "color": colours.ink, "array": [m.high - m.length for *_, m in shown],
                 "arrayminus": [m.length - m.low for *_, m in shown]},
        marker_color=[colours.mark if at == last else colours.pale for _, _, at, _ in shown],
        customdata=[f"{escape(trend.name)}: {escape(m.said)}" for _, trend, _, m in shown],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _said(rows: Rows, colours: Palette) -> go.Scatter:
    """The number above each bar and its band, or the word where there is none."""
    all_ = [(base, at, mark) for base, trend in rows for at, mark in enumerate(trend.marks)]
    return go.Scatter(
        mode="text", x=[at for _, at, _ in all_], y=[base + mark.high for base, _, mark in all_],
        text=[_broken(mark.short, SLOT) for *_, mark in all_], textposition="top center",
        textfont={"size": 12, "color": [_ink(mark, colours) for *_, mark in all_]},
        hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip


def _ink(mark: Mark, colours: Palette) -> str:
    return colours.ink if mark.length else colours.note


def _dress(whole: go.Figure, chart: Chart, colours: Palette, last: float, apart: float,
           unit: float) -> None:  # fmt: skip
    ticks = [_broken(period, TICK) for period in chart.periods]
    below = 8 + LINE * max(tick.count("<br>") + 1 for tick in ticks)
    many = len(chart.drawn) > MANY
    top = apart - unit * (ROOM / 2 if many else ROOM)
    whole.update_layout(
        height=round((top - last) / unit) + below * (2 if many else 1), showlegend=False,
        margin={"l": 0, "r": 0, "t": below if many else 0, "b": below, "pad": 0},
        **palette.manner(colours),
    )  # fmt: skip
    whole.update_xaxes(
        tickvals=list(range(len(ticks))), ticktext=ticks, tickangle=0, fixedrange=True,
        range=[-0.5, len(ticks) - 0.5], showgrid=False, zeroline=False,
        tickfont={"size": 12, "color": colours.note},
    )  # fmt: skip
    whole.update_yaxes(range=[last, top], visible=False, fixedrange=True)
    if many:
        whole.add_scatter(x=[None], y=[None], xaxis="x2")
        whole.update_layout(xaxis2={**whole.layout.xaxis.to_plotly_json(), "overlaying": "x",
                                    "side": "top"})  # fmt: skip


def _name(trend: Trend) -> str:
    return _broken(trend.name, LONG)


def _lines(drawn: tuple[Trend, ...]) -> int:
    return max(_name(trend).count("<br>") + 1 for trend in drawn)


def _named(name: str, above: float, colours: Palette) -> dict[str, Any]:
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": above, "yanchor": "bottom",
            "text": name, "align": "left", "showarrow": False,
            "font": {"size": 14, "color": colours.ink}}  # fmt: skip


def _line(base: float, colours: Palette) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": base, "y1": base,
            "line": {"color": colours.line, "width": 1}}  # fmt: skip


def _broken(text: str, width: int) -> str:
    """Text on as many lines as it needs; plotly reads tags, so none may be left in it."""
    return "<br>".join(escape(line) for line in textwrap.wrap(text, width)) or " "
