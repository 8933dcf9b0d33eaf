"""The audit: what somebody can work out who has every release, knows the rules, and has children.

All that such a person knows of the numbers is written down as inequalities, over all releases
together and over all that is not published as well. For each withheld number the solver looks for
the least and the greatest that it can have been: only if both ends are possible has nothing been
given away. No published number may turn out to be nearly all of its roll. And with the children of
any one household taken off, it has to stay possible that no other child is in a withheld number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from core.disclosure.cells import PHASES, Span
from core.disclosure.closure import Closure
from core.disclosure.released import Released
from core.disclosure.rounding import RULES, Number, Rules, nearly_all

if TYPE_CHECKING:
    from core.disclosure.solver import Limits, Solver


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
    """What an audit found. Releases that `contradict` each other tell of what they withhold.

    `crowded` are published numbers that turn out to be nearly all of their roll; in those of
    `others` a household can prove that children are who are not its own.
    """

    findings: tuple[Finding, ...]
    contradict: bool = False
    crowded: tuple[Number, ...] = ()
    others: tuple[Number, ...] = ()

    @property
    def is_safe(self) -> bool:
        """Whether nothing of all this can be worked out."""
        return not (self.contradict or self.narrowed or self.crowded or self.others)

    @property
    def narrowed(self) -> list[Number]:
        """The withheld numbers of which something can be worked out."""
        return [each.number for each in self.findings if not each.is_whole]

    def adds_to(self, before: Verdict) -> bool:
        """Whether more can be worked out than could `before`, when some releases were there."""
        return (
            self.contradict
            or not {each for each in self.findings if not each.is_whole} <= set(before.findings)
            or not set(self.crowded) <= set(before.crowded)
            or not set(self.others) <= set(before.others)
        )


def audit(releases: Sequence[Released], rules: Rules = RULES) -> Verdict:
    """What can be worked out of all numbers of the releases together."""
    return _System(releases, rules).verdict()


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
    """The inequalities, and what fits between them."""

    def __init__(self, releases: Sequence[Released], rules: Rules) -> None:
        self.closure, self.rules = Closure(releases), rules
        self.numbers = self.closure.numbers
        self.bounds = [(low, max(low, high)) for low, high in (n.bounds for n in self.numbers)]
        self.hidden = [at for at, number in enumerate(self.numbers) if number.is_withheld]

    def verdict(self) -> Verdict:
        if not self.numbers:
            return Verdict(())
        hidden = {at: self.bounds[at] for at in self.hidden}
        wanted = {at: low for at, (low, _) in hidden.items()}
        crowds = {at: most for at, number in enumerate(self.numbers)
                  if (most := self._uncrowded(number)) is not None}  # fmt: skip
        lows = self._reached(wanted | crowds, 1)
        highs = self._reached({at: high for at, (_, high) in hidden.items()}, -1)
        if lows is None or highs is None:
            return Verdict((), contradict=True)
        return Verdict(
            tuple(Finding(self.numbers[at], lows[at], highs[at]) for at in self.hidden),
            crowded=tuple(self.numbers[at] for at, most in crowds.items() if lows[at] > most),
            others=tuple(self.numbers[at] for at in sorted(set(self._others()))),
        )

    def _uncrowded(self, number: Number) -> int | None:
        """How many a published number may be at the least; None where nobody asks."""
        limit = nearly_all(number.roll, self.rules)
        return None if number.is_withheld or limit is None else limit - 1

    def _others(self) -> Iterator[int]:
        """The withheld numbers in which some household can prove that others are.

        All its children are of one phase, and counted under every category or, of what is
        published, in the totals alone. What it proves grows with their number, and with how many
        parts they are counted in of a whole that counts them once. A household that what is
        published rules out is not there: of it the greatest that can be is tried.
        """
        for phase in range(len(self.closure.phases) if self.hidden else 0):
            for is_everywhere in (True, False):
                for size in range(self.rules.household, 0, -1):
                    found = self._known_to(size, phase, is_everywhere)
                    if found is not None:
                        yield from (at for at, least in found.items() if least > 0)
                        break

    def _known_to(self, size: int, phase: int, is_everywhere: bool) -> dict[int, int] | None:
        """How many others at the least are in each withheld number, for such a household."""
        phases = set(self.closure.phases[phase])
        own = [
            size * (phases <= set(cell.phases or PHASES) and (is_everywhere or not cell.categories))
            for cell in (number.cell for number in self.numbers)
        ]
        limits = [(max(0, low - n), high - n)
                  for (low, high), n in zip(self.bounds, own, strict=True)]  # fmt: skip
        if any(high < 0 for _, high in limits):
            return None
        tops = self.closure.tops(size, phase)
        return self._reached(dict.fromkeys(self.hidden, 0), 1, limits, tops)

    def _reached(self, wanted: Mapping[int, int], sign: int, limits: Limits | None = None,
                 tops: Sequence[int] | None = None) -> dict[int, int] | None:  # fmt: skip
        """The least (or greatest) value of each number, no farther than is `wanted`; None if
        nothing fits at all.

        One solution shows it for many at once: the rest are asked for together, and at last one
        by one.
        """

        def least(of: Iterable[int]) -> list[int] | None:
            return self._solver.least(of, sign, limits or self.bounds, tops or self._tops)

        return _each(wanted, sign, least)

    @cached_property
    def _tops(self) -> list[int]:
        return self.closure.tops()

    @cached_property
    def _solver(self) -> Solver:
        # Here, because scipy holds 40 MB (measured), and only who makes a release needs it.
        from core.disclosure.solver import Solver

        sums = [self.closure.sum_of(number.cell) for number in self.numbers]
        return Solver(self.closure.count, list(self.closure.rows()), sums)


def _each(wanted: Mapping[int, int], sign: int,
          least: Callable[[Iterable[int]], list[int] | None]) -> dict[int, int] | None:  # fmt: skip
    found: dict[int, int] = {}
    left, together = set(wanted), True
    while left or not found:
        asked = left if together else {min(left)}
        solution = least(asked)
        if solution is None:
            return None
        if not left:
            break
        done = {at for at in left if sign * solution[at] <= sign * wanted[at]}
        found |= {at: wanted[at] for at in done}
        if not done and not together:
            done, found = asked, found | {at: solution[at] for at in asked}
        together = together and bool(done)
        left -= done
    return found
