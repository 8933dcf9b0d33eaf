from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core import pupils
from core.errors import Refused
from core.permissions import NotAllowed, NotThere
from core.pupils import Details
from core.records import PupilDetails
from tests.core.school import BORN, School, a_pupil, how_many, plain

NEW = Details(name="Elif Yılmaz", born_on=BORN, class_name="1 Ash")


def names(found: list[pupils.Pupil]) -> list[str]:
    return [pupil.name for pupil in found]


def test_children_are_listed_by_name_and_namesakes_by_age(new_school: School) -> None:
    store, lead = new_school.store, new_school.lead
    ids = pupils.add(
        store,
        [
            replace(NEW, name="Amy D’Souza", born_on=date(2018, 5, 1)),
            replace(NEW, name="Amy D’Souza", born_on=date(2012, 5, 1)),
        ],
        by=lead,
    )
    everyone = pupils.everyone(store, by=new_school.birch)
    assert [pupil.id for pupil in everyone][:3] == [ids[1], new_school.amy.id, ids[0]]


def test_twins_of_the_same_name_are_two_children(new_school: School) -> None:
    ids = pupils.add(new_school.store, [NEW, NEW], by=new_school.office)
    assert len(set(ids)) == 2
    assert len(pupils.find(new_school.store, "elif", by=new_school.birch)) == 2


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("dsouza", "Amy D’Souza"),
        ("AMY", "Amy D’Souza"),
        ("o'b", "Ben O'Brien"),
        ("lukasz", "Cai Łukasz Smith-Jones"),
        ("jones cai", "Cai Łukasz Smith-Jones"),
        ("dua", "Dua"),
    ],
)
def test_a_child_is_found_by_any_part_of_the_name(school: School, query: str, name: str) -> None:
    assert names(pupils.find(school.store, query, by=school.birch)) == [name]


def test_a_child_is_found_by_the_name_they_go_by(own_school: School) -> None:
    details = replace(NEW, name="Nguyễn Thị Thu Hà", known_as="Sunny")
    pupils.add(own_school.store, [details], by=own_school.office)
    assert names(pupils.find(own_school.store, "sunny", by=own_school.oak)) == [details.name]


@pytest.mark.parametrize("name", ["Null", "None", "True", "nan", "Ха́рків", "'; DROP TABLE x; --"])
def test_every_name_is_a_name(own_school: School, name: str) -> None:
    pupil = a_pupil(own_school.store, name, by=own_school.lead)
    assert pupils.of(own_school.store, pupil.id, by=own_school.birch).name == name


def test_a_child_who_changes_class_and_name_stays_the_same_child(own_school: School) -> None:
    store, amy = own_school.store, own_school.amy
    changed = Details(name="Amy Jones", born_on=amy.born_on, class_name="5 Oak", known_as="Am")
    assert pupils.amend(store, {amy.id: changed}, by=own_school.office) == [amy.id]
    now = pupils.of(store, amy.id, by=own_school.birch)
    assert now == pupils.Pupil(id=amy.id, **pupils.written(changed))
    sql = "FROM pupils_details WHERE pupil = $id ORDER BY seq"
    known = [each.name for each in store.ask(PupilDetails, sql, id=amy.id)]
    assert known == [amy.name, "Amy Jones"]


def test_a_child_who_left_is_kept_but_no_longer_offered(own_school: School) -> None:
    store, amy = own_school.store, own_school.amy
    gone = Details(name=amy.name, born_on=amy.born_on, class_name=amy.class_name,
                   left_on=date(2026, 7, 21))  # fmt: skip
    pupils.amend(store, {amy.id: gone}, by=own_school.office)
    assert amy.id not in {p.id for p in pupils.everyone(store, by=own_school.birch)}
    assert amy.id not in {p.id for p in pupils.find(store, "souza", by=own_school.birch)}
    assert amy.id in {p.id for p in pupils.ever(store, by=own_school.office)}
    assert pupils.of(store, amy.id, by=own_school.birch).left_on == date(2026, 7, 21)


def test_classes_are_those_that_have_children_now(new_school: School) -> None:
    store = new_school.store
    assert pupils.classes(store, by=new_school.birch) == ["4 Birch", "5 Oak"]
    assert names(pupils.in_class(store, "5 Oak", by=new_school.birch)) == ["Ben O'Brien"]
    assert names(pupils.in_class(store, "4 Birch", by=new_school.birch)) == [
        "Amy D’Souza",
        "Cai Łukasz Smith-Jones",
        "Dua",
    ]
    assert pupils.in_class(store, "6 Yew", by=new_school.birch) == []


def test_every_child_needs_a_name_and_a_class_and_all_are_taken_or_none(school: School) -> None:
    before = how_many(school.store, PupilDetails)
    for wrong in (replace(NEW, name=" "), replace(NEW, class_name="")):
        with pytest.raises(Refused, match="name and a class"):
            pupils.add(school.store, [NEW, wrong], by=school.office)
    assert how_many(school.store, PupilDetails) == before


def test_adding_nobody_is_no_error(school: School) -> None:
    assert pupils.add(school.store, [], by=school.office) == []


def test_a_child_who_is_none_is_not_there(school: School) -> None:
    for id_ in ("", "nobody", school.birch.id):
        with pytest.raises(NotThere, match="no such student"):
            pupils.of(school.store, id_, by=school.birch)


@pytest.mark.parametrize("who", ["governor", "chair"])
def test_governors_see_no_child(school: School, who: str) -> None:
    by = getattr(school, who)
    for person in (by, replace(school.birch, active=False), replace(school.lead, active=False)):
        for call in (
            lambda p=person: pupils.of(school.store, school.amy.id, by=p),
            lambda p=person: pupils.everyone(school.store, by=p),
            lambda p=person: pupils.find(school.store, "amy", by=p),
            lambda p=person: pupils.classes(school.store, by=p),
            lambda p=person: pupils.in_class(school.store, "4 Birch", by=p),
            lambda p=person: pupils.ever(school.store, by=p),
        ):
            with pytest.raises(NotAllowed):
                call()


@pytest.mark.parametrize("who", ["birch", "governor"])
def test_only_who_keeps_the_lists_changes_them(school: School, who: str) -> None:
    for by in (getattr(school, who), plain(school.lead), plain(school.head)):
        with pytest.raises(NotAllowed):
            pupils.add(school.store, [NEW], by=by)
        with pytest.raises(NotAllowed):
            pupils.amend(school.store, {school.amy.id: NEW}, by=by)
        with pytest.raises(NotAllowed):
            pupils.ever(school.store, by=by)


def test_a_thousand_children_are_entered_at_once(new_school: School) -> None:
    many = [replace(NEW, name=f"Child {n}") for n in range(1000)]
    ids = pupils.add(new_school.store, many, by=new_school.office)
    assert len(set(ids)) == 1000
    assert len(pupils.everyone(new_school.store, by=new_school.office)) == 1004
