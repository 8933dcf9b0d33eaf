"""What comes of a concern: its status, decisions, corrections, and what it meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core import (
    actions,
    alerts,
    chronology,
    corrections,
    decisions,
    incidents,
    significance,
    statuses,
)  # fmt: skip
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotThere
from core.person import SYSTEM, Person
from core.records import Alert, Correction, Mail, Relation, StatusChange
from tests.core.school import School, a_concern, how_many, plain, recorded


@pytest.fixture
def concern(school: School) -> str:
    return recorded(school, a_concern(school.amy), by=school.birch)


def number_of(school: School, incident: str) -> int:
    return incidents.open(school.store, incident, by=school.lead).incident.number


def to(incident: str, status: str, **more: Any) -> statuses.Form:
    return statuses.Form(incident=incident, status=status, **more)


def change(school: School, form: statuses.Form, by: Person) -> statuses.Status:
    return statuses.change(school.store, form, by=by)


# Status.


def test_a_concern_is_new_until_somebody_looks_at_it(school: School, concern: str) -> None:
    assert statuses.of(school.store, concern, by=school.birch).status == "new"
    now = change(school, to(concern, "looked_at"), school.lead)
    assert (now.status, now.by_name) == ("looked_at", school.lead.name)
    assert [s.status for s in statuses.history(school.store, concern, by=school.birch)] == [
        "looked_at"
    ]


def test_closing_says_what_came_of_it_and_takes_two(school: School, concern: str) -> None:
    with pytest.raises(Incomplete, match="what came of it"):
        change(school, to(concern, "closed"), school.lead)
    proposed = change(school, to(concern, "closed", outcome="Explained"), school.lead)
    assert proposed.status == "closing"
    with pytest.raises(Refused, match="a second person"):
        change(school, to(concern, "closed", seen=proposed.id, outcome="x"), school.lead)
    closed = change(school, to(concern, "closed", seen=proposed.id), school.deputy)
    assert (closed.status, closed.outcome) == ("closed", "Explained")


def test_a_line_for_the_reporter_leaves_a_closed_concern_closed_and_another_outcome_takes_two(
    school: School, concern: str
) -> None:
    first = change(school, to(concern, "closed", outcome="Explained"), school.lead)
    closed = change(school, to(concern, "closed", seen=first.id), school.head)
    told = change(school, to(concern, "closed", seen=closed.id, told_reporter="Thank you."),
                  school.lead)  # fmt: skip
    assert (told.status, told.outcome) == ("closed", "Explained")
    other = change(school, to(concern, "closed", seen=told.id, outcome="Not so"), school.lead)
    assert other.status == "closing"


def test_a_closed_concern_is_taken_up_again(school: School, concern: str) -> None:
    first = change(school, to(concern, "closed", outcome="Explained"), school.lead)
    closed = change(school, to(concern, "closed", seen=first.id), school.head)
    again = change(school, to(concern, "acted_on", seen=closed.id), school.lead)
    assert again.status == "acted_on"


def test_whoever_is_the_only_one_closes_alone(own_school: School) -> None:
    concern = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    relations = [Relation(person=person.id, pupil=own_school.amy.id)
                 for person in (own_school.deputy, own_school.head)]  # fmt: skip
    own_school.store.append(*relations, by=SYSTEM)
    closed = change(own_school, to(concern, "closed", outcome="Explained"), own_school.lead)
    assert closed.status == "closed"


def test_the_second_of_two_leads_with_the_same_stale_page_is_told(
    school: School, concern: str
) -> None:
    change(school, to(concern, "looked_at"), school.lead)
    with pytest.raises(Refused, match=f"{school.lead.name} has just changed this"):
        change(school, to(concern, "monitored"), school.deputy)
    assert statuses.of(school.store, concern, by=school.lead).status == "looked_at"


def test_a_change_that_is_sent_twice_is_recorded_once(school: School, concern: str) -> None:
    form, before = to(concern, "looked_at"), how_many(school.store, StatusChange)
    for _ in range(2):
        change(school, form, school.lead)
    assert how_many(school.store, StatusChange) == before + 1


@pytest.mark.parametrize("status", ["", "new", "closing", "lost"])
def test_a_status_that_nobody_can_choose_is_refused(
    school: School, concern: str, status: str
) -> None:
    with pytest.raises(Incomplete, match="how far"):
        change(school, to(concern, status), school.lead)


def test_the_reporter_hears_back_in_my_incidents_and_in_alerts(
    school: School, concern: str
) -> None:
    before = how_many(school.store, Mail)
    form = to(concern, "acted_on", told_reporter="Thank you. We have spoken to her mother.")
    change(school, form, school.lead)
    mine = next(each for each in incidents.mine(school.store, by=school.birch)
                if each.id == concern)  # fmt: skip
    assert (mine.status, mine.told_reporter) == ("acted_on", form.told_reporter)
    assert concern in {w.incident for w in alerts.unread(school.store, by=school.birch)}
    assert how_many(school.store, Mail) == before + 1
    alerts.mark_read(school.store, concern, by=school.birch)
    assert incidents.mine(school.store, by=school.birch)[0].told_reporter


# Decisions.


def a_decision(incident: str, **more: Any) -> decisions.Form:
    said = {"decided": "not_referred", "reason": "Explained by two people apart."}
    return decisions.Form(incident=incident, **(said | more))


@pytest.mark.parametrize(
    ("change_", "field"),
    [
        ({"decided": ""}, "decided"),
        ({"decided": "guessed"}, "decided"),
        ({"reason": " "}, "reason"),
        ({"decided": "referred"}, "to_whom"),
    ],
)
def test_a_decision_needs_its_reason_and_a_referral_its_place(
    school: School, concern: str, change_: dict[str, str], field: str
) -> None:
    with pytest.raises(Incomplete) as incomplete:
        decisions.add(school.store, a_decision(concern, **change_), by=school.lead)
    assert incomplete.value.problems.keys() == {field}


def test_a_referral_that_was_considered_and_not_made_is_kept_with_its_reason(
    school: School, concern: str
) -> None:
    form = a_decision(concern, options="Refer, or watch", threshold="Level 2")
    for _ in range(2):  # sent twice
        decisions.add(school.store, form, by=school.lead)
    (line,) = decisions.beneath(school.store, concern, by=school.deputy)
    assert (line.decided, line.options, line.threshold) == ("not_referred", "Refer, or watch",
                                                            "Level 2")  # fmt: skip
    assert decisions.beneath(school.store, concern, by=school.birch) == ()


def test_the_answer_to_a_referral_stands_with_it(school: School, concern: str) -> None:
    form = a_decision(concern, decided="referred", to_whom="Children’s services")
    decisions.add(school.store, form, by=school.lead)
    with pytest.raises(Incomplete):
        decisions.answer(school.store, form.id, " ", by=school.lead)
    decisions.answer(school.store, form.id, "They will visit.", by=school.lead)
    (line,) = decisions.beneath(school.store, concern, by=school.lead)
    assert line.answer == "They will visit." and line.answered_at
    with pytest.raises(NotThere):
        decisions.answer(school.store, "0" * 32, "?", by=school.lead)


# Corrections.


def a_correction(incident: str, kind: str, **more: Any) -> corrections.Form:
    return corrections.Form(incident=incident, kind=kind, account="It was not her.", **more)


def in_chronology(school: School, pupil: str, incident: str) -> bool:
    found = chronology.of(school.store, pupil, by=school.lead)
    return incident in {entry.incident.id for entry in found.entries}


def test_what_belongs_to_another_pupil_leaves_the_wrong_one(school: School, concern: str) -> None:
    assert in_chronology(school, school.amy.id, concern)
    form = a_correction(concern, "other_pupil", pupil=school.cai.id)
    corrections.add(school.store, form, by=school.lead)
    assert not in_chronology(school, school.amy.id, concern)
    assert in_chronology(school, school.cai.id, concern)
    opened = incidents.open(school.store, concern, by=school.birch)
    assert opened.pupil.id == school.cai.id
    assert opened.incident.pupil == school.amy.id  # as it was written
    assert opened.corrections[0].pupil_name == school.cai.name


def test_a_relative_of_the_right_pupil_sees_it_no_more(own_school: School) -> None:
    school = own_school
    concern = recorded(school, a_concern(school.amy), by=school.birch)
    school.store.append(Relation(person=school.birch.id, pupil=school.ben.id), by=SYSTEM)
    form = a_correction(concern, "other_pupil", pupil=school.ben.id)
    corrections.add(school.store, form, by=school.lead)
    with pytest.raises(NotThere):
        incidents.open(school.store, concern, by=school.birch)


def test_a_relative_of_the_wrong_pupil_still_does_not_see_it(own_school: School) -> None:
    school = own_school
    school.store.append(Relation(person=school.oak.id, pupil=school.amy.id), by=SYSTEM)
    form = a_concern(school.amy, others=(school.oak.id,))
    concern = recorded(school, form, by=school.birch)
    right = a_correction(concern, "other_pupil", pupil=school.ben.id)
    corrections.add(school.store, right, by=school.lead)
    with pytest.raises(NotThere):
        incidents.open(school.store, concern, by=school.oak)


def test_a_relative_of_the_wrong_pupil_is_alerted_to_nothing_that_follows(
    own_school: School,
) -> None:
    school = own_school
    school.store.append(Relation(person=school.deputy.id, pupil=school.cai.id), by=SYSTEM)
    concern = recorded(school, a_concern(school.cai), by=school.birch)
    right = a_correction(concern, "other_pupil", pupil=school.ben.id)
    corrections.add(school.store, right, by=school.lead)
    actions.add(school.store, actions.Form(incident=concern, account="Rang."), by=school.lead)
    sql = "FROM alerts WHERE incident = $incident"
    alerted = {each.person for each in school.store.ask(Alert, sql, incident=concern)}
    assert school.head.id in alerted and school.deputy.id not in alerted


@pytest.mark.parametrize("kind", ["error", "duplicate"])
def test_what_was_entered_in_error_leaves_the_chronology_and_can_come_back(
    school: School, concern: str, kind: str
) -> None:
    other = number_of(school, recorded(school, a_concern(school.amy), by=school.birch))
    form = a_correction(concern, kind, duplicate_of=other)
    corrections.add(school.store, form, by=school.lead)
    assert not in_chronology(school, school.amy.id, concern)
    opened = incidents.open(school.store, concern, by=school.birch)
    assert opened.in_error and opened.incident.account
    corrections.add(school.store, a_correction(concern, "valid"), by=school.lead)
    assert in_chronology(school, school.amy.id, concern)


def test_a_clarification_changes_nothing_but_stands_beside_it(school: School, concern: str) -> None:
    form, before = a_correction(concern, "clarification"), how_many(school.store, Correction)
    for _ in range(2):  # sent twice
        corrections.add(school.store, form, by=school.lead)
    assert how_many(school.store, Correction) == before + 1
    opened = incidents.open(school.store, concern, by=school.birch)
    assert not opened.in_error and opened.corrections[0].account == "It was not her."


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("", {}, "kind"),
        ("wrong", {}, "kind"),
        ("other_pupil", {}, "pupil"),
        ("other_pupil", {"pupil": "0" * 32}, "pupil"),
        ("duplicate", {}, "duplicate_of"),
        ("duplicate", {"duplicate_of": 999_999}, "duplicate_of"),
    ],
)
def test_a_correction_that_makes_no_sense_is_told_beside_its_field(
    school: School, concern: str, kind: str, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Incomplete) as incomplete:
        corrections.add(school.store, a_correction(concern, kind, **more), by=school.lead)
    assert incomplete.value.problems.keys() == {field}


# Significant events.


def test_a_lead_says_what_it_meant_and_takes_it_back(school: School, concern: str) -> None:
    with pytest.raises(Incomplete):
        significance.mark(school.store, concern, " ", "", by=school.lead)
    meant = "She felt safe enough to speak."
    significance.mark(school.store, concern, meant, "Watch", by=school.lead)
    meaning = significance.of(school.store, concern, by=school.deputy)
    assert meaning and meaning.meaning == meant
    assert concern in significance.about(school.store, school.amy.id, by=school.lead)
    assert significance.of(school.store, concern, by=school.birch) is None
    significance.end(school.store, concern, by=school.lead)
    assert significance.of(school.store, concern, by=school.lead) is None


# Who may.

WAYS: list[Callable[..., Any]] = [
    lambda store, incident, by: statuses.change(store, to(incident, "looked_at"), by=by),
    lambda store, incident, by: decisions.add(store, a_decision(incident), by=by),
    lambda store, incident, by: corrections.add(
        store, a_correction(incident, "clarification"), by=by),
    lambda store, incident, by: significance.mark(store, incident, "x", "", by=by),
    lambda store, incident, by: significance.end(store, incident, by=by),
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_only_the_team_with_the_code_follows_up(
    school: School, concern: str, way: Callable[..., Any]
) -> None:
    for person in (school.birch, plain(school.lead), plain(school.head), school.office,
                   school.governor, school.chair):  # fmt: skip
        with pytest.raises(NotThere):
            way(school.store, concern, person)
    way(school.store, concern, school.head)


@pytest.mark.parametrize("way", WAYS)
def test_a_lead_with_a_conflict_follows_nothing_up(
    own_school: School, way: Callable[..., Any]
) -> None:
    school = own_school
    concern = recorded(school, a_concern(school.amy), by=school.birch)
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    with pytest.raises(NotThere):
        way(school.store, concern, school.lead)
