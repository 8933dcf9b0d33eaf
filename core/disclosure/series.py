"""Released periods side by side: what was published of one thing, period after period.

Nothing is worked out here. A point is a number as it was published, with the band that rounding
leaves around it, or it says why there is none. What was published of two things together is never
parted, and what was published apart is never added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum

from core.disclosure.cells import Span
from core.disclosure.released import Released
from core.disclosure.rounding import Number

HALVES = (", first half", ", second half")  # as `core.periods` names them
YEARLY = timedelta(days=200)  # longer than any term with its holiday, and shorter than any year
MISSED = timedelta(days=21)  # shorter than any half-term: less is a calendar that was amended
DAY = timedelta(days=1)

Bounds = tuple[float, float]


class Length(StrEnum):
    """What can be seen side by side. Periods of two lengths are never in one series."""

    TERM = "Terms"
    HALF = "Half-terms"
    YEAR = "School years"


class Gap(Enum):
    """Why there is no number."""

    WITHHELD = "withheld"
    TOO_LITTLE = "too little"
    TOGETHER = "together"  # counted with others, as one number
    APART = "apart"  # what is one here was counted in other groups
    LEFT_OUT = "left out"  # no number by itself was meant for it
    NOT_RELEASED = "not released"


@dataclass(frozen=True)
class Slot:
    """A period in its order. One without a release is all the time between two that have one."""

    span: Span
    is_released: bool = True


@dataclass(frozen=True)
class Point:
    """A published number with its band, or why there is none. `said` is how a release says it,
    where it does; `others` are what it is counted together with."""

    about: int | None = None
    band: Bounds = (0, 0)
    said: str = ""
    gap: Gap | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """One thing over the periods: categories or phases that one number is about, or a measure."""

    about: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def is_seen(self) -> bool:
        """Whether any number of it was published."""
        return any(point.about is not None for point in self.points)


def length(span: Span) -> Length:
    """Whether it is a half-term, a term or a school year."""
    if span.ends - span.begins > YEARLY:
        return Length.YEAR
    return Length.HALF if span.name.endswith(HALVES) else Length.TERM


def slots(releases: Sequence[Released], of: Length) -> list[Slot]:
    """The periods of one length of which anything was published, in their order, with the time
    between two of them of which nothing was."""
    there = {n.cell.span for release in releases for n in release.numbers}
    spans = sorted(s for s in there | {r.span for r in releases} if length(s) is of)
    found: list[Slot] = []
    for span in spans:
        if found and span.begins - found[-1].span.ends > MISSED:
            between = Span(found[-1].span.ends + DAY, span.begins - DAY)
            found.append(Slot(between, is_released=False))
        found.append(Slot(span))
    return found


def total(releases: Sequence[Released], along: Sequence[Slot]) -> list[Series]:
    """All students together."""
    return _counted(releases, along, lambda n: () if _is_total(n) else None)


def categories(releases: Sequence[Released], along: Sequence[Slot]) -> list[Series]:
    """Each category, and each group of them that was published as one number."""
    return _counted(releases, along, lambda n: _alone(n.cell.categories, n.cell.phases))


def phases(releases: Sequence[Released], along: Sequence[Slot]) -> list[Series]:
    """Each phase, and each group of them that was published as one number."""
    return _counted(releases, along, lambda n: _alone(n.cell.phases, n.cell.categories))


def measures(
    releases: Sequence[Released],
    along: Sequence[Slot],
    bands: Mapping[str, Callable[[int], Bounds]],
) -> list[Series]:
    """How the school worked: each measure that `bands` names, with the band around a figure."""
    own = {release.span: release.measures for release in releases}

    def point(name: str, slot: Slot) -> Point:
        if slot.span not in own:
            return Point(gap=Gap.NOT_RELEASED)
        figure = own[slot.span].get(name)
        if figure is None:
            return Point(gap=Gap.TOO_LITTLE)
        return Point(figure, bands[name](figure))

    return [Series((name,), tuple(point(name, slot) for slot in along)) for name in bands]


def _counted(
    releases: Sequence[Released],
    along: Sequence[Slot],
    about: Callable[[Number], tuple[str, ...] | None],
) -> list[Series]:
    shown: dict[Span, dict[tuple[str, ...], Number]] = {slot.span: {} for slot in along}
    for number in (n for release in releases for n in release.numbers):
        subject = about(number)
        if subject is not None and number.cell.span in shown:
            shown[number.cell.span][subject] = number
    own = {release.span: release for release in releases}
    subjects = dict.fromkeys(subject for each in shown.values() for subject in each)

    def point(subject: tuple[str, ...], slot: Slot) -> Point:
        there = shown[slot.span]
        if subject in there:
            return _published(there[subject])
        return _absent(subject, list(there), own.get(slot.span))

    return [Series(each, tuple(point(each, slot) for slot in along)) for each in subjects]


def _published(number: Number) -> Point:
    if number.about is None:
        return Point(said=number.said, gap=Gap.WITHHELD)
    return Point(number.about, number.bounds, number.said)


def _absent(
    subject: tuple[str, ...],
    there: Sequence[tuple[str, ...]],
    own: Released | None,
) -> Point:
    """Why a period has no number of this, as its release tells."""
    for other in there:
        if set(subject) < set(other):
            return Point(gap=Gap.TOGETHER, others=tuple(k for k in other if k not in subject))
    if any(set(subject) & set(other) for other in there):
        return Point(gap=Gap.APART)
    if own is None:
        return Point(gap=Gap.NOT_RELEASED)
    meant = {key for group in (*own.groups, *own.phases) for key in group}
    return Point(gap=Gap.WITHHELD if set(subject) <= meant else Gap.LEFT_OUT)


def _is_total(number: Number) -> bool:
    return not number.cell.categories and not number.cell.phases


def _alone(subject: tuple[str, ...], beside: tuple[str, ...]) -> tuple[str, ...] | None:
    """What a number is about, if it is about nothing beside that."""
    return tuple(sorted(subject)) if subject and not beside else None


def lengths(releases: Sequence[Released]) -> Iterator[Length]:
    """The lengths of which two periods or more can be seen side by side."""
    for each in Length:
        if sum(slot.is_released for slot in slots(releases, each)) > 1:
            yield each
