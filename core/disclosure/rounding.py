"""What becomes of an exact number before anybody outside may see it."""

from __future__ import annotations

from dataclasses import dataclass

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
    enough: int = 25  # for a percentage or a median
    round_totals: bool = True
    merge_zero: bool = True
    audited: bool = True


RULES = Rules()


@dataclass(frozen=True)
class Number:
    """A number as it is published: about so many, or, if None, fewer than `least`."""

    cell: Cell
    about: int | None
    least: int

    @property
    def bounds(self) -> tuple[int, int]:
        """What it can have been, as anybody can tell who knows the rules."""
        if self.about is None:
            return 0, self.least - 1
        return max(self.least, self.about - 2), self.about + 2

    @property
    def said(self) -> str:
        """The number in words, the only ones in which anybody reads it."""
        return f"fewer than {self.least}" if self.about is None else f"about {self.about}"


def number(cell: Cell, content: frozenset[Entry], least: int, rules: Rules = RULES) -> Number:
    """The number of a cell, rounded, or withheld.

    What too few families or children are behind is withheld in the same words as what is small:
    that a large number is one child's would tell of that child.
    """
    if not content and not rules.merge_zero:
        return Number(cell, 0, least)
    if not is_safe(content, least, rules):
        return Number(cell, None, least)
    exact = pupils(content)
    is_total = not cell.categories and not cell.phases
    return Number(cell, exact if is_total and not rules.round_totals else
                  rounded(exact, rules.base), least)  # fmt: skip


def is_safe(content: frozenset[Entry], least: int, rules: Rules = RULES) -> bool:
    """Whether enough pupils of enough families are behind a number, none of them most of it."""
    if pupils(content) < least or families(content) < rules.families:
        return False
    largest, two = shares(content)
    return largest <= rules.largest and two <= rules.two_largest


def rounded(exact: int, base: int) -> int:
    """To the nearest multiple of an odd base."""
    return (exact + base // 2) // base * base
