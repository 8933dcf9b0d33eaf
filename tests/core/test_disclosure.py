"""Nobody can be worked out from what is published, and each rule is there for a reason.

`SCHOOLS=200` looks at two hundred schools instead of a dozen; `make prove` looks at more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core import disclosure
from core.disclosure import Cell, Entry, Fact, Kind, Released, Rules, Tables
from core.disclosure.cells import PHASES
from core.disclosure.rounding import number
from tests.core import attacker, imagined
from tests.core.imagined import TERMS, YEAR

SCHOOLS = int(os.environ.get("SCHOOLS", "12"))
SOME = range(SCHOOLS)


def seen(releases: Iterable[Released]) -> list[dict[str, Any]]:
    """What an outsider gets: JSON."""
    return [disclosure.as_plain(each) for each in releases]


def entries(*times: int, families: int | None = None) -> frozenset[Entry]:
    """Pupils, each with so many incidents, of so many families."""
    return frozenset(
        Entry(f"p{n}", f"f{n % families if families else n}", f"i{n}-{each}")
        for n, count in enumerate(times)
        for each in range(count)
    )


def shown(content: frozenset[Entry], least: int = 5) -> int | None:
    return number(Cell(YEAR), content, least).about


@pytest.mark.parametrize("seed", SOME)
def test_an_attacker_with_every_release_finds_out_nothing(
    seed: int,
) -> None:
    releases = imagined.published(seed)
    assert attacker.narrowed(seen(releases)) == attacker.crowded(seen(releases)) == []
    for each in (one for release in releases for one in release.numbers):
        assert each.about is None or (each.about % 5 == 0 and each.about >= each.least)


@pytest.mark.parametrize("seed", SOME)
def test_a_parent_with_every_release_finds_out_nothing_of_other_children(seed: int) -> None:
    releases = seen(imagined.published(seed))
    for own in imagined.households(seed)[:2]:
        assert attacker.narrowed(releases, own) == []


@pytest.mark.parametrize("seed", SOME[:4])
def test_in_whatever_order_a_school_releases_nothing_is_found_out(seed: int) -> None:
    releases = seen(imagined.in_any_order(seed))
    assert attacker.narrowed(releases) == attacker.crowded(releases) == []


def test_there_is_something_to_attack() -> None:
    of = [n for seed in range(12) for r in imagined.published(seed) for n in r.numbers]
    hidden = sum(each.about is None for each in of)
    assert hidden > 200 and len(of) - hidden > 200


# Each rule taken away, and what the attacker finds then.

FEW = range(12)


def test_without_the_audit_he_narrows_some() -> None:
    unaudited = Rules(audited=False)
    found = [attacker.narrowed(seen(imagined.published(seed, unaudited))) for seed in FEW]
    assert sum(map(bool, found)) > 3


def of_phases(*counts: int) -> Tables:
    """A term in which so many pupils of each phase were written about."""
    facts = [
        Fact(
            Entry(f"{phase} {n}", f"{phase} {n}", f"{phase} {n}"), TERMS[0].begins, phase, ("home",)
        )
        for phase, count in zip(PHASES, counts, strict=True)
        for n in range(count)
    ]
    roll = dict.fromkeys(PHASES, 70)
    return Tables(TERMS[0], (), (*imagined.KINDS[:3], Kind("home")), roll, tuple(facts))


def test_with_exact_totals_he_narrows_some() -> None:
    tables = of_phases(3, 2, 7)
    rounded, _ = disclosure.release(tables, rules=Rules(audited=False))
    exact, _ = disclosure.release(tables, rules=Rules(audited=False, round_totals=False))
    assert len(rounded.tables["phases"]) == 3
    assert attacker.narrowed(seen([rounded])) == []
    assert len(attacker.narrowed(seen([exact]), totals_are_exact=True)) > 1


def test_where_zero_is_told_from_a_few_he_narrows_some() -> None:
    told = Rules(merge_zero=False)
    found = [
        attacker.narrowed(seen(imagined.published(seed, told)), zeros_are_shown=True)
        for seed in (0, 3, 10)
    ]
    assert all(found)


def live(seed: int, *, frozen: bool) -> list[Released]:
    """The year's page after each of some days: computed anew, or as it was released."""
    year = imagined.a_year(seed)
    facts = sorted(year.facts, key=lambda fact: fact.day)
    one_by_one = [replace(year, facts=tuple(facts[: 20 + n])) for n in range(15)]
    first, _ = disclosure.release(one_by_one[0])
    return [first if frozen else disclosure.release(each)[0] for each in one_by_one]


def test_from_a_live_page_he_narrows_some_and_from_a_frozen_one_none() -> None:
    ordinary = (5, 11)
    assert any(attacker.narrowed_live(seen(live(seed, frozen=False))) for seed in ordinary)
    assert not any(attacker.narrowed(seen(live(seed, frozen=True))) for seed in ordinary)


def test_what_was_released_is_shown_as_it_was_in_every_later_release() -> None:
    year = imagined.a_year(5)
    autumn, _ = disclosure.release(imagined.during(year, TERMS[0]))
    late = tuple(
        Fact(Entry(f"late{n}", f"late{n}", f"late{n}"), TERMS[0].begins, "key_stage_1", ("injury",))
        for n in range(40)
    )
    whole, _ = disclosure.release(replace(year, facts=(*year.facts, *late)), [autumn])
    before = {each.cell: each for each in autumn.numbers}
    assert [
        each for each in whole.numbers if each.cell in before and each != before[each.cell]
    ] == []
    assert any(each.cell in before for each in whole.numbers)


# The rules one by one.


def test_a_number_counts_pupils_and_not_incidents() -> None:
    assert shown(entries(*[3] * 14)) == 15


@pytest.mark.parametrize(
    ("pupils", "about"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_numbers_are_rounded_to_the_nearest_5(pupils: int, about: int | None) -> None:
    assert shown(entries(*[1] * pupils)) == about


def test_three_families_are_needed() -> None:
    assert shown(entries(*[1] * 8, families=2)) is None
    assert shown(entries(*[1] * 8, families=3)) == 10


def test_no_child_is_more_than_half_of_a_number() -> None:
    assert shown(entries(5, 1, 1, 1, 1, 1)) == 5
    assert shown(entries(6, 1, 1, 1, 1, 1)) is None


def test_no_two_children_are_more_than_three_quarters_of_a_number() -> None:
    assert shown(entries(6, 6, 1, 1, 1, 1)) == 5
    assert shown(entries(7, 7, 1, 1, 1, 1)) is None


def a_school(pupils: int, on_roll: int, category: str) -> Tables:
    roll = {"early_years": on_roll // 3, "key_stage_1": on_roll // 3,
            "key_stage_2": on_roll - on_roll // 3 * 2}  # fmt: skip
    facts = tuple(
        Fact(Entry(f"p{n}", f"f{n}", f"i{n}"), YEAR.begins, "key_stage_2", (category,))
        for n in range(pupils)
    )
    return Tables(YEAR, TERMS, imagined.KINDS, roll, facts)


def of_category(tables: Tables, category: str) -> disclosure.Number:
    made, _ = disclosure.release(tables)
    return next(n for n in made.tables["categories"] if category in n.cell.categories)


def test_ten_pupils_are_needed_where_few_are_on_roll_and_for_plans() -> None:
    assert of_category(a_school(9, 150, "injury"), "injury").about == 10
    assert of_category(a_school(9, 90, "injury"), "injury").about is None
    assert of_category(a_school(9, 150, "in_need"), "in_need").about is None


def test_categories_for_leads_appear_yearly_alone() -> None:
    leads = {kind.key for kind in imagined.KINDS if kind.lead_only}
    year = a_school(60, 300, "safeguarding")
    whole, _ = disclosure.release(year)
    term, _ = disclosure.release(imagined.during(year, TERMS[0]))
    assert leads & {key for n in whole.tables["categories"] for key in n.cell.categories} == leads
    for each in (*term.numbers, *whole.tables["categories_by_term"]):
        assert not leads & set(each.cell.categories)


def test_a_release_reads_back_as_it_was_written() -> None:
    for release in imagined.published(3):
        assert disclosure.from_plain(disclosure.as_plain(release)) == release


def test_the_certificate_says_the_least_and_greatest_of_every_withheld_number() -> None:
    made, certificate = disclosure.release(imagined.a_year(0))
    withheld = {n.cell for n in made.numbers if n.about is None}
    assert {each.number.cell for each in certificate.verdict.findings} == withheld
    assert all((f.least, f.greatest) == (0, f.number.least - 1)
               for f in certificate.verdict.findings)  # fmt: skip


def test_where_nothing_can_be_said_nothing_is_said() -> None:
    """A late child leaves a term that was released: the year would tell, so it says nothing."""
    year = a_school(30, 300, "injury")
    term, _ = disclosure.release(imagined.during(year, TERMS[0]))
    after, certificate = disclosure.release(replace(year, facts=year.facts[:10]), [term])
    assert certificate.withheld and not any(n.about == 10 for n in after.numbers)


def test_spans_follow_each_other() -> None:
    assert TERMS[0].ends + timedelta(days=1) == TERMS[1].begins
