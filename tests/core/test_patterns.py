"""Who needs a look: each rule speaks once where it should, and is silent where it must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from core import clock, corrections, patterns, plans, pupils
from core.forms import Incomplete
from core.map_forms import Form as BodyMap
from core.map_forms import Mark
from core.outlines import OLDER
from core.permissions import NotAllowed, NotThere
from core.person import SYSTEM, Person
from core.pieces import Pointed
from core.records import PlanDetails, Relation
from core.school_days import Calendar
from core.store import new_id
from core.term_dates import Term
from tests.core.school import BORN, WRITTEN, School, a_concern, linked, plain, recorded
from tests.core.staffroom import Watch


@pytest.fixture
def school(own_school: School) -> School:
    """Children whom no test before has written about."""
    return own_school


def ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def concerns(school: School, *days: float, by: Person | None = None, **more: Any) -> list[str]:
    """Concerns about Amy, so many days ago each."""
    form = {"occurred_at": None, "categories": ("behaviour",), **more}
    return [
        recorded(school, a_concern(school.amy, **{**form, "occurred_at": ago(day)}),
                 by=by or school.birch)
        for day in days
    ]  # fmt: skip


def said(school: School, rule: str, *, by: Person | None = None) -> list[Pointed]:
    """What this rule says of the children of this school."""
    here = {school.amy.id, school.ben.id, school.cai.id, school.dua.id}
    found = patterns.pointed(school.store, by=by or school.lead)
    return [p for p in found if p.rule.startswith(rule) and p.pupil in here]


# Many in a short time.


def test_three_concerns_in_thirty_days_are_pointed_out_with_what_stands_behind(
    school: School,
) -> None:
    ids = concerns(school, 1, 9, 20)
    (found,) = said(school, "many")
    assert found.sentence == "3 concerns in 30 days, from one member of staff."
    assert (found.name, [piece.incident for piece in found.pieces]) == (school.amy.name, ids)


@pytest.mark.parametrize(
    ("days", "more"),
    [
        ((1, 9), {}),
        ((1, 9, 31), {}),
        ((1, 9, 20), {"categories": ("positive",)}),
    ],
)
def test_fewer_older_or_positive_ones_are_not(
    school: School, days: tuple[float, ...], more: dict[str, Any]
) -> None:
    concerns(school, *days, **more)
    assert said(school, "many") == []


def test_what_different_staff_wrote_presses_more(school: School) -> None:
    concerns(school, 1, 2, 3)
    (alone,) = said(school, "many")
    concerns(school, 4, by=school.oak)
    (both,) = said(school, "many")
    assert both.weight > alone.weight + 1
    assert both.sentence == "4 concerns in 30 days, from 2 different staff."


def test_what_was_entered_in_error_counts_for_nothing(school: School) -> None:
    ids = concerns(school, 1, 2, 3)
    form = corrections.Form(incident=ids[0], kind="error", account="Not her")
    corrections.add(school.store, form, by=school.lead)
    assert said(school, "many") == []


def test_a_witness_is_not_pointed_out(school: School) -> None:
    for day in (1, 2, 3):
        form = a_concern(school.ben, occurred_at=ago(day), linked=linked(school.amy))
        recorded(school, form, by=school.oak)
    assert {each.pupil for each in said(school, "many")} == {school.ben.id}


# The same day of the week.


def mondays() -> list[float]:
    """How many days ago the last four Mondays were, before this week."""
    now = clock.now()
    last = now.weekday() + 7
    return [last, last + 7, last + 14, last + 21]


def test_a_kind_that_comes_back_on_the_same_weekday_is_pointed_out(school: School) -> None:
    concerns(school, *mondays()[:3], categories=("physical_care",))
    (found,) = said(school, "weekday")
    assert found.sentence == "Physical care: 3 of 3 on a Monday."


@pytest.mark.parametrize("moved", [(0, 1, 2), (0, 0, 3)])
def test_other_days_are_no_pattern(school: School, moved: tuple[int, ...]) -> None:
    days = [day - step for day, step in zip(mondays(), moved, strict=False)]
    concerns(school, *days, categories=("physical_care",))
    assert said(school, "weekday") == []


# After weekends and holidays.

# Two Mondays, and the Tuesday after a bank holiday; the summer term of 2026 is a known one.
RETURNS = (date(2026, 4, 20), date(2026, 5, 5), date(2026, 6, 1))
SUMMER = datetime(2026, 6, 3, 12, tzinfo=UTC)


def on(school: School, *days: date, **more: Any) -> list[str]:
    """Concerns about Amy on these days, all of one kind."""
    more = {"categories": ("emotional_wellbeing",), **more}
    at = [datetime.combine(day, time(9, 30), UTC) for day in days]
    return concerns(school, *((clock.now() - each) / timedelta(days=1) for each in at), **more)


@pytest.fixture
def summer(monkeypatch: pytest.MonkeyPatch) -> None:
    Watch(monkeypatch).now = SUMMER


@pytest.mark.usefixtures("summer")
def test_a_kind_that_comes_back_after_weekends_and_holidays_is_pointed_out(school: School) -> None:
    ids = on(school, *RETURNS)
    (found,) = said(school, "return")
    assert found.sentence == (
        "Emotional wellbeing: 3 of 3 on the first day of school after a weekend or holiday."
    )
    assert [piece.incident for piece in found.pieces] == ids[::-1]
    assert said(school, "weekday") == []


@pytest.mark.usefixtures("summer")
@pytest.mark.parametrize(
    "days",
    [
        RETURNS[:2],  # too few
        (*RETURNS[:2], date(2026, 6, 2)),  # the day after
        (*RETURNS[:2], date(2026, 5, 30)),  # in the holiday itself
        (*RETURNS, date(2026, 5, 6), date(2026, 5, 7)),  # also in the middle of the week
        (date(2026, 1, 6), *RETURNS[:2]),  # too long ago
    ],
)
def test_what_does_not_come_back_then_is_not(school: School, days: tuple[date, ...]) -> None:
    on(school, *days)
    assert said(school, "return") == []


@pytest.mark.usefixtures("summer")
def test_what_all_lies_on_mondays_is_said_once(school: School) -> None:
    on(
        school,
        date(2026, 4, 20),
        date(2026, 5, 11),
        date(2026, 6, 1),
        categories=("emotional_wellbeing",),
    )
    assert said(school, "return") == []
    assert len(said(school, "weekday")) == 1


def test_a_day_on_which_school_begins_again_follows_two_without() -> None:
    for day in (*RETURNS, date(2026, 9, 3), date(2031, 3, 3)):
        assert WRITTEN.is_return(day)
    for day in (date(2026, 4, 21), date(2026, 5, 4), date(2026, 5, 30), date(2031, 3, 4)):
        assert not WRITTEN.is_return(day)


def test_one_day_without_school_is_no_holiday() -> None:
    spring = Term("Spring", date(2026, 1, 6), date(2026, 3, 27), date(2026, 2, 16),
                  date(2026, 2, 20), closed=(date(2026, 1, 14),))  # fmt: skip
    assert not Calendar((spring,)).is_return(date(2026, 1, 15))
    assert Calendar((spring,)).is_return(date(2026, 2, 23))


# The same part of the body.


def injury(school: School, day: float, region: str) -> str:
    mark = Mark(id=new_id(), view="left-side", x=0.5, y=0.3, region=region, kind="bruise")
    drawn = BodyMap(build=OLDER, marks=[mark], seen_by="x", seen_at=ago(day),
                    advice_sought=False, advice="x")  # fmt: skip
    (incident,) = concerns(school, day, categories=("injury",), body_map=drawn)
    return incident


def test_injuries_of_one_region_at_different_times_are_pointed_out(school: School) -> None:
    ids = [injury(school, day, "left-upper-arm") for day in (3, 40)]
    (found,) = said(school, "region")
    assert found.sentence == "2 injuries to the left upper arm, at different times."
    assert [piece.incident for piece in found.pieces] == ids


def test_different_regions_and_one_injury_are_not(school: School) -> None:
    injury(school, 3, "left-upper-arm")
    injury(school, 40, "left-forearm")
    assert said(school, "region") == []


# One household.


def moves_in(school: School, *children: pupils.Pupil) -> None:
    for child in children:
        details = pupils.Details(name=child.name, class_name=child.class_name, born_on=BORN,
                                 household=f"Elm Street {school.amy.id}")  # fmt: skip
        pupils.amend(school.store, {child.id: details}, by=school.lead)


def test_several_concerns_in_one_household_are_pointed_out_whatever_the_surnames(
    school: School,
) -> None:
    moves_in(school, school.amy, school.ben)
    concerns(school, 2, 40)
    recorded(school, a_concern(school.ben, occurred_at=ago(5)), by=school.oak)
    (found,) = said(school, "household")
    assert found.sentence == f"3 concerns in one household, with {school.ben.name}."


def test_one_child_alone_is_no_household(school: School) -> None:
    moves_in(school, school.amy, school.ben)
    concerns(school, 2, 5, 40)
    assert said(school, "household") == []


# A quiet plan.


def a_plan(school: School, since: float, until: date | None = None) -> None:
    school.store.append(
        PlanDetails(plan=new_id(), pupil=school.amy.id, kind="child_in_need",
                    since=ago(since).date(), until=until), by=SYSTEM,
    )  # fmt: skip


def test_a_plan_about_which_nothing_is_written_is_pointed_out(school: School) -> None:
    a_plan(school, 60)
    (found,) = said(school, "quiet")
    assert found.sentence == "Child in need plan, and nothing written for six weeks."


def test_a_plan_that_is_new_or_over_or_written_about_is_not(school: School) -> None:
    a_plan(school, 5)
    assert said(school, "quiet") == []
    a_plan(school, 60, until=ago(2).date())
    assert said(school, "quiet") == []
    a_plan(school, 60)
    concerns(school, 3, categories=("positive",))
    assert said(school, "quiet") == []


# Set aside.


def test_what_was_set_aside_comes_back_with_something_new(school: School) -> None:
    concerns(school, 3, 9, 20)
    with pytest.raises(Incomplete, match="why nothing follows"):
        patterns.set_aside(school.store, school.amy.id, "many", " ", by=school.lead)
    patterns.set_aside(school.store, school.amy.id, "many", "One quarrel", by=school.lead)
    assert said(school, "many") == [] == said(school, "many", by=school.deputy)
    concerns(school, 1)
    assert len(said(school, "many")) == 1


def test_only_what_is_said_can_be_set_aside(school: School) -> None:
    with pytest.raises(NotThere):
        patterns.set_aside(school.store, school.amy.id, "many", "x", by=school.lead)


# Who is told.


def test_nobody_without_full_access_is_told(school: School) -> None:
    for person in (school.birch, plain(school.lead), plain(school.head), school.governor,
                   school.chair, school.office):  # fmt: skip
        with pytest.raises(NotAllowed):
            patterns.pointed(school.store, by=person)


def test_a_relative_is_told_nothing_about_the_child(school: School) -> None:
    concerns(school, 1, 2, 3)
    a_plan(school, 60)
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    assert {each.pupil for each in patterns.pointed(school.store, by=school.lead)} & {
        school.amy.id
    } == set()
    assert said(school, "many", by=school.deputy)


def test_plans_are_checked_and_seen_by_the_team_alone(school: School) -> None:
    form = plans.Form(pupil=school.amy.id, kind="early_help", since=ago(3).date())
    with pytest.raises(Incomplete):
        plans.record(school.store, replace(form, until=ago(9).date()), by=school.lead)
    with pytest.raises(NotThere):
        plans.record(school.store, form, by=school.birch)
    plans.record(school.store, form, by=school.lead)
    assert [plan.kind for plan in plans.of(school.store, school.amy.id, by=school.head)] == [
        "early_help"
    ]
    assert plans.of(school.store, school.amy.id, by=school.birch) == ()
    plans.note(school.store, school.amy.id, "Ring the father first.", by=school.lead)
    note = plans.note_of(school.store, school.amy.id, by=school.deputy)
    assert note and note.account == "Ring the father first."
    assert plans.note_of(school.store, school.amy.id, by=school.office) is None
