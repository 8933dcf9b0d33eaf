"""Released periods side by side: in their order, never added up, and never more than was published.

Most of it is tried on releases that are put together here, so that each case stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from core import disclosure, over_time, periods
from core.disclosure import Cell, Number, Released, Span, series
from core.disclosure.measures import middle, middle_band, share, share_band
from core.disclosure.released import CATEGORIES, CROSSED, PHASES, TERMS, TOTAL
from core.disclosure.series import Length
from core.over_time import Chart
from tests.core import attacker, imagined
from tests.core.school import WRITTEN

KNOWN = {period.name: period for period in periods.every(WRITTEN)}
AUTUMN, SPRING, SUMMER = (
    Span(KNOWN[name].begins, KNOWN[name].ends, name)
    for name in ("Autumn 2025", "Spring 2026", "Summer 2026")
)
TERMS_ = (AUTUMN, SPRING, SUMMER)
YEAR = Span(AUTUMN.begins, SUMMER.ends, "School year 2025–26")
KEYS = ("attendance", "behaviour", "injury")
GROUPS = tuple((key,) for key in KEYS)
ALL_PHASES = (("early_years",), ("key_stage_1",), ("key_stage_2",))


def a_number(span: Span, about: int | None, *keys: str) -> Number:
    return Number(Cell(span, tuple(keys)), about, 5)


def a_release(span: Span, *numbers: Number, groups: Sequence[tuple[str, ...]] = GROUPS,
              **measures: int) -> Released:  # fmt: skip
    """A release with these numbers; a table of which it has none was withheld."""
    tables = {
        TOTAL: tuple(n for n in numbers if n.cell == Cell(span)),
        TERMS: tuple(n for n in numbers if n.cell.span != span and not n.cell.categories),
        CATEGORIES: tuple(n for n in numbers if n.cell.span == span and n.cell.categories),
        CROSSED: tuple(n for n in numbers if n.cell.span != span and n.cell.categories),
        PHASES: tuple(n for n in numbers if n.cell.phases),
    }
    there = {name: table for name, table in tables.items() if table}
    return Released(span, tuple(groups), True, ALL_PHASES, {}, there, measures)


def chart(title: str, *made: Released, of: Length = Length.TERM) -> Chart:
    return next(each for each in over_time.seen(made, of).charts if each.title == title)


def said(found: Chart, name: str) -> list[str]:
    """One trend in words."""
    return next([mark.said for mark in each.marks] for each in found.trends if each.name == name)


# Which periods stand side by side.


def test_periods_stand_in_their_order_whenever_they_were_released() -> None:
    made = [a_release(span, a_number(span, 40)) for span in (SUMMER, AUTUMN, SPRING)]
    assert chart("All students", *made).periods == ("Autumn 2025", "Spring 2026", "Summer 2026")


def test_every_period_of_the_calendar_is_a_half_term_a_term_or_a_year() -> None:
    for period in periods.every(WRITTEN):
        found = series.length(Span(period.begins, period.ends, period.name))
        wanted = Length.YEAR if period.terms else Length.TERM if period.is_whole else Length.HALF
        assert found is wanted, period


def test_terms_half_terms_and_years_are_never_in_one_series() -> None:
    spans = [Span(p.begins, p.ends, p.name) for p in periods.every(WRITTEN)]
    made = [a_release(span, a_number(span, 40)) for span in spans]
    for of in Length:
        assert {series.length(slot.span) for slot in series.slots(made, of)} == {of}
    assert list(series.lengths(made)) == list(Length)


def test_periods_of_a_calendar_follow_each_other_without_a_gap() -> None:
    made = [a_release(Span(p.begins, p.ends, p.name)) for p in periods.every(WRITTEN)]
    for of in Length:
        assert all(slot.is_released for slot in series.slots(made, of))


def test_a_period_between_that_was_not_released_is_a_gap_that_says_so() -> None:
    found = chart("By category",
                  a_release(AUTUMN, a_number(AUTUMN, 40, "injury")),
                  a_release(SUMMER, a_number(SUMMER, 45, "injury")))  # fmt: skip
    assert found.periods == ("Autumn 2025", "Dec 2025 to Mar 2026", "Summer 2026")
    assert said(found, "Injury")[1] == "not released"


def test_a_holiday_that_an_amended_calendar_leaves_out_is_no_period() -> None:
    later = replace(SPRING, begins=SPRING.begins + timedelta(days=16))
    made = [a_release(AUTUMN), a_release(later)]
    assert all(slot.is_released for slot in series.slots(made, Length.TERM))


def test_one_period_alone_is_no_trend() -> None:
    one = [a_release(AUTUMN, a_number(AUTUMN, 40)), a_release(YEAR, a_number(YEAR, 60))]
    assert list(series.lengths(one)) == []
    assert not over_time.seen(one, Length.TERM).is_trend


def test_six_periods_are_seen_at_once_up_to_any_that_has_six() -> None:
    terms = [p for p in periods.every(WRITTEN) if p.is_whole and not p.terms]
    made = [a_release(s, a_number(s, 40)) for s in (Span(p.begins, p.ends, p.name) for p in terms)]
    names = [term.name for term in terms]
    assert over_time.ends(made, Length.TERM) == list(reversed(names[5:]))
    for place in range(6, len(names) + 1):
        seen = over_time.seen(made, Length.TERM, names[place - 1]).charts[0]
        assert list(seen.periods) == names[place - 6 : place]
    assert over_time.seen(made, Length.TERM).charts[0].periods == tuple(names[-6:])


# What a point is.


def test_a_number_stands_with_the_band_that_rounding_leaves() -> None:
    found = chart("All students", a_release(AUTUMN, a_number(AUTUMN, 40)),
                  a_release(SPRING, a_number(SPRING, 5)))  # fmt: skip
    assert said(found, "Students about whom a concern was recorded") == [
        "about 40, 38 to 42", "about 5, 5 to 7",
    ]  # fmt: skip
    mark = found.trends[0].marks[0]
    assert (mark.length, mark.low, mark.high) == (40, 38, 42)


def test_what_is_withheld_has_no_bar_and_says_so_whether_a_number_or_a_whole_table() -> None:
    made = [a_release(AUTUMN, a_number(AUTUMN, 40, "injury"), a_number(AUTUMN, 10, "behaviour")),
            a_release(SPRING, a_number(SPRING, None, "injury")),
            a_release(SUMMER, a_number(SUMMER, 40))]  # fmt: skip
    found = chart("By category", *made)
    assert said(found, "Injury")[1:] == ["withheld: fewer than 5", "withheld"]
    assert said(found, "Behaviour")[1:] == ["withheld", "withheld"]
    assert [mark.length for mark in found.drawn[-1].marks] == [40, 0, 0]
    notes = over_time.seen(made, Length.TERM).notes
    assert over_time.MEANT[series.Gap.WITHHELD] in notes
    assert not {over_time.MEANT[gap] for gap in series.Gap if gap is not series.Gap.WITHHELD} & {
        *notes
    }


def test_what_has_no_number_in_any_period_is_named_and_not_drawn() -> None:
    found = chart("By category", a_release(AUTUMN, a_number(AUTUMN, None, "injury")),
                  a_release(SPRING, a_number(SPRING, None, "injury")))  # fmt: skip
    assert found.drawn == () and found.hidden == "No number in any of these periods: Injury."
    assert said(found, "Injury") == ["withheld: fewer than 5"] * 2
    assert chart("By phase", a_release(AUTUMN), a_release(SPRING)).hidden == (
        "No number of this was published for these periods."
    )


def test_what_was_counted_together_is_never_parted_and_what_was_apart_never_added() -> None:
    both = (("attendance",), ("behaviour", "injury"))
    apart = (a_number(AUTUMN, 10, "behaviour"), a_number(AUTUMN, 15, "injury"))
    together = a_number(SPRING, 30, "behaviour", "injury")
    made = [a_release(AUTUMN, *apart), a_release(SPRING, together, groups=both)]
    found = chart("By category", *made)
    assert [trend.name for trend in found.trends] == ["Behaviour", "Behaviour, Injury", "Injury"]
    assert said(found, "Behaviour")[1] == "counted together with Injury"
    assert said(found, "Behaviour, Injury") == ["apart", "about 30, 28 to 32"]


def test_groups_that_overlap_are_not_taken_for_each_other() -> None:
    made = [a_release(AUTUMN, a_number(AUTUMN, 20, "attendance", "behaviour"),
                      groups=(("attendance", "behaviour"), ("injury",))),
            a_release(SPRING, a_number(SPRING, 30, "injury", "behaviour"),
                      groups=(("attendance",), ("behaviour", "injury")))]  # fmt: skip
    found = chart("By category", *made)
    assert said(found, "Attendance, Behaviour") == ["about 20, 18 to 22", "apart"]
    assert said(found, "Behaviour, Injury") == ["apart", "about 30, 28 to 32"]


def test_a_category_that_a_release_does_not_tell_of_is_left_out() -> None:
    made = [a_release(AUTUMN, a_number(AUTUMN, 20, "other"), groups=(*GROUPS, ("other",))),
            a_release(SPRING, a_number(SPRING, 20, "injury"))]  # fmt: skip
    assert said(chart("By category", *made), "Other") == ["about 20, 18 to 22", "left out"]


def test_terms_that_the_release_of_their_year_shows_are_published_terms() -> None:
    numbers = [a_number(span, 20 + 5 * at, "injury") for at, span in enumerate(TERMS_)]
    year = a_release(YEAR, a_number(YEAR, 60), *(a_number(s, 40) for s in TERMS_), *numbers)
    own = a_release(SUMMER, numbers[-1], Number(Cell(SUMMER, (), ("key_stage_2",)), 15, 5))
    assert list(series.lengths([year, own])) == [Length.TERM]
    found = chart("By category", year, own)
    assert [mark.length for mark in found.trends[0].marks] == [20, 25, 30]
    assert said(chart("By phase", year, own), "Key stage 2") == [
        "not released", "not released", "about 15, 13 to 17",
    ]  # fmt: skip


def test_measures_stand_side_by_side_with_a_band_of_their_own() -> None:
    made = [a_release(AUTUMN, hours_to_action=30, late=20), a_release(SPRING, late=15)]
    waits, work = (chart(t, *made) for t in ("How long concerns waited", "How the school worked"))
    assert said(waits, "Half of concerns had a first action within") == [
        "about 30\N{NO-BREAK SPACE}h, 29.5 to 30.5", "no figure",
    ]  # fmt: skip
    assert work.top == 100 and work.trends[0].marks[0].short == "about 20\N{NO-BREAK SPACE}%"


def test_a_share_that_was_rounded_lies_within_its_band() -> None:
    for of in range(1, 420):
        for part in range(of + 1):
            about = share(part, of)
            if about is not None:
                low, high = share_band(about)
                assert low <= 100 * part / of <= high, (part, of)


def test_a_time_that_was_rounded_lies_within_its_band() -> None:
    for minutes in range(6_000):
        hours = middle(timedelta(minutes=minutes), 25)
        assert hours is not None
        low, high = middle_band(hours)
        assert low <= minutes / 60 <= high and low <= max(hours, 1) <= high


# Nothing but what was published: read by the attacker.


def published(seed: int) -> list[Released]:
    """All releases of a year of a made-up school, with the names that a calendar gives."""
    names = {span: f"Term {at}" for at, span in enumerate(imagined.TERMS)}
    halves = ("first half", "second half")
    names |= {span: f"Term {at // 2}, {halves[at % 2]}" for at, span in enumerate(imagined.HALVES)}
    names |= {imagined.YEAR: "School year"}

    def named(span: Span) -> Span:
        return replace(span, name=names[span])

    return [
        replace(each, span=named(each.span), measures={"late": 5 * seed, "hours_to_action": seed},
                tables={table: tuple(replace(n, cell=replace(n.cell, span=named(n.cell.span)))
                                     for n in numbers)
                        for table, numbers in each.tables.items()})
        for each in imagined.published(seed)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_an_attacker_who_reads_the_page_knows_no_more_than_from_the_releases(seed: int) -> None:
    made = published(seed)
    told = list(read(chart for of in Length for chart in over_time.seen(made, of).charts[:3]))
    for name, period, words in told:
        assert words in allowed(made, period), (name, period, words)
    again = as_read(made, {(name, period): words for name, period, words in told})
    assert again == made
    assert attacker.narrowed([disclosure.as_plain(each) for each in again]) == []


def as_read(made: Iterable[Released], told: dict[tuple[str, str], str]) -> list[Released]:
    """The releases with no other numbers than those that the words tell."""

    def seen(number: Number) -> Number:
        found = re.fullmatch(r"about (\d+), .*", told[named(number), number.cell.span.name])
        return replace(number, about=int(found[1]) if found else None)

    def read_again(release: Released) -> Released:
        tables = {name: tuple(map(seen, table)) for name, table in release.tables.items()}
        return replace(release, tables=tables)

    return list(map(read_again, made))


def allowed(made: Iterable[Released], period: str) -> set[str]:
    """What may be said of a period: its published numbers, with their bounds, or nothing."""
    numbers = [n for each in made for n in each.numbers if n.cell.span.name == period]
    told = {"{}, {} to {}".format(n.said, *n.bounds) for n in numbers if n.about is not None}
    silent = {f"withheld: {n.said}" for n in numbers if n.about is None}
    return told | silent | {"withheld", "not released", "apart", "left out", TOGETHER}


TOGETHER = "counted together"


def read(charts: Iterable[Chart]) -> Iterable[tuple[str, str, str]]:
    """Every cell of the tables: what it is about, of which period, and what it says."""
    for each in charts:
        for name, *cells in each.rows:
            for period, words in zip(each.periods, cells, strict=True):
                yield name, period, TOGETHER if words.startswith(TOGETHER) else words


def named(number: Number) -> str:
    """What a row of the page is called that is about the same."""
    cell = number.cell
    alone = Released(cell.span, (cell.categories,), True, (cell.phases,), {}, {TOTAL: (number,)})
    found = [t.name for c in over_time.seen([alone], series.length(cell.span)).charts
             for t in c.trends]  # fmt: skip
    return found[0]


def test_the_series_are_made_of_the_published_form_alone() -> None:
    for seed in range(6):
        made = published(seed)
        forms = [orjson.loads(orjson.dumps(disclosure.as_plain(each))) for each in made]
        again = [disclosure.from_plain(form) for form in forms]
        for of in Length:
            assert over_time.seen(again, of) == over_time.seen(made, of)
            assert over_time.seen(again[::-1], of) == over_time.seen(made, of)


def test_a_wider_span_never_stands_in_for_the_terms_within_it() -> None:
    year = a_release(YEAR, a_number(YEAR, 60, "injury"))
    terms = [a_release(span, a_number(span, 20)) for span in TERMS_]
    assert said(chart("By category", year, *terms, of=Length.YEAR), "Injury") == [
        "about 60, 58 to 62"
    ]
    assert chart("By category", year, *terms).trends == ()
