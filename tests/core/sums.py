"""Whole numbers of which only sums are known: how small and how great each of them can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

Found = tuple[Any, ...]
Limits = dict[Any, tuple[dict[int, int], int, int]]  # by name: a sum, its least, its greatest


@dataclass
class Sums:
    """Unknowns up to their tops, rows that are at most so much, and what was published."""

    tops: list[int]
    rows: list[tuple[dict[int, int], int]]
    limits: Limits

    def ends(self, wanted: Mapping[Any, int], sign: int, more: Limits | None = None
             ) -> dict[Any, int | None]:  # fmt: skip
        """The least or the greatest that numbers can be, unless one solution shows for many that
        they can be what is wanted. None if nothing fits, which tells that something is not what it
        seems. `more` are numbers that were not published."""
        sums = {name: row for name, (row, *_) in (self.limits | (more or {})).items()}
        shared = self._solution([sums[name] for name in wanted], sign)
        return {name: self._end(sums[name], most, sign, shared) for name, most in wanted.items()}

    def narrowed(self, hidden: Mapping[Any, int], *, lows_alone: bool = False) -> Iterator[Found]:
        """What may not be nothing, or not so much, though that is what was said of it."""
        lows = self.ends(dict.fromkeys(hidden, 0), 1)
        highs = {} if lows_alone else self.ends(hidden, -1)
        for name, top in hidden.items():
            if (ends := (lows[name], highs.get(name, top))) != (0, top):
                yield name, *ends

    def _end(self, row: Mapping[int, int], wanted: int, sign: int, shared: Any) -> int | None:
        if shared is None:
            return None
        if sign * _value(row, shared) <= sign * wanted:
            return wanted
        solution = self._solution([row], sign)
        return None if solution is None else _value(row, solution)

    def _solution(self, of: Iterable[Mapping[int, int]], sign: int) -> Any:
        costs = np.zeros(len(self.tops))
        for row in of:
            for at, n in row.items():
                costs[at] += sign * n
        return milp(costs, integrality=np.ones(len(costs)), bounds=Bounds(0, np.array(self.tops)),
                    constraints=self._constraints).x  # fmt: skip

    @cached_property
    def _constraints(self) -> list[LinearConstraint]:
        sums, lows, highs = zip(*self.limits.values(), strict=True)
        rows, most = zip(*self.rows, strict=True)
        count = len(self.tops)
        return [LinearConstraint(_matrix(rows, count), ub=most),
                LinearConstraint(_matrix(sums, count), lows, highs)]  # fmt: skip


def beside(one: Sums, other: Sums) -> Sums:
    """Two looks at one school: each number is as it was, or one more pupil is in it."""
    by = len(one.tops)

    def moved(row: Mapping[int, int]) -> dict[int, int]:
        return {at + by: n for at, n in row.items()}

    limits: Limits = {("was", name): limit for name, limit in one.limits.items()}
    limits |= {("is", name): (moved(row), *ends) for name, (row, *ends) in other.limits.items()}
    rows = one.rows + [(moved(row), most) for row, most in other.rows]
    for name in one.limits.keys() & other.limits.keys():
        more = moved(other.limits[name][0]) | {at: -n for at, n in one.limits[name][0].items()}
        rows += [({at: -n for at, n in more.items()}, 0), (more, 1)]
    return Sums(one.tops + other.tops, rows, limits)


def _value(row: Mapping[int, int], solution: Any) -> int:
    found: float = sum(n * solution[at] for at, n in row.items())
    return round(found)


def _matrix(rows: Sequence[Mapping[int, int]], count: int) -> Any:
    matrix = lil_array((max(1, len(rows)), count))
    for line, row in enumerate(rows):
        for at, n in row.items():
            matrix[line, at] = n
    return matrix.tocsr()
