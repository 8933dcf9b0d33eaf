"""Outings: planned, approved by the head, everybody with one adult, or they do not start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as chance
from hypothesis import strategies as st

from core import (
    clock,
    departures,
    outing_company,
    outing_groups,
    outing_plans,
    outings,
    ratios,
    registers,
    risk_assessments,
    settings,
)
from core.errors import Refused
from core.forms import Incomplete
from core.outing_company import Helper
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import OutingAdult, OutingDetails, OutingEvent, OutingPupil, RiskAssessment
from tests.core.outing import (
    FORM,
    MONDAY,
    MORNING,
    PAPER,
    approved,
    peopled,
    planned,
    started,
    whole,
)
from tests.core.school import School, a_pupil, how_many, openings_of, plain


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)


def groups(school: School, outing: str) -> dict[str, list[str]]:
    """The names of the children by the name of their adult."""
    found = whole(school, outing)
    with_adults = {g.adult.name: [c.pupil.name for c in g.children] for g in found.groups}
    return with_adults | {"": [child.pupil.name for child in found.unallocated]}


# Planning.


def test_a_plan_that_is_sent_twice_is_one_outing_with_its_leader(school: School) -> None:
    form = replace(FORM, leader=school.birch.id)
    for _ in range(2):
        outing_plans.plan(school.store, form, by=school.birch)
    assert (how_many(school.store, OutingDetails), how_many(school.store, OutingAdult)) == (1, 1)
    assert groups(school, form.id) == {school.birch.name: [], "": []}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", None, "day"),
        ("day", MONDAY - timedelta(days=1), "day"),
        ("leaves_at", None, "times"),
        ("back_at", time(9), "times"),
        ("place", "  ", "place"),
        ("leader", "", "leader"),
        ("leader", "0" * 32, "leader"),
    ],
)
def test_what_a_plan_lacks_is_said_beside_its_field(
    school: School, field: str, value: object, said: str
) -> None:
    form = replace(FORM, leader=school.birch.id)
    setattr(form, field, value)
    with pytest.raises(Incomplete) as refusal:
        outing_plans.plan(school.store, form, by=school.birch)
    assert list(refusal.value.problems) == [said]
    assert how_many(school.store, OutingDetails) == 0


def test_a_governor_leads_no_outing(school: School) -> None:
    assert school.governor.id not in {p.id for p in outings.staff(school.store, by=school.birch)}


def test_a_helper_without_an_account_needs_a_name_and_a_number(school: School) -> None:
    outing = planned(school)
    with pytest.raises(Incomplete) as refusal:
        outing_company.help_along(school.store, outing, Helper(), by=school.birch)
    assert set(refusal.value.problems) == {"name", "phone"}
    helper = Helper(name=" Mrs  Jo Tully", phone=" 07700 900123")
    for _ in range(2):
        outing_company.help_along(school.store, outing, helper, by=school.birch)
    last = whole(school, outing).groups[-1].adult
    assert (last.name, last.phone, last.person) == ("Mrs Jo Tully", "07700 900123", "")
    assert how_many(school.store, OutingAdult) == 2


def test_another_leader_comes_along_and_the_one_who_leads_cannot_stay_behind(
    school: School,
) -> None:
    outing = planned(school)
    with pytest.raises(Refused, match="another leader"):
        outing_company.stay_behind(school.store, outing, school.birch.id, by=school.birch)
    form = replace(FORM, id=outing, leader=school.oak.id)
    outing_plans.change(school.store, form, by=school.birch)
    outing_company.stay_behind(school.store, outing, school.birch.id, by=school.oak)
    found = whole(school, outing)
    assert (found.leader, [g.adult.person for g in found.groups]) == (
        school.oak.name, [school.oak.id],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("leaves", "back", "at_once"),
    [(time(14), time(15), False), (time(13, 59), time(15), True), (time(8), time(9), False),
     (time(8), time(9, 1), True), (time(10), time(11), True)],
)  # fmt: skip
def test_nobody_is_on_two_outings_at_once(
    school: School, leaves: time, back: time, at_once: bool
) -> None:
    peopled(school)
    form = replace(FORM, id="1" * 32, leader=school.assistant.id, leaves_at=leaves, back_at=back)
    outing_plans.plan(school.store, form, by=school.assistant)
    calls: tuple[Callable[[], None], ...] = (
        lambda: outing_company.bring(school.store, form.id, [school.dua.id, school.amy.id],
                                     by=school.assistant),
        lambda: outing_company.come_along(school.store, form.id, school.oak.id,
                                          by=school.assistant),
    )  # fmt: skip
    for call in calls:
        if at_once:
            with pytest.raises(Refused, match="another outing at that time"):
                call()
        else:
            call()
    assert len(whole(school, form.id).children) == (0 if at_once else 2)
    busy = outing_company.elsewhere(school.store, form.id, by=school.assistant)
    assert (school.amy.id in busy) == at_once


def test_an_outing_does_not_move_to_a_time_at_which_a_child_is_elsewhere(school: School) -> None:
    peopled(school)
    tuesday = MONDAY + timedelta(days=1)
    form = replace(FORM, id="1" * 32, leader=school.assistant.id, day=tuesday)
    outing_plans.plan(school.store, form, by=school.assistant)
    outing_company.bring(school.store, form.id, [school.amy.id], by=school.assistant)
    with pytest.raises(Refused, match="another outing"):
        outing_plans.change(school.store, replace(form, day=MONDAY), by=school.assistant)
    assert whole(school, form.id).outing.day == tuesday


def test_an_outing_that_was_called_off_keeps_nobody(school: School) -> None:
    outing = peopled(school)
    with pytest.raises(Incomplete, match="why"):
        departures.call_off(school.store, outing, " ", by=school.birch)
    departures.call_off(school.store, outing, "Rain", by=school.birch)
    other = planned(school)
    outing_company.bring(school.store, other, [school.amy.id], by=school.birch)
    with pytest.raises(Refused, match="over"):
        outing_company.bring(school.store, outing, [school.dua.id], by=school.birch)


def test_whoever_is_brought_twice_comes_once_and_stays_in_their_group(school: School) -> None:
    outing = peopled(school)
    before = how_many(school.store, OutingPupil)
    outing_company.bring(school.store, outing, [school.amy.id], by=school.oak)
    assert how_many(school.store, OutingPupil) == before
    with pytest.raises(NotThere):
        outing_company.bring(school.store, outing, ["0" * 32], by=school.oak)


# Groups.


def test_a_child_given_to_two_adults_at_once_is_refused_and_nobody_is_moved(
    school: School,
) -> None:
    outing = peopled(school)
    before = groups(school, outing)
    pairs = [(school.ben.id, school.birch.id), (school.amy.id, school.birch.id),
             (school.amy.id, school.oak.id)]  # fmt: skip
    with pytest.raises(Refused, match="one adult"):
        outing_groups.allocate(school.store, outing, pairs, by=school.birch)
    for pair in [(school.dua.id, school.oak.id), (school.amy.id, school.head.id)]:
        with pytest.raises(NotThere):
            outing_groups.allocate(school.store, outing, [pair], by=school.birch)
    assert groups(school, outing) == before


def test_the_children_of_an_adult_who_stays_behind_are_in_nobodys_group(school: School) -> None:
    outing = peopled(school)
    outing_company.stay_behind(school.store, outing, school.oak.id, by=school.birch)
    assert groups(school, outing)[""] == [school.ben.name]
    outing_company.come_along(school.store, outing, school.oak.id, by=school.birch)
    assert groups(school, outing)[school.oak.name] == [school.ben.name]


DEEDS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz-")), max_size=8)


@chance(max_examples=10, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(deeds=DEEDS)
def test_whatever_is_moved_in_whatever_order_each_child_is_with_one_adult(
    school: School, deeds: list[tuple[str, str]]
) -> None:
    outing = planned(school, day=MONDAY + timedelta(days=how_many(school.store, OutingDetails)))
    children = dict(zip("abc", (school.amy.id, school.ben.id, school.cai.id), strict=True))
    adults = dict(zip("xyz", (school.birch.id, school.oak.id, school.lead.id), strict=True))
    for adult in adults.values():
        outing_company.come_along(school.store, outing, adult, by=school.birch)
    expected: dict[str, str] = {}
    for child, adult in deeds:
        if adult == "-":
            if expected.pop(child, None) is not None:
                outing_company.take_off(school.store, outing, children[child], by=school.birch)
            continue
        outing_company.bring(school.store, outing, [children[child]], by=school.oak)
        outing_groups.allocate(school.store, outing, [(children[child], adults[adult])],
                               by=school.birch)  # fmt: skip
        expected[child] = adult
    found = whole(school, outing)
    placed = [(c.pupil.id, g.adult.id) for g in found.groups for c in g.children]
    assert sorted(placed) == sorted((children[c], adults[a]) for c, a in expected.items())
    assert not found.unallocated


def test_whoever_is_in_nobodys_group_is_shared_out_evenly(school: School) -> None:
    outing = peopled(school)
    more = [a_pupil(school.store, f"Child {n}", by=school.lead).id for n in range(4)]
    outing_company.bring(school.store, outing, more, by=school.birch)
    outing_groups.share_out(school.store, outing, by=school.birch)
    found = groups(school, outing)
    assert [len(found[name]) for name in (school.birch.name, school.oak.name, "")] == [4, 3, 0]
    assert school.amy.name in found[school.birch.name] and school.ben.name in found[school.oak.name]


# Ratios.


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2021, 9, 1), "Nursery and Reception"),
        (date(2021, 8, 31), "Years 1 to 3"),
        (date(2018, 9, 1), "Years 1 to 3"),
        (date(2018, 8, 31), "Year 4 and up"),
    ],
)
def test_the_youngest_child_decides_which_limit_holds(
    school: School, born: date, band: str
) -> None:
    chosen = settings.school(school.store)
    found = ratios.of([date(2016, 1, 1), born], 1, MONDAY, chosen)
    assert found and found.band.name == band
    assert found.most == {"Year 4 and up": 10}.get(band, 6)


def test_the_ratio_is_measured_by_the_schools_own_setting(school: School) -> None:
    settings.choose(school.store, by=school.head, ratio_juniors="1")
    found = {g.adult.name: g.ratio for g in whole(school, peopled(school)).groups}
    birch, oak = found[school.birch.name], found[school.oak.name]
    assert birch and not birch.is_kept and oak and oak.is_kept
    assert birch.said == "2 to 1 adult; the school’s limit for Year 4 and up is 1 to an adult"
    assert ratios.of([], 1, MONDAY, settings.school(school.store)) is None


def test_a_ratio_that_is_none_is_refused(school: School) -> None:
    for name in ("ratio_early", "ratio_infants", "ratio_juniors"):
        for value in ("0", "31", "six", ""):
            with pytest.raises(Refused, match="from 1 to 30"):
                settings.choose(school.store, by=school.head, **{"name": "Oakfield", name: value})


# The risk assessment.


def approval(school: School, outing: str) -> str:
    return whole(school, outing).outing.approval


def test_the_head_alone_approves_and_what_was_read_is_recorded(school: School) -> None:
    outing = peopled(school)
    with pytest.raises(Refused, match="no risk assessment"):
        risk_assessments.decide(school.store, outing, "", approved=True, by=school.head)
    risk_assessments.attach(school.store, outing, PAPER, by=school.oak)
    (paper,) = risk_assessments.beneath(school.store, outing, by=school.oak)
    assert approval(school, outing) == "waiting"
    for by in (school.birch, school.lead, school.office, plain(school.head)):
        with pytest.raises(NotAllowed):
            risk_assessments.decide(school.store, outing, paper.id, approved=True, by=by)
    assert risk_assessments.open(school.store, paper.id, by=school.head).content == PAPER.content
    assert [o.what for o in openings_of(school.store, paper.id)] == ["risk assessment"]
    risk_assessments.decide(school.store, outing, paper.id, approved=True, by=school.head)
    assert approval(school, outing) == "approved"


def test_a_new_assessment_takes_a_new_approval_and_the_same_file_is_none(school: School) -> None:
    outing = peopled(school)
    approved(school, outing)
    risk_assessments.attach(school.store, outing, PAPER, by=school.oak)
    assert approval(school, outing) == "approved"
    risk_assessments.attach(school.store, outing, replace(PAPER, content=b"%PDF-1.7 more"),
                            by=school.oak)  # fmt: skip
    assert approval(school, outing) == "waiting"
    assert how_many(school.store, RiskAssessment) == 2
    *_, first = risk_assessments.beneath(school.store, outing, by=school.head)
    with pytest.raises(Refused, match="read it first"):
        risk_assessments.decide(school.store, outing, first.id, approved=True, by=school.head)


def test_what_is_sent_back_says_why(school: School) -> None:
    outing = peopled(school)
    approved(school, outing)
    paper = whole(school, outing).outing.assessment
    with pytest.raises(Incomplete, match="what has to change"):
        risk_assessments.decide(school.store, outing, paper, approved=False, by=school.head)
    risk_assessments.decide(school.store, outing, paper, approved=False, note="The pond?",
                            by=school.head)  # fmt: skip
    found = whole(school, outing).outing
    assert (found.approval, found.note) == ("sent_back", "The pond?")
    with pytest.raises(Refused, match="attach a changed"):
        departures.start(school.store, outing, by=school.birch)


@pytest.mark.parametrize(
    ("change", "then"),
    [({"place": "The river"}, "waiting"), ({"day": MONDAY + timedelta(days=1)}, "waiting"),
     ({"back_at": time(15)}, "approved")],
)  # fmt: skip
def test_an_approval_is_of_one_day_and_one_place(
    school: School, change: dict[str, object], then: str
) -> None:
    outing = peopled(school)
    approved(school, outing)
    form = replace(FORM, id=outing, leader=school.birch.id, **change)  # type: ignore[arg-type]
    outing_plans.change(school.store, form, by=school.birch)
    assert approval(school, outing) == then


# Starting.


def test_an_outing_starts_once_nothing_lacks(school: School) -> None:
    outing = planned(school)
    said = [*departures.lacking(whole(school, outing))]
    assert said == ["No student comes yet: add them first.",
                    "There is no risk assessment: attach it first."]  # fmt: skip
    outing_company.bring(school.store, outing, [school.amy.id], by=school.birch)
    assert "1 student is in nobody’s group" in departures.lacking(whole(school, outing))[0]
    approved(school, outing)
    with pytest.raises(Refused, match="nobody’s group"):
        departures.start(school.store, outing, by=school.birch)
    outing_groups.share_out(school.store, outing, by=school.birch)
    for by in (school.birch, school.office):  # at once
        departures.start(school.store, outing, by=by)
    assert how_many(school.store, OutingEvent) == 1
    assert whole(school, outing).outing.state == "started"


def test_an_outing_without_approval_does_not_start(school: School) -> None:
    outing = peopled(school)
    for said in ("no risk assessment", "not approved the risk assessment yet"):
        with pytest.raises(Refused, match=said):
            departures.start(school.store, outing, by=school.head)
        risk_assessments.attach(school.store, outing, PAPER, by=school.birch)


def test_an_outing_starts_on_its_day(school: School) -> None:
    outing = peopled(school, day=MONDAY + timedelta(days=1))
    approved(school, outing)
    with pytest.raises(Refused, match="not the day"):
        departures.start(school.store, outing, by=school.birch)


@pytest.mark.parametrize("why", ["absent", "crowded"])
def test_what_is_not_as_it_should_be_starts_with_a_reason_alone(school: School, why: str) -> None:
    outing = peopled(school)
    approved(school, outing)
    if why == "absent":
        marks = {school.amy.id: "illness"}
        registers.mark(school.store, MONDAY, "morning", marks, by=school.birch)
    else:
        settings.choose(school.store, by=school.head, ratio_juniors="1")
    with pytest.raises(Incomplete) as refusal:
        departures.start(school.store, outing, " ", by=school.birch)
    assert set(refusal.value.problems) == {"reason"}
    assert whole(school, outing).outing.state == "planned"
    departures.start(school.store, outing, "Her mother brings her", by=school.birch)
    (event,) = school.store.ask(OutingEvent, "FROM outing_events")
    assert event.reason == "Her mother brings her"


def test_under_way_the_place_stays_and_a_child_leaves_with_a_reason_alone(school: School) -> None:
    outing = started(school)
    form = replace(FORM, id=outing, leader=school.birch.id, place="The river")
    with pytest.raises(Refused, match="under way"):
        outing_plans.change(school.store, form, by=school.birch)
    with pytest.raises(Refused, match="under way"):
        departures.call_off(school.store, outing, "Rain", by=school.birch)
    with pytest.raises(Refused, match="move them"):
        outing_company.stay_behind(school.store, outing, school.oak.id, by=school.birch)
    with pytest.raises(Incomplete, match="why"):
        outing_company.take_off(school.store, outing, school.amy.id, by=school.birch)
    outing_company.take_off(school.store, outing, school.amy.id, "Ill, fetched", by=school.birch)
    assert school.amy.id not in {c.pupil.id for c in whole(school, outing).children}


# Who sees it.


def test_staff_see_the_outings_that_are_theirs_and_the_office_and_the_team_all(
    school: School,
) -> None:
    outing = peopled(school)

    def sees(by: Person) -> bool:
        found = outings.listed(school.store, by=by)
        return outing in {each.id for each in (*found.today, *found.coming, *found.past)}

    for by in (school.birch, school.oak, school.lead, school.head, school.office):
        assert sees(by), by.name
    for by in (school.assistant, plain(school.lead), plain(school.head)):
        assert not sees(by), by.name
        with pytest.raises(NotThere):
            outings.open(school.store, outing, by=by)
    with pytest.raises(NotAllowed):
        outings.listed(school.store, by=school.chair)
    outing_company.stay_behind(school.store, outing, school.oak.id, by=school.birch)
    assert not sees(school.oak)


def test_outings_are_listed_by_their_day_and_reading_one_is_recorded(school: School) -> None:
    today, next_week = planned(school), planned(school, day=MONDAY + timedelta(days=7))
    tomorrow = planned(school, day=MONDAY + timedelta(days=1))
    off = planned(school, day=MONDAY + timedelta(days=2))
    departures.call_off(school.store, off, "Rain", by=school.birch)
    found = outings.listed(school.store, by=school.birch)
    assert [each.id for each in found.today] == [today]
    assert [each.id for each in found.coming] == [tomorrow, next_week]
    assert [each.id for each in found.past] == [off]
    whole(school, today)
    assert {o.what for o in openings_of(school.store, today)} == {"outing"}


def test_nothing_but_the_list_and_the_register_is_told_of_a_child(school: School) -> None:
    (child, *_) = whole(school, peopled(school)).children
    assert set(vars(child)) == {"pupil", "adult", "is_absent"}
