"""Training: what was completed counts while it is valid, and whoever needs more is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core import clock, diligence, people, periods, training
from core.forms import Incomplete
from core.permissions import NotAllowed, NotThere
from core.person import Person, Role
from core.records import TrainingDetails
from core.school_days import Calendar
from core.training import FOR_LEADS, SAFEGUARDING, Count, Form
from tests.core.school import School, a_person, plain, terms_around

TODAY = clock.now().date()
YEAR = timedelta(days=365)
LAST = next(p for p in periods.closed(Calendar(terms_around(TODAY.year)), TODAY) if p.is_whole)


def had(school: School, who: Person, kind: str = SAFEGUARDING, **chosen: Any) -> Form:
    form = Form(person=who.id, kind=kind, completed_on=TODAY - YEAR, valid_until=TODAY + YEAR)
    form = replace(form, **chosen)
    training.record(school.store, form, by=school.office)
    return form


def recorded(school: School, form: Form) -> int:
    sql = "FROM trainings_details WHERE training = $id"
    return len(school.store.ask(TrainingDetails, sql, id=form.id))


def due(school: School) -> dict[tuple[str, str], date | None]:
    return {(d.name, d.kind): d.until for d in training.due(school.store, by=school.lead)}


def test_everybody_but_governors_needs_safeguarding_and_a_lead_more(own_school: School) -> None:
    school = own_school
    needed = set(due(school))
    staff = {school.birch, school.oak, school.assistant, school.lead, school.deputy, school.head,
             school.office}  # fmt: skip
    assert needed == {(each.name, SAFEGUARDING) for each in staff} | {
        (each.name, FOR_LEADS) for each in (school.lead, school.deputy)
    }


def test_whoever_is_trained_is_due_again_half_a_term_before_it_ends(own_school: School) -> None:
    school, key = own_school, (own_school.birch.name, SAFEGUARDING)
    had(school, school.birch)
    assert key not in due(school)
    had(school, school.oak, valid_until=TODAY + training.SOON)
    assert (school.oak.name, SAFEGUARDING) not in due(school)
    soon = TODAY + training.SOON - timedelta(days=1)
    had(school, school.head, valid_until=soon)
    had(school, school.office, valid_until=TODAY - timedelta(days=1))
    told = {d.name: d for d in training.due(school.store, by=school.lead)}
    assert (told[school.head.name].until, told[school.head.name].is_over) == (soon, False)
    assert told[school.office.name].is_over


def test_the_training_that_is_valid_longest_counts(own_school: School) -> None:
    school = own_school
    had(school, school.birch)
    had(school, school.birch, completed_on=TODAY - 3 * YEAR, valid_until=TODAY - 2 * YEAR)
    assert (school.birch.name, SAFEGUARDING) not in due(school)


def test_what_was_a_mistake_counts_no_longer_and_stays_in_the_record(own_school: School) -> None:
    school = own_school
    form = had(school, school.birch)
    training.take_back(school.store, form.id, by=school.office)
    assert form.id not in {each.id for each in training.done(school.store, by=school.lead)}
    assert (school.birch.name, SAFEGUARDING) in due(school)
    assert recorded(school, form) == 2
    with pytest.raises(NotThere):
        training.take_back(school.store, form.id, by=school.office)


def test_a_form_that_is_sent_twice_is_recorded_once(own_school: School) -> None:
    form = had(own_school, own_school.birch)
    training.record(own_school.store, form, by=own_school.office)
    assert recorded(own_school, form) == 1


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"person": "nobody"}, "person"),
        ({"kind": "cooking"}, "kind"),
        ({"completed_on": None}, "completed_on"),
        ({"completed_on": TODAY + timedelta(days=2)}, "completed_on"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": TODAY - YEAR}, "valid_until"),
    ],
)
def test_what_is_missing_is_told_by_its_field(
    school: School, chosen: dict[str, Any], field: str
) -> None:
    with pytest.raises(Incomplete) as wrong:
        had(school, school.birch, **chosen)
    assert set(wrong.value.problems) == {field}
    assert training.done(school.store, by=school.lead) == []


@pytest.mark.parametrize("who", ["birch", "governor", "chair", "plain"])
def test_only_who_keeps_the_lists_records_or_takes_back(own_school: School, who: str) -> None:
    school = own_school
    by = plain(school.lead) if who == "plain" else getattr(school, who)
    form = had(school, school.birch)
    for call in (lambda: training.record(school.store, form, by=by),
                 lambda: training.take_back(school.store, form.id, by=by),
                 lambda: training.due(school.store, by=by)):  # fmt: skip
        with pytest.raises(NotAllowed):
            call()


def test_a_day_counts_who_was_staff_then_and_what_was_valid_then(own_school: School) -> None:
    school, now = own_school, clock.now() + timedelta(minutes=1)

    def counted(day: date) -> Count:
        return training.counted(school.store, day, now, by=school.lead)

    for person in (school.birch, school.oak, school.lead):
        had(school, person)
    assert counted(TODAY) == Count(staff=7, trained=2)  # the lead lacks the other
    had(school, school.lead, FOR_LEADS)
    assert counted(TODAY) == Count(staff=7, trained=3)
    assert counted(TODAY + 2 * YEAR).trained == counted(TODAY - 2 * YEAR).trained == 0
    people.close(school.store, school.oak.id, by=school.lead)
    assert training.counted(school.store, TODAY, clock.now() + timedelta(minutes=1),
                            by=school.lead) == Count(staff=6, trained=2)  # fmt: skip


def test_a_release_tells_of_training_only_over_twenty_five(own_school: School) -> None:
    school, day = own_school, LAST.ends

    def told() -> dict[str, int]:
        period = replace(LAST, ends=TODAY)
        return diligence.measures(school.store, period, by=school.lead)

    assert day < TODAY
    others = [a_person(school.store, f"Ms Staff {n}", Role.STAFF) for n in range(17)]
    for person in others:
        had(school, person)
    assert "trained" not in told()  # 24 of them
    had(school, a_person(school.store, "Ms Last", Role.STAFF))
    assert told()["trained"] == 80  # 18 of 25: 20 of 25
