"""What is counted: cells, each with the distinct pupils in it, and which cells hold which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

PHASES = ("early_years", "key_stage_1", "key_stage_2")


@dataclass(frozen=True, order=True)
class Span:
    """Days that follow each other, the last one included: a half-term, a term or a year."""

    begins: date
    ends: date
    name: str = field(default="", compare=False)

    def holds(self, other: Span) -> bool:
        """Whether the other lies within this one."""
        return self.begins <= other.begins and other.ends <= self.ends


@dataclass(frozen=True, order=True)
class Cell:
    """What one number is about: pupils with these categories, of these phases, in a span.

    No categories are any of them, and so are no phases.
    """

    span: Span
    categories: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()

    def holds(self, other: Cell) -> bool:
        """Whether whoever is counted in the other is surely counted here."""
        return (
            self.span.holds(other.span)
            and _holds(self.categories, other.categories)
            and _holds(self.phases, other.phases)
        )


class Entry(NamedTuple):
    """That a pupil is in a cell because of an incident."""

    pupil: str
    family: str
    incident: str


class Fact(NamedTuple):
    """An incident about a pupil, as the tables count it."""

    entry: Entry
    day: date
    phase: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A category: `lead_only` ones appear yearly alone; one of `plans` needs more pupils. One that
    is `total_only` is counted in the total and shown by no number of its own."""

    key: str
    lead_only: bool = False
    plans: bool = False
    total_only: bool = False


@dataclass(frozen=True)
class Tables:
    """Everything exact about a period. It never leaves the core.

    `terms` are those of a year, and empty for anything shorter. `roll` says how many were on roll
    in each phase, which any outsider may know.
    """

    span: Span
    terms: tuple[Span, ...]
    kinds: tuple[Kind, ...]
    roll: Mapping[str, int]
    facts: tuple[Fact, ...]

    def content(self, cell: Cell) -> frozenset[Entry]:
        """Who is in a cell, and why."""
        return frozenset().union(*(self._atoms[atom] for atom in self._parts(cell)))

    @property
    def on_roll(self) -> int:
        """How many pupils there were."""
        return sum(self.roll.values())

    def _parts(self, cell: Cell) -> Iterator[tuple[Span, str, str]]:
        for span, category, phase in self._atoms:
            if (
                cell.span.holds(span)
                and (not cell.categories or category in cell.categories)
                and (not cell.phases or phase in cell.phases)
            ):
                yield span, category, phase

    @cached_property
    def _atoms(self) -> dict[tuple[Span, str, str], set[Entry]]:
        known = {kind.key for kind in self.kinds}
        found: dict[tuple[Span, str, str], set[Entry]] = defaultdict(set)
        for fact in self.facts:
            for span in self.terms or (self.span,):
                if span.begins <= fact.day <= span.ends:
                    for category in known.intersection(fact.categories):
                        found[span, category, fact.phase].add(fact.entry)
        return found


def pupils(content: Iterable[Entry]) -> int:
    """How many different pupils."""
    return len({entry.pupil for entry in content})


def families(content: Iterable[Entry]) -> int:
    """How many different families."""
    return len({entry.family for entry in content})


def shares(content: frozenset[Entry]) -> tuple[float, float]:
    """Which part of a cell is the largest child's, and which the two largest children's."""
    most = [n for _, n in Counter(entry.pupil for entry in content).most_common(2)]
    return most[0] / len(content), sum(most) / len(content)


def _holds(wide: tuple[str, ...], narrow: tuple[str, ...]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))
