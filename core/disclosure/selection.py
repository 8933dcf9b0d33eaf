"""What a release may show, chosen in advance: by its period, by the roll, and by what governors
have seen already, so that the choice tells nothing of the numbers.

A number of a longer span tells of its parts where all of them are there. Then one is left out,
whatever the numbers are: the longer one, if something of a part was withheld; and once the longer
one is shown, the last of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from core.disclosure import cells
from core.disclosure.cells import Cell, Span, Tables
from core.disclosure.released import Released
from core.disclosure.rounding import RULES, Number, Rules

Group = tuple[str, ...]
DAY = timedelta(days=1)


def groups(tables: Tables) -> tuple[Group, ...]:
    """The categories that are shown. One is counted in the total alone, so that nobody who adds up
    the others knows how many are in the last; those for leads appear yearly alone."""
    return tuple((kind.key,) for kind in tables.kinds
                 if not kind.total_only and (tables.terms or not kind.lead_only))  # fmt: skip


def has_total(on_roll: int, rules: Rules = RULES) -> bool:
    """Whether it is shown how many there were altogether. Where few are on roll that is nearly all
    of them in many a year: everything would be withheld with it, and the reason be clear."""
    return on_roll >= rules.few or not rules.audited


def phases(roll: Mapping[str, int], rules: Rules = RULES) -> tuple[Group, ...]:
    """The phases, where few are on roll together with the next one. Nothing else decides it."""
    found: list[Group] = []
    group: Group = ()
    for phase in cells.PHASES:
        group = (*group, phase)
        if _on_roll(roll, group) >= rules.phase:
            found, group = [*found, group], ()
    if not found or not group:
        return tuple(found or [group])
    return (*found[:-1], found[-1] + group)


def may_show(cell: Cell, before: Sequence[Released]) -> bool:
    """Whether a number can be shown beside those `before`, whatever it turns out to be."""
    numbers = [n for release in before for n in release.numbers if n.cell.span != cell.span]
    alike = [n for n in numbers if n.is_withheld and _is_of_the_same(n.cell, cell)]
    parts = _parts(cell.span, before)
    return not (
        any(_is_part(cell.span, number.cell.span) for number in alike)
        or (_is_covered(cell.span, parts) and any(n.cell.span in parts for n in alike))
        or any(_is_covered(longer, {cell.span, *_parts(longer, before)})
               for longer in _longer(cell.span, before))
    )  # fmt: skip


def may_show_phases(span: Span, shown: Sequence[Group], before: Sequence[Released]) -> bool:
    """Whether the phases are shown if each of them may be. Where shorter spans make up this one,
    all of them have to show the same."""
    if len(shown) < 2 or _longer(span, before):
        return False
    shorter = [r for r in before if any(r.numbers) and _is_part(r.span, span)]
    alike = [release for release in shorter if has_phases(release, shown)]
    if _is_covered(span, {release.span for release in shorter}):
        return alike == shorter
    return bool(alike) or not any(n.cell.phases for release in shorter for n in release.numbers)


def may_be_small(tables: Tables, shown: Sequence[Group], before: Sequence[Released],
                 total: Number | None) -> bool:  # fmt: skip
    """Whether a phase may be withheld because it is small, for all that somebody knows who sees
    everything but the phases. If not, it is nearly all of its roll: that nobody should know."""
    known = any(has_phases(r, shown) and tables.span.holds(r.span) for r in before)
    least = total.bounds[0] if total else 0
    return not known and any(least <= tables.on_roll - _on_roll(tables.roll, group)
                             for group in shown)  # fmt: skip


def has_phases(release: Released, shown: Sequence[Group]) -> bool:
    """Whether a release shows these phases, and withholds none."""
    there = [n for n in release.numbers if n.cell.phases and n.cell.span == release.span]
    return {n.cell.phases for n in there} == set(shown) and not any(n.is_withheld for n in there)


def _is_of_the_same(one: Cell, other: Cell) -> bool:
    """Whether a withheld number is about what the other is about, or about all categories."""
    return not one.phases and (
        not one.categories or bool(set(one.categories) & set(other.categories))
    )


def _is_covered(longer: Span, parts: Iterable[Span]) -> bool:
    return set(_days(longer)) <= {day for part in parts for day in _days(part)}


def _days(span: Span) -> Iterator[date]:
    return (span.begins + n * DAY for n in range((span.ends - span.begins).days + 1))


def _parts(span: Span, before: Sequence[Released]) -> set[Span]:
    return {each for each in _spans(before) if _is_part(each, span)}


def _longer(span: Span, before: Sequence[Released]) -> set[Span]:
    return {each for each in _spans(before) if _is_part(span, each)}


def _spans(before: Sequence[Released]) -> set[Span]:
    return {number.cell.span for release in before for number in release.numbers}


def _is_part(span: Span, of: Span) -> bool:
    return span != of and of.holds(span)


def _on_roll(roll: Mapping[str, int], group: Group) -> int:
    return sum(roll.get(phase, 0) for phase in group)
