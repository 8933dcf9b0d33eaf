"""What was measured, beside its yardstick, and the table of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = ("", "measured", "yardstick", "ratio", "asked for", "met")
WIDTHS = (60, 12, 12, 8, 12, 5)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure in `unit`; `yardstick` is in the same unit, and then the bound is for the ratio.

    The bound is the most that it may be, or the least where `at_least` says so; without one, the
    figure is there to be compared.
    """

    what: str
    measured: float
    unit: str
    bound: float | None = None
    yardstick: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        return None if self.yardstick is None else self.measured / self.yardstick

    @property
    def is_met(self) -> bool:
        if self.bound is None:
            return True
        compared = self.measured if self.ratio is None else self.ratio
        return compared >= self.bound if self.at_least else compared <= self.bound


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The lines of the table, each as soon as its figure is there."""
    yield _line(HEAD)
    for figure in figures:
        yield _line(_cells(figure))


def _cells(figure: Figure) -> tuple[str, ...]:
    asked = figure.bound is not None
    bound = f"{'≥' if figure.at_least else '≤'} {figure.bound:g}" if asked else ""
    return (
        figure.what,
        f"{figure.measured:,.4g} {figure.unit}",
        "" if figure.yardstick is None else f"{figure.yardstick:,.4g} {figure.unit}",
        "" if figure.ratio is None else f"{figure.ratio:.2f} ×",
        f"{bound} {figure.unit if figure.ratio is None else '×'}" if asked else "",
        ("yes" if figure.is_met else "NO") if asked else "",
    )


def _line(cells: Iterable[str]) -> str:
    first, *others = zip(cells, WIDTHS, strict=True)
    return first[0].ljust(first[1]) + "".join(cell.rjust(width) for cell, width in others)
