"""What becomes of an exact number before anybody outside may see it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from core.disclosure.cells import Cell, Entry, families, pupils, shares


@dataclass(frozen=True)
class Rules:
    """The rules of a release. Tests switch one off at a time, to show what it is for."""

    base: int = 5  # numbers are rounded to the nearest of these
    least: int = 5  # pupils
    least_of_few: int = 10  # pupils, of plans, and where few are on roll
    few: int = 100  # on roll
    families: int = 3
    largest: float = 0.5
    two_largest: float = 0.75
    nearly_all: float = 0.9  # of the roll that a number is about
    household: int = 4  # children who know of each other in what they are counted
    phase: int = 30  # on roll in a phase that is shown by itself
    enough: int = 25  # for a percentage or a median
    round_totals: bool = True
    merge_zero: bool = True
    audited: bool = True  # and what could tell of another number left out in advance


RULES = Rules()


@dataclass(frozen=True)
class Number:
    """A number as it is published: about so many, or, if None, withheld.

    `roll` is of the pupils that it is about. Numbers of before this was known have none; those
    that they withheld were called “fewer than” their `least`.
    """

    cell: Cell
    about: int | None
    least: int
    roll: int | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether nothing is said of it."""
        return self.about is None

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest that it can have been, for anybody who knows the rules.

        One that is withheld may be nearly all as well, or of few families. It counts as small, the
        narrowest that somebody could take it for: who allows for more can work out less.
        """
        if self.about is None:
            return 0, self._at_most(self.least - 1)
        return max(self.least, self.about - 2), self._at_most(self.about + 2)

    @property
    def said(self) -> str:
        """The number in words, the only ones in which anybody reads it."""
        if self.about is not None:
            return f"about {self.about}"
        return f"fewer than {self.least}" if self.roll is None else "withheld"

    def _at_most(self, top: int) -> int:
        return top if self.roll is None else min(top, self.roll)


def number(cell: Cell, content: frozenset[Entry], least: int, rules: Rules = RULES,
           roll: int | None = None) -> Number:  # fmt: skip
    """The number of a cell, rounded, or withheld.

    What too few families or children are behind is withheld in the same words as what is small:
    that a large number is one child's would tell of that child. So is what nearly all are in: that
    would tell of each of them.
    """
    if not content and not rules.merge_zero:
        return Number(cell, 0, least, roll)
    hidden = Number(cell, None, least, roll)
    if not is_safe(content, least, rules):
        return hidden
    exact = pupils(content)
    is_total = not cell.categories and not cell.phases
    shown = exact if is_total and not rules.round_totals else rounded(exact, rules.base)
    made = Number(cell, shown, least, roll)
    limit = nearly_all(roll, rules)
    return hidden if limit is not None and made.bounds[0] >= limit else made


def nearly_all(roll: int | None, rules: Rules = RULES) -> int | None:
    """So many of a roll are nearly all of it, to a household who knows that its own are not in it:
    of 32 they would know, by “about 30”, that each of the other 28 is."""
    return None if roll is None else ceil(rules.nearly_all * max(0, roll - rules.household))


def is_safe(content: frozenset[Entry], least: int, rules: Rules = RULES) -> bool:
    """Whether enough pupils of enough families are behind a number, none of them most of it."""
    if pupils(content) < least or families(content) < rules.families:
        return False
    largest, two = shares(content)
    return largest <= rules.largest and two <= rules.two_largest


def rounded(exact: int, base: int) -> int:
    """To the nearest multiple of an odd base."""
    return (exact + base // 2) // base * base
