"""Search finds what was written, however it is spelt, and only what the asker may see."""

from __future__ import annotations

import pytest

from core import actions, corrections, search
from core.errors import Refused
from core.permissions import NotAllowed
from core.person import SYSTEM
from core.records import Relation
from core.search import Found
from tests.core.school import School, a_concern, openings_of, plain, recorded


def found(school: School, query: str) -> list[Found]:
    return search.found(school.store, query, by=school.lead)


@pytest.fixture
def school(new_school: School) -> School:
    form = a_concern(new_school.amy, account="Mrs O’Neill saw Zoë by the half-built wall.",
                     child_words="I won't -> go. 100% _sure_")  # fmt: skip
    incident = recorded(new_school, form, by=new_school.birch)
    action = actions.Form(incident=incident, account="Rang Łukasz’s mother 😀.")
    actions.add(new_school.store, action, by=new_school.lead)
    talk = actions.Form(incident=incident, kind="parent", account="About home.",
                        with_whom="His step-father", agreed="He’ll ring on Monday")  # fmt: skip
    actions.add(new_school.store, talk, by=new_school.lead)
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
        ("dsouza", "Student"),
        ("D'Souza", "Student"),
    ],
)
def test_it_is_found_however_it_is_spelt(school: School, query: str, where: str) -> None:
    assert where in {each.where for each in found(school, query)}


@pytest.mark.parametrize("query", ["%%", "__", "''--", "o_neill", "'; DROP TABLE", "wall%", "🏠🏠"])
def test_no_character_means_anything_but_itself(school: School, query: str) -> None:
    assert found(school, query) == []


@pytest.mark.parametrize("query", ["", " ", "a", "x" * 101, "x" * 5_000])
def test_what_is_too_short_or_too_long_is_told_in_a_sentence(school: School, query: str) -> None:
    with pytest.raises(Refused, match="2 to 100 characters"):
        found(school, query)


def test_the_words_around_are_shown_as_they_were_written(school: School) -> None:
    (each,) = (f for f in found(school, "ONEILL") if f.where == "Incident")
    assert each.around == "Mrs O’Neill saw Zoë by the half-built wall."
    long = "before " * 40 + "D’Souza" + " after" * 40
    assert search.around(long, "dsouza").startswith("…")
    assert "D’Souza" in search.around(long, "dsouza")


def test_what_was_entered_in_error_is_not_found(school: School) -> None:
    (each,) = (f for f in found(school, "oneill") if f.where == "Incident")
    incident = recorded(school, a_concern(school.ben, account="Another wall"), by=school.oak)
    assert len(found(school, "wall")) == 2
    wrong = corrections.Form(incident=incident, kind="error", account="No")
    corrections.add(school.store, wrong, by=school.lead)
    assert [f.number for f in found(school, "wall")] == [each.number]


def test_only_the_team_searches_and_it_is_recorded(school: School) -> None:
    for person in (school.birch, plain(school.lead), school.office, school.governor):
        with pytest.raises(NotAllowed):
            search.found(school.store, "wall", by=person)
    found(school, "wall")
    assert openings_of(school.store, "wall")


def test_a_relative_finds_nothing_about_the_child(school: School) -> None:
    school.store.append(Relation(person=school.lead.id, pupil=school.amy.id), by=SYSTEM)
    assert found(school, "wall") == []
