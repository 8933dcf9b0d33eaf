"""Search finds what was written, however it is spelt, and only what the asker may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core import actions, chronology, clock, corrections, decisions, pupils, search, statuses
from core.errors import Refused
from core.permissions import NotAllowed
from core.person import SYSTEM, Person
from core.records import BodyMap, BodyMark, Relation
from core.search import Found, Place
from tests.core.school import School, a_concern, a_pupil, linked, openings_of, plain, recorded


def found(school: School, query: str, *, by: Person | None = None) -> Found:
    return search.found(school.store, query, by=by or school.lead)


def places(school: School, query: str) -> tuple[Place, ...]:
    return found(school, query).places


def students(school: School, query: str, *, by: Person | None = None) -> list[tuple[str, int]]:
    """The children who were found by name, each with the number of incidents."""
    return [(each.name, each.incidents) for each in found(school, query, by=by).students]


@pytest.fixture
def school(new_school: School) -> School:
    form = a_concern(new_school.amy, account="Mrs O’Neill saw Zoë by the half-built wall.",
                     child_words="I won't -> go. 100% _sure_", parents_contacted=False,
                     parents_why_not="He begged me not to", told_in_person="Mr Quill",
                     told_at="at lunch", original_notes="In the green folder")  # fmt: skip
    incident = recorded(new_school, form, by=new_school.birch)
    action = actions.Form(incident=incident, account="Rang Łukasz’s mother 😀.")
    actions.add(new_school.store, action, by=new_school.lead)
    talk = actions.Form(incident=incident, kind="parent", account="About home.",
                        with_whom="His step-father", agreed="He’ll ring on Monday")  # fmt: skip
    actions.add(new_school.store, talk, by=new_school.lead)
    drawn = BodyMap(incident=incident, edition="2026", build="older", seen_by="Mr Birch",
                    seen_at=clock.now(), advice_sought=True, advice="Nurse Ogden looked",
                    present="Her aunt Bea", changed="It is yellow now")  # fmt: skip
    mark = BodyMark(body_map=drawn.id, incident=incident, number=1, view="back", x=1, y=1,
                    region="left-forearm", kind="bruise", first_aid="A cold flannel")  # fmt: skip
    new_school.store.append(drawn, mark, by=new_school.lead)
    chosen = decisions.Form(incident=incident, decided="referred", to_whom="The MASH of Elmshire",
                            threshold="Level 4", reason="He shook.")  # fmt: skip
    decisions.add(new_school.store, chosen, by=new_school.lead)
    decisions.answer(new_school.store, chosen.id, "They open an enquiry", by=new_school.lead)
    status = statuses.Form(incident=incident, status="closed", outcome="All is explained",
                           told_reporter="Thank you for listening")  # fmt: skip
    statuses.change(new_school.store, status, by=new_school.lead)
    return new_school


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("oneill", "Incident"),
        ("O'NEILL", "Incident"),
        ("zoe", "Incident"),
        ("half built", "Incident"),
        ("half-built", "Incident"),
        ("wont", "The child’s words"),
        ("100%", "The child’s words"),
        ("_sure_", "The child’s words"),
        ("lukasz", "Action"),
        ("😀.", "Action"),
        ("step father", "Spoke with"),
        ("hell ring", "Agreed"),
        ("begged me", "Parents not contacted"),
        ("quill at lunch", "Told in person"),
        ("green folder", "Original notes"),
        ("mash of elmshire", "Decision"),
        ("level 4", "Decision"),
        ("open an enquiry", "Answer to a referral"),
        ("is explained", "What came of it"),
        ("listening", "To whoever raised it"),
        ("nurse ogden", "Body map"),
        ("aunt bea", "Body map"),
        ("is yellow", "Body map"),
        ("flannel", "Body map"),
    ],
)
def test_it_is_found_however_it_is_spelt(school: School, query: str, where: str) -> None:
    assert where in {each.where for each in places(school, query)}


@pytest.mark.parametrize("query", ["%%", "__", "''--", "o_neill", "'; DROP TABLE", "wall%", "🏠🏠"])
def test_no_character_means_anything_but_itself(school: School, query: str) -> None:
    assert found(school, query) == Found((), ())


@pytest.mark.parametrize("query", ["", " ", "a", "x" * 101, "x" * 5_000])
def test_what_is_too_short_or_too_long_is_told_in_a_sentence(school: School, query: str) -> None:
    with pytest.raises(Refused, match="2 to 100 characters"):
        found(school, query)


def test_the_words_around_are_shown_as_they_were_written(school: School) -> None:
    (each,) = (f for f in places(school, "ONEILL") if f.where == "Incident")
    assert each.around == "Mrs O’Neill saw Zoë by the half-built wall."
    long = "before " * 40 + "D’Souza" + " after" * 40
    assert search.around(long, "dsouza").startswith("…")
    assert "D’Souza" in search.around(long, "dsouza")


def test_what_was_entered_in_error_is_not_found(school: School) -> None:
    (each,) = (f for f in places(school, "oneill") if f.where == "Incident")
    incident = recorded(school, a_concern(school.ben, account="Another wall"), by=school.oak)
    assert len(places(school, "wall")) == 2
    wrong = corrections.Form(incident=incident, kind="error", account="No")
    corrections.add(school.store, wrong, by=school.lead)
    assert [f.number for f in places(school, "wall")] == [each.number]


def test_only_the_team_searches_and_it_is_recorded(school: School) -> None:
    for person in (school.birch, plain(school.lead), school.office, school.governor):
        with pytest.raises(NotAllowed):
            search.found(school.store, "wall", by=person)
    found(school, "wall")
    assert openings_of(school.store, "wall")


def test_a_relative_finds_nothing_about_the_child(school: School) -> None:
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    assert found(school, "wall") == Found((), ()) == found(school, "D’Souza")


# By name.


@pytest.mark.parametrize("query", ["dsouza", "D'SOUZA", "amy d’s"])
def test_a_child_is_found_by_name_once_with_the_number_of_incidents(
    school: School, query: str
) -> None:
    for _ in range(2):
        recorded(school, a_concern(school.amy), by=school.oak)
    assert students(school, query) == [(school.amy.name, 3)]
    assert places(school, query) == ()  # a name alone is no place at which something was written


def test_a_child_about_whom_nothing_was_written_is_found_too(school: School) -> None:
    assert students(school, "o'brien") == [(school.ben.name, 0)]


def test_the_number_is_that_of_the_chronology(school: School) -> None:
    recorded(school, a_concern(school.ben, linked=linked(school.cai)), by=school.oak)
    recorded(school, a_concern(school.ben, linked=linked(school.amy)), by=school.oak)
    wrong = recorded(school, a_concern(school.ben), by=school.oak)
    form = corrections.Form(incident=wrong, kind="error", account="No")
    corrections.add(school.store, form, by=school.lead)
    for child in (school.amy, school.ben, school.cai):
        entries = chronology.of(school.store, child.id, by=school.lead).entries
        assert students(school, child.name) == [(child.name, len(entries))]


def test_a_name_is_found_by_what_the_child_is_known_as(school: School) -> None:
    details = replace(school.ben, known_as="Benny")
    pupils.amend(school.store, {school.ben.id: details}, by=school.lead)
    assert students(school, "benny") == [(school.ben.name, 0)]


def test_a_child_who_left_is_found_after_those_who_are_here(school: School) -> None:
    for name, left in (("Zed Wall", None), ("Abe Wall", date(2025, 7, 1))):
        each = a_pupil(school.store, name, by=school.lead)
        pupils.amend(school.store, {each.id: replace(each, left_on=left)}, by=school.lead)
    assert students(school, "wall") == [("Zed Wall", 0), ("Abe Wall", 0)]
    assert [each.left_on for each in found(school, "wall").students] == [None, date(2025, 7, 1)]


def test_an_incident_that_names_the_asker_is_not_counted(school: School) -> None:
    recorded(school, a_concern(school.ben, named=(school.lead.id,)), by=school.oak)
    assert students(school, "o'brien") == [(school.ben.name, 0)]
    assert students(school, "o'brien", by=school.deputy) == [(school.ben.name, 1)]
