"""Every number that there is to know of, published or not, and what each says of the others.

What is not published is an unknown, never nothing: somebody who reckons needs no number, only that
there is one. The unknowns are the pupils of each stretch between two days on which any span begins
or ends, with each group of categories, of each phase. A sum of phases is written as that sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from core.disclosure.cells import PHASES, Cell
from core.disclosure.released import Released
from core.disclosure.rounding import Number

Key = tuple[str, ...]
Row = dict[int, int]  # coefficients by the place of their unknown; together at most nothing
DAY = timedelta(days=1)


class Closure:
    """The unknowns of some releases. Numbers of a cell that several of them show are one."""

    def __init__(self, releases: Sequence[Released]) -> None:
        self._releases = [release for release in releases if any(release.numbers)]
        self.numbers = list({n.cell: n for each in self._releases for n in each.numbers}.values())
        self._days = _days(self.numbers)
        self._keys = sorted({(), *(n.cell.categories for n in self.numbers)})
        self.phases = _apart({n.cell.phases for n in self.numbers})
        self._stretches = list(combinations(range(len(self._days)), 2))
        self._nth = {stretch: at for at, stretch in enumerate(self._stretches)}
        self._key_nth = {key: at for at, key in enumerate(self._keys)}

    @property
    def count(self) -> int:
        """How many unknowns there are."""
        return len(self._keys) * len(self.phases) * len(self._stretches)

    def sum_of(self, cell: Cell) -> Row:
        """The unknowns that together are the number of a cell."""
        stretch = self._day_nth[cell.span.begins], self._day_nth[cell.span.ends + DAY]
        return {self._place(cell.categories, nth, stretch): 1
                for nth, phase in enumerate(self.phases)
                if not cell.phases or set(phase) <= set(cell.phases)}  # fmt: skip

    def tops(self, taken_off: int = 0, phase: int = -1) -> list[int]:
        """No unknown is above the roll of its phases, of which some may be `taken_off`."""
        by_phase = [[self._most(each, stretch) for stretch in self._stretches]
                    for each in self.phases]  # fmt: skip
        by_phase = [[max(0, most - taken_off * (nth == phase)) for most in some]
                    for nth, some in enumerate(by_phase)]  # fmt: skip
        return [most for _ in self._keys for some in by_phase for most in some]

    def rows(self) -> Iterator[Row]:
        """What every unknown says of its neighbours. Anything farther follows from these."""
        for nth in range(len(self.phases)):
            for key in self._keys:
                yield from self._in_time(key, nth)
            for stretch in self._stretches:
                yield from self._of_categories(nth, stretch)

    def _in_time(self, key: Key, phase: int) -> Iterator[Row]:
        """A longer stretch has no fewer pupils, and what it has more of is no more than what a
        shorter one would have: whoever is new to the longer one is new to the shorter one too."""
        last = len(self._days) - 1

        def at(begins: int, ends: int) -> int:
            return self._place(key, phase, (begins, ends))

        for day in range(1, last):
            yield {at(day, last): 1, at(day - 1, last): -1}
            yield {at(0, day): 1, at(0, day + 1): -1}
        for begins, ends in combinations(range(1, last + 1), 2):
            row = {at(begins - 1, ends): 1, at(begins - 1, ends - 1): -1, at(begins, ends): -1}
            yield row | ({at(begins, ends - 1): 1} if ends - begins > 1 else {})

    def _of_categories(self, phase: int, stretch: tuple[int, int]) -> Iterator[Row]:
        for part, whole in self._nested:
            yield {self._place(part, phase, stretch): 1, self._place(whole, phase, stretch): -1}
        for whole, parts in self._covers:
            yield {self._place(whole, phase, stretch): 1} | {
                self._place(part, phase, stretch): -1 for part in parts
            }

    @cached_property
    def _nested(self) -> list[tuple[Key, Key]]:
        pairs = {(one, other) for one in self._keys for other in self._keys if _within(one, other)}
        between = {(one, other) for one, key in pairs for same, other in pairs if key == same}
        return sorted(pairs - between)

    @cached_property
    def _covers(self) -> set[tuple[Key, tuple[Key, ...]]]:
        """Each group with groups that hold all of it. Those of a complete release hold all."""
        found = set()
        for release in self._releases:
            there = [group for group in release.groups if group in self._key_nth]
            for whole in self._keys:
                parts = tuple(group for group in there if _within(group, whole))
                covered = release.complete and there == list(release.groups) and not whole
                if covered or (whole and set(whole) == {key for part in parts for key in part}):
                    found.add((whole, parts))
        return found

    def _place(self, key: Key, phase: int, stretch: tuple[int, int]) -> int:
        row = self._key_nth[key] * len(self.phases) + phase
        return row * len(self._stretches) + self._nth[stretch]

    def _most(self, phases: Key, stretch: tuple[int, int]) -> int:
        begins, ends = self._days[stretch[0]], self._days[stretch[1]] - DAY
        rolls = [sum(release.roll.get(phase, 0) for phase in phases) for release in self._releases]
        around = [roll for roll, release in zip(rolls, self._releases, strict=True)
                  if release.span.begins <= begins and ends <= release.span.ends]  # fmt: skip
        return min(around, default=sum(rolls))

    @cached_property
    def _day_nth(self) -> dict[date, int]:
        return {day: at for at, day in enumerate(self._days)}


def _days(numbers: Iterable[Number]) -> list[date]:
    """Every first day of a span, and every first day after one."""
    spans = {number.cell.span for number in numbers}
    return sorted({day for span in spans for day in (span.begins, span.ends + DAY)})


def _apart(published: set[Key]) -> list[Key]:
    """The phases, those together that every published group holds together or not at all."""
    alike: dict[tuple[bool, ...], list[str]] = {}
    for phase in PHASES:
        alike.setdefault(tuple(phase in group for group in sorted(published)), []).append(phase)
    return [tuple(some) for some in alike.values()]


def _within(part: Key, whole: Key) -> bool:
    return part != whole and bool(part) and (not whole or set(part) < set(whole))
