"""Charts of a report: bars with their names and their numbers in words, drawn by its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
