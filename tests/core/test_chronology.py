from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import (
    actions,
    chronology,
    clock,
    collection,
    corrections,
    decisions,
    incidents,
    people,
    pupils,
    significance,
)  # fmt: skip
from core.chronology import Wanted
from core.permissions import NotAllowed, NotThere
from core.person import SYSTEM, Person
from core.pupils import Pupil
from core.records import Relation
from core.store import NotKept
from tests.core.school import (
    School,
    a_concern,
    disk_gone,
    linked,
    openings_of,
    plain,
    recorded,
)

NEW_YEAR = datetime(2026, 1, 1, 9, tzinfo=UTC)


def entries(school: School, pupil: Pupil, by: Person) -> list[str]:
    found = chronology.of(school.store, pupil.id, by=by)
    return [entry.incident.id for entry in found.entries]


def test_what_happened_last_comes_first_whenever_it_was_written_down(own_school: School) -> None:
    forms = [
        a_concern(own_school.amy, occurred_at=NEW_YEAR + timedelta(days=day)) for day in (3, 9, 1)
    ]
    for form in forms:
        recorded(own_school, form, by=own_school.oak)
    assert entries(own_school, own_school.amy, own_school.lead) == [forms[n].id for n in (1, 0, 2)]


def test_what_happened_at_the_same_time_is_in_the_order_of_writing(own_school: School) -> None:
    forms = [a_concern(own_school.amy, occurred_at=NEW_YEAR) for _ in range(9)]
    for form in forms:
        recorded(own_school, form, by=own_school.oak)
    newest_first = [form.id for form in reversed(forms)]
    assert entries(own_school, own_school.amy, own_school.lead) == newest_first


def test_it_holds_incidents_in_which_the_pupil_took_part(own_school: School) -> None:
    about = recorded(own_school, a_concern(own_school.ben), by=own_school.oak)
    part = recorded(
        own_school, a_concern(own_school.amy, linked=linked(own_school.ben, part="harmed")),
        by=own_school.oak,
    )  # fmt: skip
    recorded(own_school, a_concern(own_school.amy), by=own_school.oak)
    found = chronology.of(own_school.store, own_school.ben.id, by=own_school.head)
    assert found.pupil == own_school.ben
    assert {entry.incident.id: entry.part for entry in found.entries} == {about: "", part: "harmed"}


def test_actions_are_told_with_their_incident(own_school: School) -> None:
    store = own_school.store
    first, second = (
        recorded(own_school, a_concern(own_school.amy, linked=linked(own_school.ben)),
                 by=own_school.oak)
        for _ in range(2)
    )  # fmt: skip
    for account in ("Rang home", "Spoke to his gran"):
        actions.add(store, actions.Form(incident=first, account=account), by=own_school.lead)
    for pupil in (own_school.amy, own_school.ben):
        found = chronology.of(store, pupil.id, by=own_school.deputy)
        told = {e.incident.id: [line.account for line in e.actions] for e in found.entries}
        assert told == {first: ["Rang home", "Spoke to his gran"], second: []}


def test_an_entry_says_who_wrote_it_and_when(own_school: School) -> None:
    number = incidents.add(own_school.store, a_concern(own_school.amy), by=own_school.oak)
    (entry,) = chronology.of(own_school.store, own_school.amy.id, by=own_school.lead).entries
    assert entry.author == own_school.oak.name
    assert entry.recorded_at - entry.incident.occurred_at >= timedelta(minutes=21)
    assert entry.title == f"#{number} Injury, Behaviour"


def test_a_conflict_of_interest_hides_what_it_concerns_and_nothing_else(
    own_school: School,
) -> None:
    store, deputy = own_school.store, own_school.deputy
    own_school_ = (own_school, own_school.amy, deputy)
    plain_one = recorded(own_school, a_concern(own_school.amy), by=own_school.oak)
    with_ben = recorded(
        own_school, a_concern(own_school.amy, linked=linked(own_school.ben)), by=own_school.oak
    )
    recorded(own_school, a_concern(own_school.amy, named=(deputy.id,)), by=own_school.oak)
    actions.add(store, actions.Form(incident=with_ben, account="Rang"), by=own_school.lead)
    assert entries(*own_school_) == [with_ben, plain_one]
    people.mark_relative(store, deputy.id, own_school.ben.id, by=own_school.lead)
    assert entries(*own_school_) == [plain_one]
    assert entries(own_school, own_school.ben, deputy) == []
    assert [a.incident for a in actions.about(store, own_school.amy.id, by=deputy)] == []


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_reads_a_chronology(school: School, who: str) -> None:
    recorded(school, a_concern(school.dua), by=school.birch)
    with pytest.raises(NotAllowed):
        chronology.of(school.store, school.dua.id, by=getattr(school, who))
    with pytest.raises(NotAllowed):
        chronology.of(school.store, school.dua.id, by=plain(school.lead))
    assert not openings_of(school.store, school.dua.id)


def test_a_pupil_who_is_none_has_no_chronology(school: School) -> None:
    with pytest.raises(NotThere, match="no such student"):
        chronology.of(school.store, "nobody", by=school.lead)


def test_reading_it_is_recorded_and_otherwise_it_is_not_shown(school: School) -> None:
    with disk_gone(school.store), pytest.raises(NotKept):
        chronology.of(school.store, school.cai.id, by=school.lead)
    chronology.of(school.store, school.cai.id, by=school.lead)
    chronology.of(school.store, school.cai.id, by=school.head)
    said = [each.what for each in openings_of(school.store, school.cai.id)]
    assert said[-2:] == ["chronology", "chronology"]


def test_a_pupil_who_left_keeps_their_chronology(own_school: School) -> None:
    store, amy, lead = own_school.store, own_school.amy, own_school.lead
    id_ = recorded(own_school, a_concern(amy), by=own_school.oak)
    gone = pupils.Details(name=amy.name, born_on=amy.born_on, class_name=amy.class_name,
                          left_on=NEW_YEAR.date())  # fmt: skip
    pupils.amend(store, {amy.id: gone}, by=lead)
    assert entries(own_school, amy, lead) == [id_]


# What is wanted of it.


def read(school: School, **wanted: Any) -> set[str]:
    found = chronology.of(school.store, school.amy.id, Wanted(**wanted), by=school.lead)
    return {entry.incident.account for entry in found.entries}


def a_record(school: School) -> None:
    """An injury last week by Mr Birch, bullying last month by Mrs Oak, and one in error."""
    told = (("old", 40, ("bullying",), school.oak), ("new", 5, ("injury",), school.birch),
            ("error", 3, ("injury",), school.birch))  # fmt: skip
    for account, days, kinds, by in told:
        form = a_concern(school.amy, account=account, categories=kinds,
                         occurred_at=clock.now() - timedelta(days=days))  # fmt: skip
        incident = recorded(school, form, by=by)
        if account == "new":
            significance.mark(school.store, incident, "It hurt.", "", by=school.lead)
        if account == "error":
            wrong = corrections.Form(incident=incident, kind="error", account="Not her")
            corrections.add(school.store, wrong, by=school.lead)


def test_a_record_is_read_as_far_as_it_is_wanted(new_school: School) -> None:
    school, today = new_school, clock.now().date()
    a_record(school)
    assert read(school) == {"old", "new"}
    assert read(school, categories=("injury",)) == {"new"}
    assert read(school, categories=("positive",)) == set()
    assert read(school, since=today - timedelta(days=10)) == {"new"}
    assert read(school, until=today - timedelta(days=10)) == {"old"}
    assert read(school, author=school.oak.id) == {"old"}
    assert read(school, significant=True) == {"new"}
    assert read(school, errors=True) == {"old", "new", "error"}
    assert chronology.of(school.store, school.amy.id, by=school.lead).in_error == 1


def test_the_household_is_read_with_it_when_it_is_wanted(new_school: School) -> None:
    school = new_school
    for child in (school.amy, school.ben):
        details = pupils.Details(name=child.name, class_name=child.class_name,
                                 born_on=child.born_on, household="Elm 4")  # fmt: skip
        pupils.amend(school.store, {child.id: details}, by=school.lead)
    recorded(school, a_concern(school.ben, account="his"), by=school.oak)
    recorded(school, a_concern(school.amy, account="hers"), by=school.oak)
    assert read(school) == {"hers"}
    assert read(school, household=True) == {"hers", "his"}
    found = chronology.of(school.store, school.amy.id, by=school.lead)
    assert [child.name for child in found.household] == [school.ben.name]
    school.store.append(Relation(person=school.lead.id, pupil=school.ben.id), by=SYSTEM)
    assert read(school, household=True) == {"hers"}
    assert chronology.of(school.store, school.amy.id, by=school.lead).household == ()


def test_what_came_of_an_incident_stands_with_it(new_school: School) -> None:
    school = new_school
    incident = recorded(school, a_concern(school.amy), by=school.birch)
    decision = decisions.Form(incident=incident, decided="school", reason="We talk to her.")
    decisions.add(school.store, decision, by=school.lead)
    significance.mark(school.store, incident, "She trusts us.", "", by=school.lead)
    (entry,) = chronology.of(school.store, school.amy.id, by=school.deputy).entries
    assert [each.reason for each in entry.decisions] == ["We talk to her."]
    assert entry.meaning and entry.meaning.meaning == "She trusts us."


def test_the_others_who_took_part_stand_with_an_incident_and_so_do_its_corrections(
    new_school: School,
) -> None:
    school = new_school
    form = a_concern(school.amy, linked=(*linked(school.ben), *linked(school.cai, part="harmed")))
    incident = recorded(school, form, by=school.birch)
    said = corrections.Form(incident=incident, kind="clarification", account="It was the hall.")
    corrections.add(school.store, said, by=school.lead)
    others = {school.ben.name: "witness", school.cai.name: "harmed"}
    for child in (school.amy, school.ben, school.cai):
        (entry,) = chronology.of(school.store, child.id, by=school.deputy).entries
        expected = {name: part for name, part in others.items() if name != child.name}
        assert {each.name: each.part for each in entry.linked} == expected
        assert [each.account for each in entry.corrections] == ["It was the hall."]


def test_a_child_is_not_told_as_another_who_took_part_in_a_household(new_school: School) -> None:
    school = new_school
    for child in (school.amy, school.ben):
        details = pupils.Details(name=child.name, class_name=child.class_name,
                                 born_on=child.born_on, household="Elm 4")  # fmt: skip
        pupils.amend(school.store, {child.id: details}, by=school.lead)
    recorded(school, a_concern(school.ben, linked=linked(school.amy)), by=school.oak)
    wanted = Wanted(household=True)
    (entry,) = chronology.of(school.store, school.amy.id, wanted, by=school.lead).entries
    assert entry.about == school.ben.name and entry.part == "witness" and entry.linked == ()


def test_it_says_who_may_collect_the_child_and_who_must_not(new_school: School) -> None:
    store, amy, lead = new_school.store, new_school.amy, new_school.lead
    for name, relation in (("Mrs Ann Lee", "aunt"), ("Mr Sam Far", "")):
        form = collection.CollectorForm(name=name, relation=relation, phone="1")
        collection.allow(store, amy.id, form, by=lead)
    order = collection.OrderForm(name="Sam Far", account="By the court")
    collection.forbid(store, amy.id, order, by=lead)
    found = chronology.of(store, amy.id, by=lead)
    assert (found.collected_by, found.kept_from) == (("Mrs Ann Lee, aunt",), ("Sam Far",))
    collection.end_order(store, amy.id, order.id, by=lead)
    found = chronology.of(store, amy.id, by=lead)
    assert (found.collected_by, found.kept_from) == (("Mrs Ann Lee, aunt", "Mr Sam Far"), ())
