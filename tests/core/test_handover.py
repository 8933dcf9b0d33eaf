"""At home time: who goes with whom, what is refused, and whom nobody has collected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core import clock, collection, handover, hometime, people, registers
from core.collection import CollectorForm, OrderForm, WalkForm
from core.errors import Refused
from core.forms import Incomplete
from core.hometime import Leaving
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import CollectionTry, HandOver
from tests.core.school import School, how_many, openings_of, plain

MONDAY = date(2026, 9, 14)
At = Callable[[int, int], None]


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def told(hour: int, minute: int) -> None:
        moment = datetime.combine(MONDAY, time(hour - 1, minute), UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    told(15, 30)
    return told


def amy(school: School, by: Person | None = None) -> Leaving:
    children = hometime.of_class(school.store, "4 Birch", MONDAY, by=by or school.birch)
    return next(each for each in children if each.pupil == school.amy.id)


def allowed(school: School, name: str = "Mrs Bea D’Souza") -> str:
    form = CollectorForm(name=name, relation="aunt", phone="07700 900123")
    collection.allow(school.store, school.amy.id, form, by=school.office)
    return form.id


def forbidden(school: School, name: str, until: date | None = None) -> None:
    form = OrderForm(name=name, until=until, account="Not he.")
    collection.forbid(school.store, school.amy.id, form, by=school.lead)


def walks(school: School, since: int, until: int | None) -> None:
    first, last = (None if n is None else MONDAY + timedelta(days=n) for n in (since, until))
    form = WalkForm(since=first, until=last, given_by="Her mother", how="By letter")
    collection.let_walk(school.store, school.amy.id, form, by=school.office)


def test_a_child_is_handed_to_an_adult_of_the_list(school: School) -> None:
    aunt = allowed(school)
    handover.hand_to(school.store, school.amy.id, aunt, MONDAY, by=school.oak)
    gone = amy(school).gone
    assert gone and (gone.how, gone.name, gone.author) == (
        "collected", "Mrs Bea D’Souza", school.oak.name,
    )  # fmt: skip


def test_nobody_else_takes_a_child(school: School) -> None:
    aunt = allowed(school)
    collection.end(school.store, school.amy.id, aunt, by=school.office)
    for collector in (aunt, "", "0" * 32):
        with pytest.raises(Refused, match="may not collect"):
            handover.hand_to(school.store, school.amy.id, collector, MONDAY, by=school.birch)
    assert how_many(school.store, HandOver) == 0


@pytest.mark.parametrize("until", [None, MONDAY - timedelta(days=1)])
def test_an_order_outweighs_the_list_and_says_nothing_but_the_name(
    school: School, until: date | None
) -> None:
    aunt = allowed(school)
    forbidden(school, "Bea D'Souza", until)
    with pytest.raises(Refused, match="may not collect"):
        handover.hand_to(school.store, school.amy.id, aunt, MONDAY, by=school.birch)
    child = amy(school)
    assert [(o.name, o.account) for o in child.kept_from] == [("Bea D'Souza", "")]
    assert child.collectors == []


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [(-3, -1, "ended on 13 September 2026"), (1, None, "begins on 15 September 2026")],
)
def test_a_permission_that_does_not_hold_today_is_refused_with_its_date(
    school: School, since: int, until: int | None, why: str
) -> None:
    with pytest.raises(Refused, match="Nobody has permitted"):
        handover.let_go(school.store, school.amy.id, "alone", MONDAY, by=school.birch)
    walks(school, since, until)
    with pytest.raises(Refused, match=why):
        handover.let_go(school.store, school.amy.id, "alone", MONDAY, by=school.birch)
    walks(school, 0, 0)
    handover.let_go(school.store, school.amy.id, "alone", MONDAY, by=school.birch)
    assert amy(school).is_gone


def test_a_lead_overrides_with_a_reason_and_nobody_else_does(school: School) -> None:
    for by in (school.birch, school.office, plain(school.lead)):
        with pytest.raises(NotAllowed):
            handover.override(school.store, school.amy.id, "Mr New", "Rang", MONDAY, by=by)
    with pytest.raises(Incomplete, match="why"):
        handover.override(school.store, school.amy.id, "Mr New", "  ", MONDAY, by=school.lead)
    assert how_many(school.store, HandOver) == 0
    handover.override(school.store, school.amy.id, "Mr New", "Rang", MONDAY, by=school.lead)
    gone = amy(school).gone
    assert gone and (gone.how, gone.name, gone.reason) == ("override", "Mr New", "Rang")


def test_a_slip_is_put_right_by_a_further_record(school: School) -> None:
    handover.let_go(school.store, school.amy.id, "club", MONDAY, by=school.birch)
    assert amy(school).is_gone
    handover.let_go(school.store, school.amy.id, "kept", MONDAY, by=school.birch)
    assert not amy(school).is_gone
    assert how_many(school.store, HandOver) == 2
    with pytest.raises(NotThere):
        handover.let_go(school.store, school.amy.id, "flown", MONDAY, by=school.birch)


def test_nobody_hands_over_tomorrow(school: School) -> None:
    aunt = allowed(school)
    with pytest.raises(Refused, match="still to come"):
        handover.hand_to(school.store, school.amy.id, aunt, MONDAY + timedelta(days=1),
                         by=school.birch)  # fmt: skip


def test_who_is_not_at_school_is_not_handed_over(school: School) -> None:
    marks = {school.amy.id: "illness", school.cai.id: "late"}
    registers.mark(school.store, MONDAY, "morning", marks, by=school.birch)
    here = hometime.of_class(school.store, "4 Birch", MONDAY, by=school.birch)
    assert {each.pupil for each in here} == {school.cai.id, school.dua.id}
    registers.mark(school.store, MONDAY, "afternoon", {school.cai.id: "left_early"},
                   by=school.birch)  # fmt: skip
    here = hometime.of_class(school.store, "4 Birch", MONDAY, by=school.birch)
    assert {each.pupil for each in here} == {school.dua.id}


def test_a_child_of_ones_own_family_is_for_a_colleague(school: School) -> None:
    aunt = allowed(school)
    forbidden(school, "Mr Far")
    handover.tried(school.store, school.amy.id, aunt, MONDAY, answered=False, by=school.oak)
    people.mark_relative(school.store, school.birch.id, school.amy.id, by=school.lead)
    child = amy(school)
    assert child.is_family
    assert (child.collectors, child.kept_from, child.tries, child.gone) == ([], [], [], None)
    calls: tuple[Callable[[], None], ...] = (
        lambda: handover.hand_to(school.store, school.amy.id, aunt, MONDAY, by=school.birch),
        lambda: handover.let_go(school.store, school.amy.id, "club", MONDAY, by=school.birch),
    )
    for call in calls:
        with pytest.raises(NotThere):
            call()


def test_reading_who_collects_a_class_is_recorded(school: School) -> None:
    amy(school)
    assert [each.what for each in openings_of(school.store, "4 Birch")] == ["hand_over"]


# Not collected.


def test_a_child_is_late_when_the_grace_has_passed_and_comes_first(school: School, at: At) -> None:
    at(15, 39)
    assert not amy(school).is_late
    at(15, 40)
    assert amy(school).is_late
    handover.let_go(school.store, school.cai.id, "club", MONDAY, by=school.birch)
    first, *_, last = hometime.of_class(school.store, "4 Birch", MONDAY, by=school.birch)
    assert first.is_late and (last.pupil, last.is_late) == (school.cai.id, False)


def test_who_was_rung_is_logged_with_the_answer_in_order(school: School, at: At) -> None:
    one, other = allowed(school), allowed(school, "Mr Al D’Souza")
    handover.tried(school.store, school.amy.id, one, MONDAY, answered=False, by=school.birch)
    handover.tried(school.store, school.amy.id, other, MONDAY, answered=True, by=school.office)
    child = amy(school)
    assert [(t.collector, t.answered, t.author) for t in child.tries] == [
        (one, False, school.birch.name), (other, True, school.office.name),
    ]  # fmt: skip
    with pytest.raises(NotThere):
        handover.tried(school.store, school.amy.id, "", MONDAY, answered=True, by=school.birch)
    with pytest.raises(NotAllowed):
        handover.tried(school.store, school.amy.id, one, MONDAY, answered=True, by=school.chair)
    assert how_many(school.store, CollectionTry) == 2
