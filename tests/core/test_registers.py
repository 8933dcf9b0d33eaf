"""The registers: marked once, put right beside, and nobody unaccounted for without being shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from core import (
    clock,
    dashboard,
    hometime,
    pupils,
    register_marks,
    registers,
    settings,
    unaccounted,
)
from core.errors import Refused
from core.permissions import NotAllowed, NotThere
from core.records import RegisterEntry
from core.unaccounted import Unaccounted
from tests.core.school import School, how_many

MONDAY = date(2026, 9, 14)  # of school, and in summer time
At = Callable[[int, int], None]


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """It is this hour and minute of that Monday, by the clock on the wall."""

    def told(hour: int, minute: int) -> None:
        moment = datetime.combine(MONDAY, time(hour - 1, minute), UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    told(8, 50)
    return told


def marked(school: School, session: str = "morning", **marks: str) -> None:
    by_id = {getattr(school, name).id: mark for name, mark in marks.items()}
    registers.mark(school.store, MONDAY, session, by_id, by=school.birch)


def of_birch(school: School, session: str = "morning") -> dict[str, list[str]]:
    """Every mark of the children of 4 Birch here, the newest first."""
    register = registers.of(school.store, "4 Birch", MONDAY, session, by=school.birch)
    mine = {school.amy.id, school.cai.id, school.dua.id}
    return {row.name: [m.kind.key for m in row.marks] for row in register.rows if row.pupil in mine}


def lost(school: School) -> list[Unaccounted]:
    mine = {school.amy.id, school.ben.id, school.cai.id, school.dua.id, ""}
    return [each for each in unaccounted.now(school.store, by=school.office)
            if each.pupil in mine]  # fmt: skip


def test_all_present_marks_whoever_has_no_mark_and_changes_no_other(school: School, at: At) -> None:
    marked(school, amy="late")
    registers.all_present(school.store, "4 Birch", MONDAY, "morning", by=school.oak)
    assert of_birch(school) == {
        school.amy.name: ["late"], school.cai.name: ["present"], school.dua.name: ["present"],
    }  # fmt: skip
    before = how_many(school.store, RegisterEntry)
    registers.all_present(school.store, "4 Birch", MONDAY, "morning", by=school.oak)
    assert how_many(school.store, RegisterEntry) == before


def test_a_correction_counts_and_what_it_corrects_stays_readable(school: School, at: At) -> None:
    marked(school, amy="present", cai="present")
    marked(school, amy="illness")
    assert of_birch(school)[school.amy.name] == ["illness", "present"]
    assert of_birch(school)[school.cai.name] == ["present"]
    assert of_birch(school, "afternoon")[school.amy.name] == []
    marked(school, amy="illness", cai="present")
    assert of_birch(school)[school.amy.name] == ["illness", "present"]


@pytest.mark.parametrize("day", [date(2026, 9, 13), date(2026, 10, 26), date(2026, 9, 15)])
def test_there_is_no_register_on_a_day_without_school_or_one_to_come(
    school: School, at: At, day: date
) -> None:
    before = how_many(school.store, RegisterEntry)
    with pytest.raises(Refused, match=r"This day is still to come|There is no school"):
        registers.mark(school.store, day, "morning", {school.amy.id: "present"}, by=school.birch)
    assert how_many(school.store, RegisterEntry) == before


@pytest.mark.parametrize(
    ("session", "marks"),
    [
        ("night", {"amy": "present"}),
        ("morning", {"amy": "asleep"}),
        ("morning", {"nobody": "late"}),
    ],
)
def test_what_is_not_offered_is_not_recorded(
    school: School, at: At, session: str, marks: dict[str, str]
) -> None:
    by_id = {getattr(school, name, school.birch).id: mark for name, mark in marks.items()}
    with pytest.raises(NotThere):
        registers.mark(school.store, MONDAY, session, by_id, by=school.birch)


@pytest.mark.parametrize("who", ["governor", "chair"])
def test_governors_have_nothing_to_do_with_registers(school: School, at: At, who: str) -> None:
    with pytest.raises(NotAllowed):
        registers.mark(school.store, MONDAY, "morning", {school.amy.id: "present"},
                       by=getattr(school, who))  # fmt: skip


# Not accounted for.


def test_nobody_is_missed_before_the_register_closes(school: School, at: At) -> None:
    marked(school, amy="absent")
    at(9, 14)
    assert lost(school) == []
    at(9, 15)
    assert [each.pupil for each in lost(school)] == [
        school.amy.id,
        school.cai.id,
        school.dua.id,
        "",
    ]


def test_whoever_has_no_mark_or_no_reason_is_not_accounted_for(school: School, at: At) -> None:
    marked(school, amy="absent", cai="illness", ben="present")
    at(9, 15)
    assert {each.pupil for each in lost(school)} == {school.amy.id, school.dua.id}
    marked(school, amy="illness", dua="late")
    assert lost(school) == []


def test_a_class_whose_register_nobody_took_is_one_line(school: School, at: At) -> None:
    at(9, 20)
    said = [each.said for each in lost(school)]
    assert "5 Oak: the morning register has not been taken" in said
    assert "4 Birch: the morning register has not been taken" in said and len(said) == 2


def test_a_child_comes_before_a_class_whose_register_nobody_took(school: School, at: At) -> None:
    marked(school, ben="absent")
    at(9, 20)
    assert [each.pupil for each in lost(school)] == [school.ben.id, ""]


def test_who_was_here_in_the_morning_and_is_gone_comes_first(school: School, at: At) -> None:
    marked(school, amy="illness", cai="present", dua="present", ben="present")
    marked(school, "afternoon", amy="absent", cai="absent", dua="present", ben="present")
    at(13, 15)
    found = lost(school)
    assert [each.pupil for each in found] == [school.cai.id, school.amy.id]
    assert found[0].said.endswith("not accounted for this afternoon. Was here this morning")


def test_who_left_in_the_morning_is_accounted_for_in_the_afternoon(school: School, at: At) -> None:
    marked(school, amy="left_early", cai="present", dua="present", ben="present")
    marked(school, "afternoon", cai="present", dua="present", ben="present")
    at(13, 15)
    assert lost(school) == []


def test_nobody_is_missed_on_a_day_without_school(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 13, 12, tzinfo=UTC))
    assert lost(school) == []


def test_the_close_of_a_register_is_the_schools_choice(school: School, at: At) -> None:
    marked(school, amy="absent")
    at(9, 5)
    settings.choose(school.store, by=school.lead, morning_closes="09:00")
    assert lost(school)
    settings.choose(school.store, by=school.lead, morning_closes="09:15")
    for wrong in ("late", "25:00"):
        with pytest.raises(Refused, match="Please"):
            settings.choose(school.store, by=school.lead, afternoon_closes=wrong)


def test_the_team_sees_it_before_all_that_can_wait(school: School, at: At) -> None:
    marked(school, amy="absent", cai="present", dua="present", ben="present")
    at(9, 15)
    groups = dashboard.now(school.store, by=school.lead)
    (group,) = [each for each in groups if each.kind == "unaccounted"]
    assert [n.pupil for n in group.notices] == [school.amy.id]
    assert all(each.kind in ("urgent", "unaccounted") for each in groups[:1])
    with pytest.raises(NotAllowed):
        unaccounted.now(school.store, by=school.birch)


def test_whoever_has_left_the_school_is_in_no_register(school: School, at: At) -> None:
    (gone,) = pupils.add(
        school.store,
        [pupils.Details(name="Gone", born_on=date(2016, 1, 1), class_name="4 Birch",
                        left_on=date(2026, 9, 1))],
        by=school.office,
    )  # fmt: skip
    register = registers.of(school.store, "4 Birch", MONDAY, "morning", by=school.birch)
    assert gone not in {row.pupil for row in register.rows}


def test_marks_and_the_end_of_a_day_are_for_nobody_but_who_keeps_registers(school: School) -> None:
    with pytest.raises(NotAllowed):
        register_marks.of(school.store, MONDAY, "morning", by=school.governor)
    with pytest.raises(NotAllowed):
        hometime.of(school.store, [school.amy], MONDAY, by=school.governor)
