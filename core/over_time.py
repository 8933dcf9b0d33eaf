"""Trends in words: released periods side by side, the same on the screen, on paper and in a table.

It reads releases alone. Two schools that released the same are told the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from core import categories, figures
from core.disclosure import Released, Span, middle_band, share_band
from core.disclosure import series as published
from core.disclosure.cells import PHASES
from core.disclosure.series import Gap, Length, Point, Series, Slot

MOST = 6  # periods side by side: as many as can be read on a phone

BAND = (
    "Each bar ends in a thin line: the band that rounding leaves. The exact number lies within it. "
    "A rise often means that staff write down more."
)
NOT_YET = "A trend needs two periods of one length, and they have not been released yet."

# What stands in a chart where there is no bar, and what it means.
SHORT = {
    Gap.WITHHELD: "withheld",
    Gap.TOO_LITTLE: "no figure",
    Gap.TOGETHER: "grouped",
    Gap.APART: "apart",
    Gap.LEFT_OUT: "left out",
    Gap.NOT_RELEASED: "not released",
}
MEANT = {
    Gap.WITHHELD: "“Withheld” is left out so that no child can be recognised.",
    Gap.TOO_LITTLE: "“No figure”: there was too little to tell of, or too much still waited.",
    Gap.TOGETHER: "“Grouped” was counted together with others, as one number.",
    Gap.APART: "“Apart” was counted each by itself, or in other groups.",
    Gap.LEFT_OUT: "“Left out” was not one of the categories told of in this period.",
    Gap.NOT_RELEASED: "“Not released”: nobody outside has been shown this number.",
}

HOURS, SHARES = ("hours_to_reading", "hours_to_action"), ("late", "answered", "in_time", "trained")
MEASURES = dict.fromkeys(HOURS, middle_band) | dict.fromkeys(SHARES, share_band)


@dataclass(frozen=True)
class Mark:
    """One thing in one period: in full words, in a few for a chart, and how long its bar is with
    the ends of its band. Where there is no number, there is no length."""

    said: str
    short: str
    length: float = 0
    low: float = 0
    high: float = 0


@dataclass(frozen=True)
class Trend:
    """One thing over the periods."""

    name: str
    marks: tuple[Mark, ...]
    is_seen: bool


@dataclass(frozen=True)
class Chart:
    """Trends on one scale that ends at `top`. What has no number at all is not drawn, but named."""

    title: str
    periods: tuple[str, ...]
    trends: tuple[Trend, ...]
    top: float

    @property
    def drawn(self) -> tuple[Trend, ...]:
        """The trends of which there is any number."""
        return tuple(trend for trend in self.trends if trend.is_seen)

    @property
    def hidden(self) -> str:
        """The names of the others in a sentence; empty where there are none."""
        if not self.trends:
            return "No number of this was published for these periods."
        names = "; ".join(trend.name for trend in self.trends if not trend.is_seen)
        return f"No number in any of these periods: {names}." if names else ""

    @property
    def head(self) -> tuple[str, ...]:
        """The first line of the same in a table."""
        return (self.title, *self.periods)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every trend in words, drawn or not."""
        return tuple((each.name, *(mark.said for mark in each.marks)) for each in self.trends)


@dataclass(frozen=True)
class OverTime:
    """Everything that is told of some periods, and what the words in it mean."""

    charts: tuple[Chart, ...]
    notes: tuple[str, ...]
    is_trend: bool  # and not one period alone


def ends(releases: Sequence[Released], of: Length) -> list[str]:
    """The names of the periods of one length, the newest first, that can be the last ones seen."""
    there = [slot for slot in published.slots(releases, of) if slot.is_released]
    return [slot.span.name for slot in reversed(there[min(MOST, len(there)) - 1 :])]


def seen(releases: Sequence[Released], of: Length, last: str | None = None) -> OverTime:
    """The trends over the newest periods of one length, or over those up to the `last` one."""
    along = _along(published.slots(releases, of), last)
    made = [
        _chart("All students", published.total(releases, along), along),
        _chart("By category", published.categories(releases, along), along),
        _chart("By phase", published.phases(releases, along), along),
        *_work(releases, along),
    ]
    gaps = {gap for _, some in made for gap in some}
    notes = (BAND, *(meaning for gap, meaning in MEANT.items() if gap in gaps))
    is_trend = sum(slot.is_released for slot in along) > 1
    return OverTime(tuple(chart for chart, _ in made), notes, is_trend)


def _along(slots: Sequence[Slot], last: str | None) -> list[Slot]:
    names = [slot.span.name if slot.is_released else "" for slot in slots]
    until = names.index(last) + 1 if last and last in names else len(slots)
    found = list(slots[max(0, until - MOST) : until])
    return found if not found or found[0].is_released else found[1:]


def _work(releases: Sequence[Released], along: Sequence[Slot]) -> Iterator[tuple[Chart, set[Gap]]]:
    made = published.measures(releases, along, MEASURES)
    some = [series for series in made if series.is_seen]
    hours = [series for series in some if series.about[0] in HOURS]
    yield _chart("How long concerns waited", hours, along)
    yield _chart("How the school worked", [s for s in some if s not in hours], along, top=100)


def _chart(
    title: str, some: Sequence[Series], along: Sequence[Slot], top: float = 0
) -> tuple[Chart, set[Gap]]:
    points = [point for series in some for point in series.points]
    highest = top or max((point.band[1] for point in points), default=0)
    trends = tuple(map(_trend, sorted(some, key=_order)))
    periods = tuple(_name(slot) for slot in along)
    return Chart(title, periods, trends, highest), {p.gap for p in points if p.gap}


def _trend(series: Series) -> Trend:
    marks = tuple(_mark(point, series.about) for point in series.points)
    return Trend(_about(series.about), marks, series.is_seen)


def _mark(point: Point, about: tuple[str, ...]) -> Mark:
    if point.gap:
        return Mark(_missing(point), SHORT[point.gap])
    low, high = point.band
    short = point.said or _figure(about[0], point.about or 1)
    return Mark(f"{short}, {_plain(low)} to {_plain(high, up=True)}", short,
                point.about or 1, low, high)  # fmt: skip


def _missing(point: Point) -> str:
    """Why there is no number, in full."""
    assert point.gap  # noqa: S101 - whoever calls has looked
    if point.others:
        return f"counted together with {_about(point.others)}"
    short = SHORT[point.gap]
    return short if point.said in ("", short) else f"{short}: {point.said}"


def _figure(measure: str, about: int) -> str:
    unit = "h" if measure in HOURS else "%"
    return f"about {about}\N{NO-BREAK SPACE}{unit}"


def _plain(end: float, *, up: bool = False) -> str:
    """An end of a band: whole, and halves of an hour."""
    return f"{end:g}" if (2.0 * end).is_integer() else str(ceil(end) if up else floor(end))


def _about(keys: tuple[str, ...]) -> str:
    """What a series is about, as it is read."""
    if not keys:
        return figures.COUNTED
    if keys[0] in figures.MEASURES:
        return figures.MEASURES[keys[0]][0]
    if keys[0] in figures.PHASES:
        return " and ".join(figures.PHASES[key] for key in keys)
    return categories.names(keys)


def _order(series: Series) -> list[int]:
    """As the lists of reference have it; a group comes after the first of it."""
    known = [*(each.key for each in categories.every()), *PHASES, *MEASURES]
    return [known.index(key) if key in known else len(known) for key in series.about]


def _name(slot: Slot) -> str:
    span: Span = slot.span
    return span.name if slot.is_released else f"{span.begins:%b %Y} to {span.ends:%b %Y}"
