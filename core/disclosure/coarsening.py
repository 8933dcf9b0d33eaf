"""From exact tables to a release: rounded, audited, and made coarser until nothing is given away.

What is merged or withheld is chosen by what is published alone, so that the choice tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from core.disclosure import cells
from core.disclosure.audit import Verdict, audit, linked
from core.disclosure.cells import Cell, Tables
from core.disclosure.released import CATEGORIES, CROSSED, PHASES, TABLES, TERMS, TOTAL, Released
from core.disclosure.rounding import RULES, Number, Rules, number

Group = tuple[str, ...]
LAST = (CROSSED, PHASES, TERMS, CATEGORIES, TOTAL)  # what is given up first, the dearest last


@dataclass(frozen=True)
class Certificate:
    """What an audit of a release found, together with all the earlier ones it bears on."""

    verdict: Verdict
    merged: int
    withheld: tuple[str, ...]


@dataclass(frozen=True)
class _Shape:
    """How coarse the tables are."""

    groups: tuple[Group, ...]
    phases: tuple[Group, ...]
    tables: tuple[str, ...]
    merged: int = 0


def release(
    tables: Tables,
    before: Sequence[Released] = (),
    rules: Rules = RULES,
) -> tuple[Released, Certificate]:
    """The released form of exact tables, and the certificate of its audit.

    `before` are all earlier releases; what they show, this one shows as they do.
    """
    near = linked(before, tables.span)
    shape = _first(tables)
    while True:
        made = _made(tables, shape, near, rules)
        verdict = audit([*near, made]) if rules.audited else Verdict(())
        if verdict.is_safe or not shape.tables:
            gone = tuple(name for name in _first(tables).tables if name not in shape.tables)
            return made, Certificate(verdict, shape.merged, gone)
        shape = _coarser(shape, tables, made, _blamed(verdict, shape, made, near))


def _first(tables: Tables) -> _Shape:
    groups = tuple((kind.key,) for kind in tables.kinds if tables.terms or not kind.lead_only)
    yearly = (TERMS, CROSSED) if tables.terms else ()
    kept = tuple(name for name in TABLES if name not in (TERMS, CROSSED) or name in yearly)
    return _Shape(groups, tuple((phase,) for phase in cells.PHASES), kept)


def _made(tables: Tables, shape: _Shape, before: Sequence[Released], rules: Rules) -> Released:
    shown = {n.cell: n for each in before for n in each.numbers}

    def numbered(cell: Cell) -> Number:
        least = _least(tables, cell, rules)
        return shown.get(cell) or number(cell, tables.content(cell), least, rules)

    return Released(
        span=tables.span,
        groups=shape.groups,
        complete=all(any(kind.key in g for g in shape.groups) for kind in tables.kinds),
        phases=shape.phases,
        roll=dict(tables.roll),
        tables={name: tuple(map(numbered, _cells(name, tables, shape))) for name in shape.tables},
    )


def _cells(name: str, tables: Tables, shape: _Shape) -> list[Cell]:
    span = tables.span
    if name == TOTAL:
        return [Cell(span)]
    if name == TERMS:
        return [Cell(term) for term in tables.terms]
    if name == PHASES:
        return [Cell(span, (), phase) for phase in shape.phases]
    if name == CATEGORIES:
        return [Cell(span, group) for group in shape.groups]
    leads = _leads(tables)
    return [Cell(term, group) for group in shape.groups if not leads & set(group)
            for term in tables.terms]  # fmt: skip


def _least(tables: Tables, cell: Cell, rules: Rules) -> int:
    plans = {kind.key for kind in tables.kinds if kind.plans}
    few = tables.on_roll < rules.few or plans & set(cell.categories)
    return rules.least_of_few if few else rules.least


def _leads(tables: Tables) -> set[str]:
    return {kind.key for kind in tables.kinds if kind.lead_only}


def _blamed(verdict: Verdict, shape: _Shape, made: Released, before: list[Released]) -> str:
    """The table because of which something can be worked out."""
    if verdict.contradict:
        alone = (
            name for name in shape.tables
            if audit([*before, _only(made, name)]).contradict
        )  # fmt: skip
        return next(alone, next(name for name in LAST if name in shape.tables))
    narrowed = {n.cell for n in verdict.narrowed}
    there = [name for name in LAST if name in shape.tables]
    blamed = (name for name in there if narrowed & {n.cell for n in made.tables[name]})
    return next(blamed, there[0])


def _only(made: Released, name: str) -> Released:
    kept = {each: table for each, table in made.tables.items() if each in (TOTAL, name)}
    return replace(made, tables=kept)


def _coarser(shape: _Shape, tables: Tables, made: Released, blamed: str) -> _Shape:
    """One step: the two smallest groups of the table become one, or it is withheld."""
    merged = None
    if blamed in (CATEGORIES, CROSSED):
        merged = _merged(shape.groups, made, _leads(tables))
        if merged:
            return replace(shape, groups=merged, merged=shape.merged + 1)
    if blamed == PHASES:
        merged = _merged(shape.phases, made, set())
        if merged:
            return replace(shape, phases=merged, merged=shape.merged + 1)
    return replace(shape, tables=tuple(name for name in shape.tables if name != blamed))


def _merged(groups: tuple[Group, ...], made: Released, apart: set[str]) -> tuple[Group, ...] | None:
    """The groups with the two smallest in one; None where two are left, or none that go together.

    The smallest as published: by what is hidden nobody could choose without telling.
    """
    size = {n.cell.categories or n.cell.phases: n.about or 0
            for name in (CATEGORIES, PHASES) for n in made.tables.get(name, ())}  # fmt: skip
    pairs = [pair for pair in combinations(groups, 2)
             if bool(apart & set(pair[0])) == bool(apart & set(pair[1]))]  # fmt: skip
    if len(groups) < 3 or not pairs:
        return None
    one, other = min(pairs, key=lambda pair: size.get(pair[0], 0) + size.get(pair[1], 0))
    both = tuple(sorted(one + other))
    return tuple(both if group == one else group for group in groups if group != other)
