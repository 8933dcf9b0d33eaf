"""Whole numbers that fit between bounds and beneath sums, as small or as great as they can be.

The least of a weighted sum is looked for by HiGHS, which scipy brings along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

# Coefficients by the place of their number, and how much their sum is at most.
Row = tuple[dict[int, int], int]


class Solver:
    """Numbers between `bounds`, the lowest and the highest of each, that keep all `rows`."""

    def __init__(self, bounds: Sequence[tuple[int, int]], rows: Sequence[Row]) -> None:
        self._count = len(bounds)
        self._bounds = Bounds([low for low, _ in bounds], [high for _, high in bounds])
        self._constraints = [_constraint(rows, self._count)] if rows else []

    def least(self, of: Iterable[int], sign: int) -> list[int] | None:
        """All numbers where the sum of those at some places is the least (with a `sign` of -1 the
        greatest) that it can be; None if no numbers fit at all."""
        costs = np.zeros(self._count)
        costs[list(of)] = sign
        solved = milp(costs, integrality=np.ones(self._count), bounds=self._bounds,
                      constraints=self._constraints)  # fmt: skip
        return None if solved.x is None else [round(value) for value in solved.x]


def _constraint(rows: Sequence[Row], count: int) -> LinearConstraint:
    lines, columns, values = zip(
        *((line, at, n) for line, (row, _) in enumerate(rows) for at, n in row.items()),
        strict=True,
    )
    matrix = csr_array((values, (lines, columns)), shape=(len(rows), count))
    return LinearConstraint(matrix, ub=[most for _, most in rows])
