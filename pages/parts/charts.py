"""Bars in the school's manner. Each figure is built once for the numbers that it shows, so that
what is held can tell nobody anything that they did not ask for with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import plotly.graph_objects as go

from pages.parts import figure, palette
from pages.parts.palette import Palette

LINE = 38  # pixels a bar
WEEKS_HIGH = 240
HALF = timedelta(days=4)  # of a week, on both sides of its bar
TICKS = 6  # dates that fit side by side on a phone


def bars(counts: Sequence[tuple[str, int]], said: str, *, waiting: str = "", key: str) -> None:
    """A bar for each name, one beneath the other; the one called `waiting` stands out."""
    figure.draw(_bars(tuple(counts), waiting, palette.now()), said, key=key)


def weeks(begins: Sequence[date], first: Sequence[int], second: Sequence[int], said: str, *,
          names: tuple[str, str], key: str) -> None:  # fmt: skip
    """A bar for each week, and a line with points over them: two bars a week of a year are a
    thicket on a phone."""
    drawn = _weeks(tuple(begins), tuple(first), tuple(second), names, palette.now())
    figure.draw(drawn, said, key=key)


@lru_cache(maxsize=64)
def _bars(counts: tuple[tuple[str, int], ...], waiting: str, colours: Palette) -> go.Figure:
    names = [name for name, _ in counts]
    numbers = [number for _, number in counts]
    whole = go.Figure(go.Bar(
        x=numbers, y=names, orientation="h", text=numbers, textposition="outside", cliponaxis=False,
        marker_color=[colours.waiting if name == waiting else colours.mark for name in names],
        hovertemplate="%{y}: %{x}<extra></extra>", width=0.62, textfont={"color": colours.ink},
    ))  # fmt: skip
    _dress(whole, colours, LINE * len(names) + 10)
    whole.update_xaxes(range=[0, max([*numbers, 1]) * 1.12], visible=False)
    whole.update_yaxes(autorange="reversed", ticksuffix="   ", automargin=True,
                       tickfont={"size": 14, "color": colours.ink})  # fmt: skip
    return figure.finished(whole)


@lru_cache(maxsize=64)
def _weeks(begins: tuple[date, ...], first: tuple[int, ...], second: tuple[int, ...],
           names: tuple[str, str], colours: Palette) -> go.Figure:  # fmt: skip
    told = ": %{y}, week of %{x|%-d %b %Y}<extra></extra>"
    whole = go.Figure([
        go.Bar(x=begins, y=first, name=names[0], marker_color=colours.pale,
               hovertemplate=names[0] + told),
        go.Scatter(x=begins, y=second, name=names[1], mode="lines+markers",
                   line={"color": colours.mark, "width": 2}, marker_size=6,
                   hovertemplate=names[1] + told),
    ])  # fmt: skip
    _dress(whole, colours, WEEKS_HIGH)
    apart = -(-len(begins) // TICKS)
    whole.update_layout(bargap=0.3, showlegend=True,
                        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
                        margin={"t": 34, "b": 40}, legend_itemclick=False,
                        legend_itemdoubleclick=False)  # fmt: skip
    whole.update_xaxes(tickvals=begins[::apart], tickformat="%-d %b", tickangle=0,
                       ticklabelstandoff=6, tickfont={"color": colours.note},
                       range=[begins[0] - HALF, begins[-1] + HALF])  # fmt: skip
    whole.update_yaxes(showgrid=True, gridcolor=colours.line, automargin=True, rangemode="tozero",
                       tickformat="d", nticks=5, ticklabelstandoff=6,
                       tickfont={"color": colours.note})  # fmt: skip
    if not any((*first, *second)):
        whole.update_yaxes(range=[0, 4])
    return figure.finished(whole)


def _dress(whole: go.Figure, colours: Palette, height: int) -> None:
    whole.update_layout(
        height=height, margin={"l": 0, "r": 0, "t": 0, "b": 10, "pad": 0}, showlegend=False,
        **palette.manner(colours),
    )  # fmt: skip
    whole.update_xaxes(fixedrange=True, showgrid=False, zeroline=False)
    whole.update_yaxes(fixedrange=True, showgrid=False, zeroline=False)
