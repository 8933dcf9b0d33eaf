"""What is shown is chosen by the roll and by what is shown: never by an exact number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core import disclosure
from core.disclosure import Entry, Fact, Number, Released, Span, Tables
from core.disclosure.cells import PHASES
from core.disclosure.released import CATEGORIES, TERMS, TOTAL
from core.disclosure.released import PHASES as BY_PHASE
from core.disclosure.rounding import nearly_all
from tests.core import attacker, imagined
from tests.core.imagined import HALVES, KINDS, YEAR
from tests.core.imagined import TERMS as SPANS

EVEN = (60, 60, 80)


def a_span(span: Span, *counts: int, roll: Sequence[int] = EVEN, kind: str = "injury",
           facts: Sequence[Fact] = ()) -> Tables:  # fmt: skip
    """A span in which so many pupils of each phase were written about."""
    written = [
        Fact(Entry(pupil, pupil, f"{pupil} {kind}"), span.begins, phase, (kind,))
        for phase, count in zip(PHASES, counts, strict=False)
        for pupil in (f"{phase} {n}" for n in range(count))
    ]
    terms = SPANS if span == YEAR else ()
    return Tables(span, terms, KINDS, dict(zip(PHASES, roll, strict=True)), (*written, *facts))


def cells(release: Released) -> frozenset[disclosure.Cell]:
    return frozenset(number.cell for number in release.numbers)


def released(tables: Tables, *before: Released) -> Released:
    return disclosure.release(tables, before)[0]


def of(release: Released, table: str) -> list[int | None]:
    return [number.about for number in release.tables[table]]


def groups(release: Released) -> set[tuple[str, ...]]:
    return {number.cell.categories for number in release.tables[CATEGORIES]}


def plain(*releases: Released) -> list[attacker.Plain]:
    return [disclosure.as_plain(each) for each in releases]


# The shape.


@pytest.mark.parametrize("before", [(), (HALVES[0],), (HALVES[0], HALVES[1])])
def test_schools_with_one_roll_and_one_past_have_one_choice(before: tuple[Span, ...]) -> None:
    """Whatever happened then: everything, all of it but the phases, or nothing new."""
    past: list[Released] = []
    for span in before:
        past.append(released(a_span(span, 12, 9, 3), *past))
    shapes = {
        cells(released(a_span(SPANS[0], *counts, kind=kind), *past))
        for counts in ((20, 22, 30), (20, 22, 2), (7, 7, 7), (30, 3, 60), (40, 12, 3))
        for kind in ("injury", "family")
    }
    phases = [{cell for cell in shape if cell.phases} for shape in shapes]
    assert len({shape - hidden for shape, hidden in zip(shapes, phases, strict=True) if shape}) == 1
    assert len(set(map(frozenset, phases))) <= 2


def test_phases_are_put_together_by_their_roll_alone() -> None:
    for counts in ((0, 0, 0), (9, 9, 9), (15, 25, 40)):
        made = [released(a_span(SPANS[0], *counts, roll=roll)).phases
                for roll in ((29, 60, 60), (30, 60, 29), (20, 20, 20), (30, 30, 30))]  # fmt: skip
        early, first, second = PHASES
        assert made == [((early, first), (second,)), ((early,), (first, second)),
                        ((early, first, second),), ((early,), (first,), (second,))]  # fmt: skip


def test_the_phases_are_shown_all_or_not_at_all() -> None:
    shown, hidden = released(a_span(SPANS[0], 12, 20, 25)), released(a_span(SPANS[0], 3, 20, 25))
    assert of(shown, BY_PHASE) == [10, 20, 25] and BY_PHASE not in hidden.tables
    assert of(hidden, TOTAL) == [50]


def test_which_phase_was_too_small_cannot_be_worked_out() -> None:
    """They could each have been, with nobody in it, or with one fewer than are shown."""
    hidden = released(a_span(SPANS[0], 3, 20, 25))
    halves = [released(a_span(span, 5, 3, 9), hidden) for span in HALVES[:1]]
    assert attacker.narrowed(plain(hidden, *halves)) == []


def test_where_no_phase_can_be_small_none_is_left_out_for_being_all_of_its_roll() -> None:
    """That the phases are not there would tell that one is nearly full: nothing is shown then."""
    assert cells(released(a_span(SPANS[0], 57, 40, 60))) == frozenset()
    assert of(released(a_span(SPANS[0], 45, 45, 60)), BY_PHASE) == [45, 45, 60]


# What is already shown.


def test_a_longer_span_shows_nothing_of_which_a_part_was_withheld_if_it_has_all_parts() -> None:
    few, some = (a_span(span, 4, kind="family").facts for span in HALVES[:2])
    both = a_span(SPANS[0], 8, kind="family").facts
    term = a_span(SPANS[0], 20, 25, 30, facts=both)
    first = released(a_span(HALVES[0], 15, 15, 22, facts=few))
    second = released(a_span(HALVES[1], 15, 15, 22, facts=some), first)
    assert groups(released(term, first)) == groups(first)
    assert groups(first) - groups(released(term, first, second)) >= {("family",)}
    assert ("injury",) in groups(released(term, first, second))


def test_the_last_part_of_what_is_shown_is_not_shown() -> None:
    term = released(a_span(SPANS[0], 20, 25, 30))
    first = released(a_span(HALVES[0], 12, 15, 22), term)
    assert of(first, TOTAL) == [50]
    assert cells(released(a_span(HALVES[1], 12, 15, 22), term, first)) == frozenset()


def test_a_year_tells_nothing_new_of_its_terms_and_repeats_what_is_known() -> None:
    autumn = released(a_span(SPANS[0], 20, 25, 30))
    year = released(a_span(YEAR, 25, 30, 40), autumn)
    assert [number.cell.span for number in year.tables[TERMS]] == [SPANS[0]]
    assert {n.cell: n for n in autumn.numbers}.items() >= {
        n.cell: n for n in year.numbers if n.cell.span == SPANS[0]
    }.items()


def test_what_is_counted_in_the_total_alone_is_in_no_table_and_nobody_can_subtract() -> None:
    made = released(a_span(YEAR, 25, 30, 40, kind="other"))
    assert not made.complete and of(made, TOTAL) == [95]
    assert all("other" not in number.cell.categories for number in made.numbers)


def test_where_anything_could_be_worked_out_only_what_is_known_is_shown() -> None:
    autumn = released(a_span(SPANS[0], 20, 25, 30))
    year = released(replace(a_span(YEAR, 3, 3, 3)), autumn)
    assert cells(year) <= cells(autumn) and of(year, TERMS) == [75]


# Two ends.


@pytest.mark.parametrize(
    ("pupils", "about"), [(2, None), (8, 10), (107, 105), (108, None), (120, None)]
)
def test_nearly_all_is_withheld_like_nearly_none(pupils: int, about: int | None) -> None:
    """Both in the same words; where many more are on roll the same number is shown."""
    roll = (120, 0, 0)
    made, few = (released(a_span(SPANS[0], n, roll=roll)) for n in (pupils, 1))
    assert of(made, TOTAL) == [about]
    assert (plain(made) == plain(few)) == (about is None)
    many = released(a_span(SPANS[0], pupils, roll=(120, 200, 200)))
    assert of(many, TOTAL) == [5 * round(pupils / 5) if pupils > 5 else None]


def test_a_small_school_shows_no_total_whatever_it_is() -> None:
    """In many a year it is nearly all, and everything would be withheld with it."""
    roll = (30, 30, 39)
    for counts in ((30, 30, 39), (15, 15, 15), (0, 0, 1)):
        made = released(a_span(YEAR, *counts, roll=roll))
        assert TOTAL not in made.tables and CATEGORIES in made.tables
    assert TOTAL in released(a_span(YEAR, 15, 15, 15, roll=(30, 30, 40))).tables


def test_a_household_knows_of_the_others_and_not_of_its_own() -> None:
    assert nearly_all(32) == 26 and nearly_all(104) == 90 and nearly_all(None) is None


@pytest.mark.parametrize("seed", range(12))
def test_no_number_is_above_the_roll_or_nearly_all_of_it(seed: int) -> None:
    for release in imagined.published(seed):
        for number in release.numbers:
            assert number.roll is not None and number.bounds[1] <= number.roll
            assert (number.about or 0) <= number.roll
            assert number.is_withheld or 10 * number.bounds[0] < 9 * number.roll


def test_a_number_says_in_words_what_it_was_meant_to_say_then() -> None:
    cell = disclosure.Cell(YEAR)
    told = [Number(cell, None, 5), Number(cell, None, 10), Number(cell, None, 5, 90),
            Number(cell, 20, 5, 90)]  # fmt: skip
    assert [n.said for n in told] == ["fewer than 5", "fewer than 10", "withheld", "about 20"]
    assert [n.is_withheld for n in told] == [True, True, True, False]
    assert Number(cell, 65, 5, 66).bounds == (63, 66) and Number(cell, None, 5, 3).bounds == (0, 3)


def test_a_release_of_before_reads_as_it_was_written() -> None:
    made = disclosure.as_plain(imagined.published(1)[0])
    for table in made["tables"].values():
        for number in table:
            del number["roll"]
    assert disclosure.as_plain(disclosure.from_plain(made)) == made
