"""Whole numbers that fit between bounds and beneath sums, as small or as great as they can be.

The least of a weighted sum is looked for by HiGHS, which scipy brings along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Sum = Mapping[int, int]  # coefficients by the place of their unknown
Limits = Sequence[tuple[int, int]]  # the least and the greatest of each


class Solver:
    """Unknowns, of which all `rows` are at most nothing, and the `sums` somebody asks about."""

    def __init__(self, count: int, rows: Sequence[Sum], sums: Sequence[Sum]) -> None:
        self._sums = _matrix(sums, count)
        self._rows = LinearConstraint(_matrix(rows, count), ub=np.zeros(len(rows)))

    def least(self, of: Iterable[int], sign: int, sums: Limits, tops: Sequence[int]
              ) -> list[int] | None:  # fmt: skip
        """All sums where those at some places together are the least (with a `sign` of -1 the
        greatest) that they can be; None if nothing fits between the limits at all."""
        chosen = np.zeros(self._sums.shape[0])
        chosen[list(of)] = sign
        low, high = zip(*sums, strict=True)
        solved = milp(chosen @ self._sums, integrality=np.ones(len(tops)),
                      bounds=Bounds(np.zeros(len(tops)), tops),
                      constraints=[self._rows, LinearConstraint(self._sums, low, high)],
                      )  # fmt: skip
        return None if solved.x is None else [round(value) for value in self._sums @ solved.x]


def _matrix(rows: Sequence[Sum], count: int) -> csr_array:
    places = [(line, at, n) for line, row in enumerate(rows) for at, n in row.items()]
    lines, columns, values = zip(*places, strict=True) if places else ((), (), ())
    return csr_array((values, (lines, columns)), shape=(len(rows), count))
