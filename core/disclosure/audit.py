"""The audit: what somebody can work out who has every release and knows the rules.

All that such a person knows of the numbers is written down as inequalities, over all releases
together: which cells hold which, and which parts cover a whole. For each withheld number the solver
looks for the least and the greatest that it can have been. Only if both ends of “fewer than 5” are
possible has nothing been given away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

from core.disclosure.cells import Cell, Span
from core.disclosure.released import Released
from core.disclosure.rounding import Number

if TYPE_CHECKING:
    from core.disclosure.solver import Row, Solver


@dataclass(frozen=True)
class Finding:
    """The least and the greatest that a withheld number can have been."""

    number: Number
    least: int
    greatest: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it can be worked out."""
        return (self.least, self.greatest) == self.number.bounds


@dataclass(frozen=True)
class Verdict:
    """What an audit found. Releases that `contradict` each other tell of what they withhold."""

    findings: tuple[Finding, ...]
    contradict: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether not one withheld number can be narrowed."""
        return not self.contradict and all(each.is_whole for each in self.findings)

    @property
    def narrowed(self) -> list[Number]:
        """The withheld numbers of which something can be worked out."""
        return [each.number for each in self.findings if not each.is_whole]


def audit(releases: Sequence[Released]) -> Verdict:
    """The least and the greatest of every withheld number, over all releases together."""
    return _System(releases).verdict()


def linked(releases: Iterable[Released], span: Span) -> list[Released]:
    """The releases whose numbers bear on those of a span: no inequality joins the others."""
    there, reach = list(releases), span
    while True:
        wider = [r.span for r in there if r.span.begins <= reach.ends
                 and reach.begins <= r.span.ends]  # fmt: skip
        whole = Span(min(s.begins for s in [reach, *wider]), max(s.ends for s in [reach, *wider]))
        if whole == reach:
            return [r for r in there if reach.holds(r.span)]
        reach = whole


class _System:
    """The inequalities. A cell that several releases show is one unknown."""

    def __init__(self, releases: Sequence[Released]) -> None:
        self.releases = releases
        shown = {n.cell: n for release in releases for n in release.numbers}
        self.numbers = list(shown.values())
        self.place = {cell: at for at, cell in enumerate(shown)}
        self.hidden = [at for at, number in enumerate(self.numbers) if number.about is None]

    def verdict(self) -> Verdict:
        if not self.numbers:
            return Verdict(())
        lows, highs = self._reached(1), self._reached(-1)
        if lows is None or highs is None:
            return Verdict((), contradict=True)
        return Verdict(tuple(Finding(self.numbers[at], lows[at], highs[at]) for at in self.hidden))

    def _reached(self, sign: int) -> dict[int, int] | None:
        """The least (or greatest) value of each withheld number; None if nothing fits at all.

        One solution shows it for many at once: the rest are asked for together, and at last one
        by one.
        """
        goal = {at: self.numbers[at].bounds[0 if sign > 0 else 1] for at in self.hidden}
        found: dict[int, int] = {}
        left = set(self.hidden)
        while True:
            solution = self._solver.least(left, sign)
            if solution is None:
                return None
            done = {at for at in left if solution[at] == goal[at]}
            found |= {at: goal[at] for at in done}
            left -= done
            if not left:
                return found
            if not done:
                break
        for at in left:
            solution = self._solver.least({at}, sign)
            if solution is None:
                return None
            found[at] = int(solution[at])
        return found

    @cached_property
    def _solver(self) -> Solver:
        # Here, because scipy holds 40 MB (measured), and only who makes a release needs it.
        from core.disclosure.solver import Solver

        both = [number.bounds for number in self.numbers]
        most = [self._most(number.cell) for number in self.numbers]
        bounds = [(low, max(low, min(high, top)))
                  for (low, high), top in zip(both, most, strict=True)]  # fmt: skip
        return Solver(bounds, [*self._nested(), *self._covered()])

    def _most(self, cell: Cell) -> int:
        """There are no more pupils in a phase than are on roll in it."""
        rolls = [release.roll for release in self.releases if release.span.holds(cell.span)]
        return min(
            sum(n for phase, n in roll.items() if not cell.phases or phase in cell.phases)
            for roll in rolls
        )

    def _nested(self) -> Iterator[Row]:
        """Whoever is counted in a part is counted in the whole."""
        for (part, at), (whole, of) in permutations(self.place.items(), 2):
            if whole.holds(part):
                yield {at: 1, of: -1}, 0

    def _covered(self) -> Iterator[Row]:
        """Whoever is counted in the whole is counted in one of its parts, and, where the parts
        are phases, in one alone."""
        for whole, at in self.place.items():
            for parts in self._covers(whole):
                yield {at: 1} | {self.place[part]: -1 for part in parts}, 0
                if parts[0].phases != whole.phases:
                    yield {at: -1} | {self.place[part]: 1 for part in parts}, 0

    def _covers(self, whole: Cell) -> Iterator[list[Cell]]:
        for release in self.releases:
            groups = [g for g in release.groups if set(g) <= set(whole.categories or g)]
            if sum(map(len, groups)) == len(whole.categories) or (
                release.complete and not whole.categories
            ):
                yield from self._there(Cell(whole.span, g, whole.phases) for g in groups)
            if not whole.phases:
                yield from self._there(
                    Cell(whole.span, whole.categories, phase) for phase in release.phases
                )
        spans = sorted({c.span for c in self.place if whole.span.holds(c.span)} - {whole.span})
        for tiles in _tilings(whole.span, spans):
            yield from self._there(Cell(span, whole.categories, whole.phases) for span in tiles)

    def _there(self, parts: Iterable[Cell]) -> Iterator[list[Cell]]:
        """The parts, if there are several and all of them were published."""
        cells = list(parts)
        if len(cells) > 1 and all(cell in self.place for cell in cells):
            yield cells


def _tilings(whole: Span, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Every way in which spans cover a whole one, each day once."""
    for first in spans:
        if first.begins == whole.begins:
            if first.ends == whole.ends:
                yield [first]
            elif first.ends < whole.ends:
                rest = Span(first.ends + timedelta(days=1), whole.ends)
                yield from ([first, *others] for others in _tilings(rest, spans))
