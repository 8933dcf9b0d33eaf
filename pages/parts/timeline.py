"""The year of a child at a glance: a lane a category, larger where it was more serious."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from core import categories, moments
from core.chronology import Entry
from core.school_days import Calendar, Holiday
from pages.parts import figure, palette, session
from pages.parts.palette import Palette

YEAR = timedelta(days=365)
LANE = 54  # pixels
SAID = "The last year, a lane for each kind of concern. The list beneath has all of it in words."


def draw(entries: Sequence[Entry], zone: ZoneInfo, calendar: Calendar, *, key: str) -> None:
    """The last year. What the chart shows stands in the list beneath as well."""
    today = moments.today(zone)
    recent = [e for e in entries if _day(e, zone) > today - YEAR]
    if not recent:
        return
    colours, holidays = palette.now(), tuple(calendar.holidays(today - YEAR, today))
    shown = _shown(recent, today, holidays, colours, zone)
    drawn = _kept(shown, recent, today, holidays, colours, zone)
    figure.draw(drawn, SAID, key=key)


def _shown(
    entries: Sequence[Entry],
    today: date,
    holidays: tuple[Holiday, ...],
    colours: Palette,
    zone: ZoneInfo,
) -> tuple[Hashable, ...]:
    """All that the figure shows: it is another one if any of it is."""
    drawn = tuple(
        (e.incident.id, e.incident.categories, _is_more(e), len(e.actions)) for e in entries
    )
    return drawn, today, holidays, colours, zone.key


def _kept(shown: tuple[Hashable, ...], *given: Any) -> go.Figure:
    """The figure as it was drawn before in this tab: plotly takes 20 ms for one (measured)."""
    before, drawn = session.recall("timeline", (None, None))
    if drawn is None or before != shown:
        drawn = figure.finished(_figure(*given))
        session.remember("timeline", (shown, drawn))
    return drawn


def _figure(
    entries: Sequence[Entry],
    today: date,
    holidays: Sequence[Holiday],
    colours: Palette,
    zone: ZoneInfo,
) -> go.Figure:
    lanes = list(dict.fromkeys(e.incident.categories[0] for e in entries))
    points = _points(entries, lanes, colours, zone)
    layout = _layout([categories.names([lane]) for lane in lanes], today, holidays, colours)
    return go.Figure({"data": [points, _actions(entries, len(lanes), colours, zone)],
                      "layout": layout})  # fmt: skip


def _points(
    entries: Sequence[Entry], lanes: list[str], colours: Palette, zone: ZoneInfo
) -> dict[str, Any]:
    urgent = [entry.incident.urgent for entry in entries]
    return {
        "type": "scatter",
        "x": [_day(entry, zone) for entry in entries],
        "y": [-lanes.index(entry.incident.categories[0]) for entry in entries],
        "mode": "markers",
        "marker": {
            "opacity": 1,
            "size": [17 if e.incident.urgent else 9 + 4 * _is_more(e) for e in entries],
            "symbol": ["diamond" if each else "circle" for each in urgent],
            "color": [colours.alarm if each else colours.mark for each in urgent],
        },
        "text": [f"#{e.incident.number}, {_day(e, zone):%d %b %Y}" for e in entries],
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }


def _actions(
    entries: Sequence[Entry], lane: int, colours: Palette, zone: ZoneInfo
) -> dict[str, Any]:
    days = [action.recorded_at.astimezone(zone).date() for e in entries for action in e.actions]
    return {
        "type": "scatter",
        "x": days,
        "y": [-lane] * len(days),
        "mode": "markers",
        "marker": {"symbol": "line-ns", "size": 14, "line": {"width": 2, "color": colours.note}},
        "hovertemplate": "Action, %{x|%d %b %Y}<extra></extra>",
        "showlegend": False,
    }


def _layout(
    lanes: Sequence[str], today: date, holidays: Sequence[Holiday], colours: Palette
) -> dict[str, Any]:
    names = [*lanes, "Actions"]
    return {
        "annotations": [_name(name, place, colours) for place, name in enumerate(names)],
        "shapes": [_shade(holiday, colours) for holiday in holidays],
        "height": 70 + LANE * len(names),
        "margin": {"l": 0, "r": 0, "t": 10, "b": 30},
        **palette.manner(colours),
        "xaxis": {"range": [today - YEAR, today + timedelta(days=7)], "dtick": "M2",
                  "tickformat": "%b", "showgrid": False, "tickfont": {"color": colours.note}},
        "yaxis": {"range": [-len(names) + 0.4, 0.7], "tickvals": [-n for n in range(len(names))],
                  "showticklabels": False, "gridcolor": colours.line, "zeroline": False},
    }  # fmt: skip


def _name(text: str, place: int, colours: Palette) -> dict[str, Any]:
    """What a lane is called, above its line."""
    return {"x": 0, "xref": "paper", "y": -place + 0.34, "text": text, "showarrow": False,
            "xanchor": "left", "font": {"size": 14, "color": colours.ink}}  # fmt: skip


def _shade(holiday: Holiday, colours: Palette) -> dict[str, Any]:
    """Days without school, from top to bottom."""
    return {"type": "rect", "xref": "x", "yref": "y domain", "y0": 0, "y1": 1,
            "x0": holiday.begins, "x1": holiday.ends + timedelta(days=1),
            "fillcolor": colours.band, "line": {"width": 0}, "layer": "below"}  # fmt: skip


def _is_more(entry: Entry) -> bool:
    """Whether the team made more of it than of others."""
    return bool(entry.meaning or entry.decisions)


def _day(entry: Entry, zone: ZoneInfo) -> date:
    return entry.incident.occurred_at.astimezone(zone).date()
