"""Somebody who has every release, knows every rule, and wants to know what was withheld.

Written apart from the audit: it reads the published JSON, and works with the sets of pupils that a
number is about. Knowing which numbers are about parts of which, and which parts make up a whole, it
solves for the least and the greatest of each withheld number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise, product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

Plain = dict[str, Any]  # a release as it is published
Piece = tuple[int, str, str]  # a stretch of time between two releases’ dates, a category, a phase
PHASES = ("early_years", "key_stage_1", "key_stage_2")
REST = "what no table of a term shows"


@dataclass
class Known:
    """What the attacker knows: unknowns with their bounds, and inequalities between them."""

    names: list[tuple[Any, ...]] = field(default_factory=list)
    pieces: list[frozenset[Piece]] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    withheld: dict[int, int] = field(default_factory=dict)  # by unknown: the highest it may be
    rows: list[tuple[dict[int, int], int]] = field(default_factory=list)


def narrowed(releases: Sequence[Plain], *, totals_are_exact: bool = False,
             zeros_are_shown: bool = False) -> list[tuple[Any, ...]]:  # fmt: skip
    """The withheld numbers of which something can be worked out, each with its bounds."""
    known = _known(releases, totals_are_exact, zeros_are_shown)
    _relate(known, releases)
    return list(_solved(known))


def narrowed_live(pages: Sequence[Plain]) -> list[tuple[Any, ...]]:
    """The same from a page that follows the record, looked at after every new incident."""
    found: list[tuple[Any, ...]] = []
    for before, after in pairwise(pages):
        earlier, later = (_known([page], False, False) for page in (before, after))
        _relate(earlier, [before])
        _relate(later, [after])
        both = _joined(earlier, later)
        for name in set(earlier.names) & set(later.names):
            was, is_ = earlier.names.index(name), later.names.index(name) + len(earlier.names)
            both.rows += [({was: 1, is_: -1}, 0), ({is_: 1, was: -1}, 1)]
        found += _solved(both)
    return found


def _known(releases: Sequence[Plain], totals_are_exact: bool, zeros_are_shown: bool) -> Known:
    known, days = Known(), _stretches(releases)
    for release in releases:
        for number in (n for table in release["tables"].values() for n in table):
            name = (tuple(number["span"][:2]), tuple(sorted(number["categories"])),
                    tuple(number["phases"]))  # fmt: skip
            if name not in known.names:
                known.names.append(name)
                known.pieces.append(frozenset(_pieces(name, days, releases)))
                low, high = _bounds(number, totals_are_exact, zeros_are_shown)
                if number["about"] in (None, 0):
                    known.withheld[len(known.low)] = number["least"] - 1
                most = sum(n for phase, n in release["roll"].items()
                           if not name[2] or phase in name[2])  # fmt: skip
                known.low.append(low)
                known.high.append(max(low, min(high, most)))
    return known


def _bounds(number: Plain, totals_are_exact: bool, zeros_are_shown: bool) -> tuple[int, int]:
    about, least = number["about"], number["least"]
    if about is None:
        return (1 if zeros_are_shown else 0), least - 1
    if about == 0 or (totals_are_exact and not number["categories"] and not number["phases"]):
        return about, about
    return max(least, about - 2), about + 2


def _stretches(releases: Sequence[Plain]) -> list[str]:
    spans = [n["span"] for r in releases for table in r["tables"].values() for n in table]
    after = {(date.fromisoformat(ends) + timedelta(days=1)).isoformat() for _, ends, _ in spans}
    return sorted(after.union(begins for begins, *_ in spans))


def _pieces(name: tuple[Any, ...], days: list[str], releases: Sequence[Plain]) -> Iterator[Piece]:
    (begins, ends), categories, phases = name
    known = {key for release in releases for group in release["groups"] for key in group}
    inside = [at for at, day in enumerate(days) if begins <= day <= ends]
    yield from product(inside, categories or known | {REST}, phases or PHASES)


def _relate(known: Known, releases: Sequence[Plain]) -> None:
    """A part is no more than the whole; the parts together are no less, and phases no more."""
    for at, piece in enumerate(known.pieces):
        inside = [n for n, each in enumerate(known.pieces) if each < piece]
        known.rows += [({n: 1, at: -1}, 0) for n in inside]
        for parts in _pools(known, inside, releases):
            together = frozenset[Piece]().union(*(known.pieces[n] for n in parts))
            if any(release["complete"] for release in releases) and not known.names[at][1]:
                whole = {each for each in piece if each[1] != REST}
            else:
                whole = set(piece)
            if together >= whole:
                known.rows.append(({at: 1} | dict.fromkeys(parts, -1), 0))
                if _are_phases(known, parts):
                    known.rows.append(({at: -1} | dict.fromkeys(parts, 1), 0))


def _pools(known: Known, inside: list[int], releases: Sequence[Plain]) -> Iterator[list[int]]:
    """Parts of a whole that might make it up: those that differ in one thing alone."""

    def others(at: int, but: int) -> tuple[Any, ...]:
        return tuple(each for n, each in enumerate(known.names[at]) if n != but)

    for thing in range(3):
        ordered = sorted(inside, key=lambda at, t=thing: repr(others(at, t)))  # type: ignore[misc]
        for _, alike in groupby(ordered, key=lambda at, t=thing: others(at, t)):  # type: ignore[misc]
            pool = list(alike)
            yield [n for n in pool if not any(known.pieces[n] < known.pieces[m] for m in pool)]
            yield [n for n in pool if not any(known.pieces[m] < known.pieces[n] for m in pool)]


def _are_phases(known: Known, parts: Iterable[int]) -> bool:
    return sorted(phase for n in parts for phase in known.names[n][2]) == sorted(PHASES)


def _joined(one: Known, other: Known) -> Known:
    by = len(one.names)
    return Known(
        one.names + other.names, one.pieces + other.pieces, one.low + other.low,
        one.high + other.high, one.withheld | {at + by: top for at, top in other.withheld.items()},
        one.rows + [({at + by: n for at, n in row.items()}, most) for row, most in other.rows],
    )  # fmt: skip


def _solved(known: Known) -> Iterator[tuple[Any, ...]]:
    matrix = lil_array((max(1, len(known.rows)), len(known.names)))
    for line, (row, _) in enumerate(known.rows):
        for at, n in row.items():
            matrix[line, at] = n
    limits = LinearConstraint(matrix.tocsr(), ub=[most for _, most in known.rows] or [0])
    lowest, highest = (_solution(known, limits, known.withheld, sign) for sign in (1, -1))
    for at, top in known.withheld.items():
        low = _end(known, limits, at, 1, lowest, 0)
        high = _end(known, limits, at, -1, highest, top)
        if (low, high) != (0, top):
            yield known.names[at], low, high


def _end(known: Known, limits: LinearConstraint, at: int, sign: int,
         shared: Sequence[int] | None, wanted: int) -> int | None:  # fmt: skip
    """The least or the greatest that an unknown can be, unless a solution is there that has it.

    None if nothing fits what was published, which tells that something is not what it seems.
    """
    if shared is None or shared[at] == wanted:
        return None if shared is None else wanted
    solution = _solution(known, limits, [at], sign)
    return None if solution is None else solution[at]


def _solution(
    known: Known, limits: LinearConstraint, of: Iterable[int], sign: int
) -> list[int] | None:
    costs = np.zeros(len(known.names))
    costs[list(of)] = sign
    solved = milp(costs, integrality=np.ones(len(costs)), bounds=Bounds(known.low, known.high),
                  constraints=[limits])  # fmt: skip
    return None if solved.x is None else [round(each) for each in solved.x]
