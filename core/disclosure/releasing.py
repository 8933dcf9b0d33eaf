"""From exact tables to a release: what may be shown of them, rounded, and audited.

What is shown is chosen in advance. Two answers to the numbers are left, and neither tells which
number it is for: the phases are shown only if each of them may be; and if anything could be worked
out all the same, nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.disclosure import selection
from core.disclosure.audit import Verdict, audit, linked
from core.disclosure.cells import Cell, Tables
from core.disclosure.released import CATEGORIES, CROSSED, PHASES, TABLES, TERMS, TOTAL, Released
from core.disclosure.rounding import RULES, Number, Rules, number


@dataclass(frozen=True)
class Certificate:
    """What an audit of a release found, together with all the earlier ones it bears on, and the
    tables of which nothing is shown."""

    verdict: Verdict
    withheld: tuple[str, ...]


def release(
    tables: Tables,
    before: Sequence[Released] = (),
    rules: Rules = RULES,
) -> tuple[Released, Certificate]:
    """The released form of exact tables, and the certificate of its audit.

    `before` are all earlier releases; what they show, this one shows as they do.
    """
    near = linked(before, tables.span)
    for made in _tried(tables, near, rules):
        verdict = audit([*near, made], rules) if rules.audited else Verdict(())
        if verdict.is_safe or not verdict.adds_to(audit(near, rules)):
            break
    whole = tuple(each for each in verdict.findings if each.is_whole)  # others were not before
    gone = tuple(name for name in _names(tables) if not made.tables.get(name))
    return made, Certificate(replace(verdict, findings=whole), gone)


def _tried(tables: Tables, near: Sequence[Released], rules: Rules) -> Iterator[Released]:
    """What may be shown, most of it first: at last nothing that is not shown already."""
    numbers = _Numbers(tables, near, rules)
    made, phases = numbers.released(), numbers.phases()
    if phases and (not rules.audited or not any(n.is_withheld for n in phases)):
        yield _with(made, phases)
    if not phases or numbers.may_lack_phases:
        yield made
    yield replace(made, tables=numbers.known())


def _with(made: Released, phases: tuple[Number, ...]) -> Released:
    return replace(made, tables={**made.tables, PHASES: phases})


@dataclass(frozen=True)
class _Numbers:
    """The numbers that may be shown of exact tables."""

    tables: Tables
    near: Sequence[Released]
    rules: Rules

    def released(self) -> Released:
        """Everything but the phases."""
        span = self.tables.span
        total = self._shown([Cell(span)] * self._has_total)
        new = {CATEGORIES: self._shown(Cell(span, group) for group in self._groups)}
        return Released(
            span=span,
            groups=self._groups,
            complete=len(self._groups) == len(self.tables.kinds),
            phases=self._phases,
            roll=dict(self.tables.roll),
            tables=self.known() | ({TOTAL: total} if total else {}) | new,
        )

    def known(self) -> dict[str, tuple[Number, ...]]:
        """What is shown of the terms already, and shown again: a year tells nothing new of them."""
        terms = self.tables.terms
        cells = [Cell(term, group) for group in self._groups for term in terms]
        found = {TERMS: self._again(map(Cell, terms)), CROSSED: self._again(cells)}
        return {name: numbers for name, numbers in found.items() if terms}

    def phases(self) -> tuple[Number, ...]:
        """The phases, unless in advance something speaks against them."""
        total = self._total(Cell(self.tables.span))
        may = not (total and total.is_withheld) and selection.may_show_phases(
            self.tables.span, self._phases, self.near
        )
        cells = [Cell(self.tables.span, (), group) for group in self._phases]
        return tuple(map(self._of, cells)) if may or not self.rules.audited else ()

    @property
    def may_lack_phases(self) -> bool:
        """Whether the release may stand without the phases that could have been shown."""
        total = self._total(Cell(self.tables.span))
        return selection.may_be_small(self.tables, self._phases, self.near, total)

    @property
    def _has_total(self) -> bool:
        return selection.has_total(self.tables.on_roll, self.rules)

    @property
    def _phases(self) -> tuple[selection.Group, ...]:
        return selection.phases(self.tables.roll, self.rules)

    def _shown(self, cells: Iterable[Cell]) -> tuple[Number, ...]:
        return tuple(
            self._of(cell) for cell in cells
            if cell in self._before or not self.rules.audited
            or selection.may_show(cell, self.near)
        )  # fmt: skip

    def _again(self, cells: Iterable[Cell]) -> tuple[Number, ...]:
        if not self.rules.audited:
            return tuple(map(self._of, cells))
        return tuple(self._before[cell] for cell in cells if cell in self._before)

    def _of(self, cell: Cell) -> Number:
        """Where the total is withheld everything is: no part may tell what it is."""
        if cell in self._before:
            return self._before[cell]
        roll = sum(n for phase, n in self.tables.roll.items()
                   if not cell.phases or phase in cell.phases)  # fmt: skip
        made = number(cell, self.tables.content(cell), self._least(cell), self.rules, roll)
        total = self._total(cell) if cell.categories and self.rules.audited else None
        return replace(made, about=None) if total and total.is_withheld else made

    def _total(self, cell: Cell) -> Number | None:
        """How many there were in the span of a cell, where that is shown."""
        return self._of(Cell(cell.span)) if self._has_total else None

    def _least(self, cell: Cell) -> int:
        """As the rules say; but what is withheld may not say that it is smaller than was said of
        its part, nor that it could be larger than what it is a part of."""
        plans = {kind.key for kind in self.tables.kinds if kind.plans}
        few = self.tables.on_roll < self.rules.few or plans & set(cell.categories)
        least = self.rules.least_of_few if few else self.rules.least
        about = cell.categories, cell.phases
        alike = [n for n in self._before.values() if (n.cell.categories, n.cell.phases) == about]
        parts = [n.least for n in alike if n.is_withheld and cell.span.holds(n.cell.span)]
        wholes = [n.bounds[1] + 1 for n in alike if n.cell.span.holds(cell.span)]
        if cell.categories and (total := self._total(cell)):
            wholes.append(total.bounds[1] + 1)
        return min([max([least, *parts]), *wholes])

    @cached_property
    def _groups(self) -> tuple[selection.Group, ...]:
        return selection.groups(self.tables)

    @cached_property
    def _before(self) -> dict[Cell, Number]:
        return {n.cell: n for release in self.near for n in release.numbers}


def _names(tables: Tables) -> tuple[str, ...]:
    """The tables of a period; those by term are of a year alone."""
    return tuple(name for name in TABLES if tables.terms or name not in (TERMS, CROSSED))
