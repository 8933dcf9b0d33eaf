"""Charts of a report: bars with their names and their numbers in words, drawn by its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core import over_time
from core.over_time import Trend


@dataclass(frozen=True)
class Bar:
    """What it is about, its number in words, and how long it is; 0 draws none."""

    name: str
    said: str
    length: int


@dataclass(frozen=True)
class Chart:
    """Bars under a title; `said` tells all of them to whoever cannot see them."""

    title: str
    bars: tuple[Bar, ...]
    said: str


def of(title: str, bars: Iterable[Bar]) -> tuple[Chart, ...]:
    """One chart; none where there is nothing to draw."""
    drawn = tuple(bars)
    if not drawn:
        return ()
    told = "; ".join(f"{bar.name}: {bar.said}" for bar in drawn)
    return (Chart(title, drawn, f"Bar chart, {title.lower()}. {told}."),)


@dataclass(frozen=True)
class Course:
    """Bars period after period, of several things on one scale that ends at `top`; `head` and
    `rows` are the same in words, and `said` tells what is drawn to whoever cannot see it."""

    title: str
    periods: tuple[str, ...]
    drawn: tuple[Trend, ...]
    top: float
    hidden: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    said: str


def course(chart: over_time.Chart) -> Course:
    """A chart of trends as a template draws it."""
    told = "; ".join(f"{trend.name}: {_spoken(chart, trend)}" for trend in chart.drawn)
    return Course(chart.title, chart.periods, chart.drawn, chart.top, chart.hidden, chart.head,
                  chart.rows, f"Bar chart, {chart.title.lower()}, over time. {told}.")  # fmt: skip


def _spoken(chart: over_time.Chart, trend: Trend) -> str:
    """All that is drawn of one thing."""
    both = zip(chart.periods, trend.marks, strict=True)
    return ", ".join(f"{period} {mark.said}" for period, mark in both)
