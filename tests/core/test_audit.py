"""The audit knows of every number, published or not, and of what a parent knows."""

from __future__ import annotations

from datetime import date

from core.disclosure import Cell, Number, Released, Span, audit
from core.disclosure.released import CATEGORIES, PHASES, TABLES, TOTAL
from tests.core.imagined import HALVES, TERMS, YEAR

EY, KS1, KS2 = ("early_years",), ("key_stage_1",), ("key_stage_2",)
KEY_STAGES = (*KS1, *KS2)
ROLL = {"early_years": 20, "key_stage_1": 20, "key_stage_2": 32}
ALL = ()


def shown(
    span: Span, told: dict[tuple[str, tuple[str, ...]], int | None], **more: object
) -> Released:
    """A release in which so many are about so many; None was withheld. By table and group."""
    tables: dict[str, tuple[Number, ...]] = {}
    for (table, group), about in told.items():
        cell = Cell(span, group if table == CATEGORIES else (), group if table == PHASES else ())
        tables[table] = (*tables.get(table, ()), Number(cell, about, 10, more.get("roll")))  # type: ignore[arg-type]
    groups, phases = ([n.cell for n in tables.get(name, ())] for name in (CATEGORIES, PHASES))
    return Released(span, tuple(c.categories for c in groups), False,
                    tuple(c.phases for c in phases), ROLL,
                    {name: tables[name] for name in TABLES if name in tables})  # fmt: skip


def found(*releases: Released) -> dict[Cell, tuple[int, int]]:
    """What can be narrowed."""
    verdict = audit(releases)
    assert not verdict.contradict
    return {f.number.cell: (f.least, f.greatest) for f in verdict.findings if not f.is_whole}


def test_a_table_that_was_withheld_as_a_whole_is_there_all_the_same() -> None:
    """The key stages are at most 12 in the year, so in its spring as well; at least 23 are in
    spring, so 11 of early years, of whom neither half can have more than 9."""
    year = shown(YEAR, {(PHASES, EY): 20, (PHASES, KEY_STAGES): 10})
    spring = shown(TERMS[1], {(TOTAL, ALL): 25})
    halves = [shown(span, {(PHASES, EY): None}) for span in HALVES[2:4]]
    ends = {Cell(span, (), EY): (2, 9) for span in HALVES[2:4]}
    assert found(*halves, spring, year) == ends
    assert found(*halves, year) == found(*halves, spring) == {}


def test_phases_that_were_put_together_are_the_sum_of_those_apart() -> None:
    """Both key stages together are at most 12, and at least 13 are in the term."""
    term = shown(TERMS[1], {(TOTAL, ALL): 15, (PHASES, EY): None, (PHASES, KS1): None,
                            (PHASES, KS2): None})  # fmt: skip
    year = shown(YEAR, {(PHASES, KEY_STAGES): 10})
    assert found(term) == {}
    assert found(term, year) == {Cell(TERMS[1], (), EY): (1, 9)}


def test_a_stretch_that_nobody_released_is_there_all_the_same() -> None:
    """From the first half of autumn to Christmas is what two overlapping spans share."""
    early, late = Span(date(2025, 9, 1), date(2025, 12, 19)), Span(date(2025, 10, 25),
                                                                   date(2026, 2, 13))  # fmt: skip
    both, shared = Span(early.begins, late.ends), Span(late.begins, early.ends)
    told = [shown(early, {(TOTAL, ALL): 20}), shown(late, {(TOTAL, ALL): 20}),
            shown(both, {(TOTAL, ALL): 40}), shown(shared, {(TOTAL, ALL): None})]  # fmt: skip
    assert found(*told) == {Cell(shared): (0, 6)}
    assert found(*told[:2], told[3]) == {}


def test_a_household_takes_itself_off() -> None:
    """A stranger allows for 12 in each of two terms, and for none in summer. Who has four children
    in all of them knows of no more than 8 others in each, and of 19 in the year."""
    terms = [shown(span, {(TOTAL, ALL): about})
             for span, about in zip(TERMS, (10, 10, None), strict=True)]  # fmt: skip
    verdict = audit([*terms, shown(YEAR, {(TOTAL, ALL): 25})])
    assert verdict.narrowed == [] and not verdict.contradict
    assert [number.cell for number in verdict.others] == [Cell(TERMS[2])] and not verdict.is_safe
    assert audit([*terms, shown(YEAR, {(TOTAL, ALL): 20})]).is_safe


def test_nearly_all_may_not_be_worked_out_of_other_numbers() -> None:
    """At least 53 of all 72 and at most 37 of the others leave at least 16 of 20: 9 in 10 of the
    16 who are not one household's."""
    early = shown(TERMS[1], {(PHASES, EY): 15}, roll=20)
    others = shown(TERMS[1], {(TOTAL, ALL): 55, (PHASES, KEY_STAGES): 35}, roll=72)
    assert audit([others]).is_safe and audit([early]).is_safe
    verdict = audit([early, others])
    assert [number.cell for number in verdict.crowded] == [Cell(TERMS[1], (), EY)]
    assert not verdict.is_safe


def test_what_could_be_worked_out_before_is_not_counted_against_a_later_release() -> None:
    year = shown(YEAR, {(PHASES, KEY_STAGES): 10})
    term = shown(TERMS[1], {(TOTAL, ALL): 15, (PHASES, EY): None, (PHASES, KS1): None})
    later = shown(TERMS[2], {(TOTAL, ALL): 15})
    before = audit([term, year])
    assert not before.is_safe
    assert not audit([term, year, later]).adds_to(before)
    assert audit([term, year]).adds_to(audit([year]))
