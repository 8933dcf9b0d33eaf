"""The year of a child at a glance: a lane a category, larger where it was more serious."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import plotly.graph_objects as go
import streamlit as st

from core import categories, clock, school_days
from core.chronology import Entry

INK, NOTE, LINE, BAND = "#14101F", "#555064", "#E2DEEA", "#EEECF2"
PURPLE, RED = "#4B2E83", "#9B1C16"
YEAR = timedelta(days=365)
LANE = 54  # pixels


def draw(entries: Sequence[Entry], zone: ZoneInfo, *, key: str) -> None:
    """The last year. What the chart shows stands in the list beneath as well."""
    today = clock.now().astimezone(zone).date()
    recent = [e for e in entries if _day(e, zone) > today - YEAR]
    if not recent:
        return
    lanes = list(dict.fromkeys(e.incident.categories[0] for e in recent))
    figure = go.Figure([_points(recent, lanes, zone), _actions(recent, len(lanes), zone)])
    _dress(figure, lanes, today)
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, key=key)


def _points(entries: Sequence[Entry], lanes: list[str], zone: ZoneInfo) -> go.Scatter:
    urgent = [entry.incident.urgent for entry in entries]
    return go.Scatter(
        x=[_day(entry, zone) for entry in entries],
        y=[-lanes.index(entry.incident.categories[0]) for entry in entries],
        mode="markers",
        marker={
            "opacity": 1,
            "size": [17 if each else 9 + 4 * bool(e.meaning or e.decisions)
                     for e, each in zip(entries, urgent, strict=True)],
            "symbol": ["diamond" if each else "circle" for each in urgent],
            "color": [RED if each else PURPLE for each in urgent],
        },
        text=[f"#{e.incident.number}, {_day(e, zone):%d %b %Y}" for e in entries],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )  # fmt: skip


def _actions(entries: Sequence[Entry], lane: int, zone: ZoneInfo) -> go.Scatter:
    days = [action.recorded_at.astimezone(zone).date() for e in entries for action in e.actions]
    return go.Scatter(
        x=days,
        y=[-lane] * len(days),
        mode="markers",
        marker={"symbol": "line-ns", "size": 14, "line": {"width": 2, "color": NOTE}},
        hovertemplate="Action, %{x|%d %b %Y}<extra></extra>",
        showlegend=False,
    )


def _dress(figure: go.Figure, lanes: list[str], today: date) -> None:
    names = [categories.names([lane]) for lane in lanes] + ["Actions"]
    for place, name in enumerate(names):
        figure.add_annotation(x=0, xref="paper", y=-place + 0.34, text=name, showarrow=False,
                              xanchor="left", font={"size": 14, "color": INK})  # fmt: skip
    for holiday in school_days.holidays(today - YEAR, today):
        figure.add_vrect(x0=holiday.begins, x1=holiday.ends + timedelta(days=1), fillcolor=BAND,
                         line_width=0, layer="below")  # fmt: skip
    figure.update_layout(
        height=70 + LANE * len(names),
        margin={"l": 0, "r": 0, "t": 10, "b": 30},
        font={"family": "Public Sans, Source Sans, sans-serif", "size": 14, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"bgcolor": "#FFFFFF", "bordercolor": PURPLE, "font": {"color": INK}},
        dragmode=False,
    )
    figure.update_xaxes(range=[today - YEAR, today + timedelta(days=7)], dtick="M2",
                        tickformat="%b", showgrid=False, tickfont={"color": NOTE})  # fmt: skip
    figure.update_yaxes(range=[-len(names) + 0.4, 0.7], tickvals=[-n for n in range(len(names))],
                        showticklabels=False, gridcolor=LINE, zeroline=False)  # fmt: skip


def _day(entry: Entry, zone: ZoneInfo) -> date:
    return entry.incident.occurred_at.astimezone(zone).date()
