"""Taking over a school’s lists: nothing is guessed or removed, one child has one history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from core import columns, imports, people, pupils, spreadsheets
from core.errors import Refused
from core.imports import Change, Plan
from core.person import OPERATOR, Role
from core.store import NotKept, Store
from tests.core import staffroom
from tests.core.school import disk_gone
from tests.core.steps import steps_of

HEAD = "UPN,Legal Forename,Legal Surname,Date of Birth,Reg Group"


def planned(store: Store, *lines: str, head: str = HEAD) -> Plan[pupils.Details]:
    sheet = spreadsheets.read("\n".join([head, *lines]).encode())
    found = columns.match(sheet.headings, columns.known("pupils"))
    return imports.plan_pupils(store, sheet, found, by=OPERATOR)


def taken(store: Store, *lines: str, head: str = HEAD, leavers: Sequence[str] = ()) -> int:
    return imports.take_pupils(
        store, planned(store, *lines, head=head), leavers=leavers, by=OPERATOR
    )


def staff(store: Store, *lines: str) -> Plan[people.Details]:
    head = "Title,Forename,Surname,Work Email,Job Title,Class"
    sheet = spreadsheets.read("\n".join([head, *lines]).encode())
    found = columns.match(sheet.headings, columns.known("staff"))
    return imports.plan_staff(store, sheet, found, by=OPERATOR)


@dataclass(frozen=True)
class Stamp:
    recorded_at: datetime


def stamps(store: Store) -> list[Stamp]:
    """When each record of an account was written."""
    return store.ask(Stamp, "SELECT recorded_at FROM people_details")


def on_roll(store: Store) -> list[tuple[str, str]]:
    return [(pupil.name, pupil.class_name) for pupil in pupils.everyone(store, by=OPERATOR)]


def changes(plan: Plan[pupils.Details] | Plan[people.Details]) -> list[Change]:
    return [line.change for line in plan.lines]


def test_a_plan_changes_nothing(store: Store) -> None:
    assert changes(planned(store, "A1,Anna,Smith,03/03/2017,4 Birch")) == [Change.NEW]
    assert on_roll(store) == []


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    lines = ("A1,Anna,Smith,03/03/2017,4 Birch", ",Null,O'Brien,29/02/2016,5 Oak")
    assert taken(store, *lines) == 2
    again = planned(store, *lines)
    assert changes(again) == [Change.SAME, Change.SAME] and again.missing == ()
    assert taken(store, *lines) == 0


@pytest.mark.parametrize(
    "later",
    ["A1,Anna,Smith,03/03/2017,5 Oak", "A1,Anna,Jones,03/03/2017,4 Birch"],
    ids=["another class", "another name"],
)
def test_a_child_who_changes_class_or_name_keeps_one_history(store: Store, later: str) -> None:
    taken(store, "A1,Anna,Smith,03/03/2017,4 Birch")
    before = pupils.everyone(store, by=OPERATOR)[0].id
    assert changes(planned(store, later)) == [Change.CHANGED]
    taken(store, later)
    assert [pupil.id for pupil in pupils.everyone(store, by=OPERATOR)] == [before]


def test_without_numbers_a_child_is_known_by_name_and_date_of_birth(store: Store) -> None:
    head = "Name,DOB,Class"
    taken(store, '"D’SOUZA, Amara",3/3/2017,4 Birch', head=head)
    assert on_roll(store) == [("Amara D’Souza", "4 Birch")]
    assert changes(planned(store, "Amara D'Souza,2017-03-03,5 Oak", head=head)) == [Change.CHANGED]


def test_twins_and_namesakes_are_children_of_their_own(store: Store) -> None:
    lines = (
        ",Maya,Khan,03/03/2017,4 Birch",
        ",Zara,Khan,03/03/2017,4 Birch",
        ",Maya,Khan,09/09/2018,2 Willow",
    )
    assert taken(store, *lines) == 3
    assert changes(planned(store, *lines)) == [Change.SAME] * 3


def test_a_surname_that_is_not_shouted_is_left_as_it_is_written(store: Store) -> None:
    taken(store, '"McDonald, Ann",3/3/2017,4 Birch', head="Name,DOB,Class")
    assert on_roll(store) == [("Ann McDonald", "4 Birch")]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("A1,Anna,Smith,31/02/2017,4 Birch", "no such day"),
        ("A1,Anna,Smith,,4 Birch", "not a date"),
        ("A1,,,03/03/2017,4 Birch", "no name"),
        ("A1,Anna,Smith,03/03/2017,", "no class"),
        ("A1,Anna,Smith,03/03/2017,4 Birch,more", "more cells"),
        ("A1,Anna,Smith,03/03/2099,4 Birch", "in the future"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_with_its_reason_and_left_out(
    store: Store, line: str, complaint: str
) -> None:
    plan = planned(store, "A2,Good,Line,03/03/2017,4 Birch", line)
    (refused,) = plan.of(Change.REFUSED)
    assert refused.number == 3 and complaint in refused.complaint
    assert imports.take_pupils(store, plan, by=OPERATOR) == 1


def test_a_child_listed_twice_is_taken_once(store: Store) -> None:
    taken(store, "A1,Anna,Smith,03/03/2017,4 Birch")
    line = "A1,Anna,Smith,03/03/2017,5 Oak"
    assert changes(planned(store, line, line)) == [Change.CHANGED, Change.REFUSED]


def test_a_child_missing_from_the_file_is_offered_as_a_leaver_and_never_removed(
    store: Store,
) -> None:
    taken(store, "A1,Anna,Smith,03/03/2017,4 Birch", "A2,Ben,Smith,03/03/2018,3 Rowan")
    plan = planned(store, "A1,Anna,Smith,03/03/2017,4 Birch")
    assert len(plan.missing) == 1
    imports.take_pupils(store, plan, by=OPERATOR)
    assert len(on_roll(store)) == 2
    imports.take_pupils(store, plan, leavers=plan.missing, by=OPERATOR)
    assert on_roll(store) == [("Anna Smith", "4 Birch")]
    ben = next(p for p in pupils.ever(store, by=OPERATOR) if p.id in plan.missing)
    assert ben.name == "Ben Smith" and ben.left_on is not None


def test_a_leaver_who_comes_back_goes_on_with_their_history(store: Store) -> None:
    line = "A1,Anna,Smith,03/03/2017,4 Birch"
    taken(store, line)
    plan = planned(store, "A9,Ben,Smith,03/03/2018,3 Rowan")
    imports.take_pupils(store, plan, leavers=plan.missing, by=OPERATOR)
    assert changes(planned(store, line)) == [Change.CHANGED]
    taken(store, line)
    assert len(pupils.ever(store, by=OPERATOR)) == 2


def test_dates_of_leap_days_and_windows_letters_are_ordinary(store: Store) -> None:
    sheet = spreadsheets.read(f"{HEAD}\n,Chloë,Núñez,29/02/2016,5 Oak".encode("cp1252"))
    found = columns.match(sheet.headings, columns.known("pupils"))
    imports.take_pupils(store, imports.plan_pupils(store, sheet, found, by=OPERATOR), by=OPERATOR)
    (pupil,) = pupils.everyone(store, by=OPERATOR)
    assert (pupil.name, pupil.born_on) == ("Chloë Núñez", date(2016, 2, 29))


@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("Class teacher", Role.STAFF),
        ("Office manager", Role.OFFICE),
        ("Parent governor", Role.GOVERNOR),
        ("Headteacher", Role.STAFF),
        ("Designated safeguarding lead", Role.STAFF),
    ],
)
def test_full_access_is_never_given_by_a_file(store: Store, post: str, role: Role) -> None:
    plan = staff(store, f"Ms,Priya,Shah,p.shah@school.example,{post},4 Birch")
    assert imports.take_staff(store, plan, by=OPERATOR) == 1
    person = people.by_email(store, "p.shah@school.example")
    assert person and (person.name, person.role) == ("Ms Priya Shah", role)


def test_staff_are_known_again_by_their_address_and_keep_their_role(store: Store) -> None:
    line = "Ms,Priya,Shah,P.Shah@school.example,Class teacher,4 Birch"
    imports.take_staff(store, staff(store, line), by=OPERATOR)
    assert changes(staff(store, line)) == [Change.SAME]
    moved = staff(store, line.replace("4 Birch", "5 Oak"))
    assert changes(moved) == [Change.CHANGED]
    imports.take_staff(store, moved, by=OPERATOR)
    person = people.by_email(store, "p.shah@school.example")
    assert person and person.class_name == "5 Oak"


def test_an_address_that_is_none_or_listed_twice_is_named(store: Store) -> None:
    line = "Ms,Priya,Shah,p.shah@school.example,Class teacher,"
    plan = staff(store, line, line, "Mr,No,Address,nobody,Cook,")
    assert changes(plan) == [Change.NEW, Change.REFUSED, Change.REFUSED]


def pupil(number: int) -> str:
    return f"A{number},Anna{number},Smith,03/03/2017,{number % 7} Birch"


def colleague(number: int) -> str:
    return f"Ms,Priya{number},Shah,p{number}@school.example,Class teacher,"


def work(store: Store, lines: int) -> int:
    """What planning so many lines takes, in steps of the program."""
    sheet = spreadsheets.read("\n".join([HEAD, *map(pupil, range(lines))]).encode())
    found = columns.match(sheet.headings, columns.known("pupils"))
    return steps_of(lambda: imports.plan_pupils(store, sheet, found, by=OPERATOR), imports)


def work_on_staff(store: Store, lines: int) -> int:
    return steps_of(lambda: staff(store, *map(colleague, range(lines))), imports)


@pytest.mark.parametrize("counted", [work, work_on_staff])
def test_twice_as_long_a_list_takes_twice_the_work(
    store: Store, counted: Callable[[Store, int], int]
) -> None:
    assert 1.5 * counted(store, 200) < counted(store, 400) < 2.2 * counted(store, 200)


def test_a_line_takes_no_more_work_the_more_children_are_known(store: Store) -> None:
    taken(store, *map(pupil, range(50)))
    few = work(store, 100)
    taken(store, *map(pupil, range(400)))
    assert work(store, 100) < 2.2 * few


def test_a_list_that_is_not_of_one_school_is_refused_before_it_is_planned() -> None:
    whole = "\n".join([HEAD, *map(pupil, range(5_000))])
    assert len(spreadsheets.read(whole.encode()).rows) == 5_000
    with pytest.raises(Refused, match=r"more than 5,000 lines: this is not the list of one school"):
        spreadsheets.read(f"{whole}\n{pupil(5_001)}".encode())


@pytest.mark.parametrize(
    "content",
    ["Name," * 3_000 + "\n" + "x," * 3_000, "Name\n" + "," * 300 + "x", "x" * 200 + ",y" * 250],
    ids=["one heading 3,000 times", "a long line", "no line at all"],
)
def test_a_list_with_more_columns_than_anybody_keeps_is_refused(content: str) -> None:
    with pytest.raises(Refused, match="more than 200 columns"):
        spreadsheets.read(content.encode())


def test_a_first_line_that_never_ends_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused):
        spreadsheets.read(b"x" * 400_000 + b"\ny")


def test_empty_columns_that_a_spreadsheet_program_adds_do_not_count() -> None:
    commas = "," * 16_000
    assert spreadsheets.read(f"Name,Class{commas}\nAnna,Oak{commas}".encode()).rows[0].cells == {
        "Name": "Anna",
        "Class": "Oak",
    }


@pytest.mark.parametrize("name", ["A" * 300, "\u3164", "\u200d"])
def test_a_line_whose_name_cannot_be_kept_stops_no_other(store: Store, name: str) -> None:
    plan = planned(store, pupil(1), f"A2,{name},,03/03/2017,4 Birch", pupil(3))
    assert changes(plan) == [Change.NEW, Change.REFUSED, Change.NEW]
    assert imports.take_pupils(store, plan, by=OPERATOR) == 2


def test_a_name_with_signs_that_nobody_sees_is_the_same_child_the_next_time(store: Store) -> None:
    line = "A1,\u202eAn\u200bna  Maria,Smith\x07,03/03/2017,4\u00a0 Birch"
    taken(store, line)
    assert on_roll(store) == [("Anna Maria Smith", "4 Birch")]
    assert changes(planned(store, line)) == [Change.SAME]


def test_a_line_about_somebody_with_full_access_is_named_and_stops_no_other(store: Store) -> None:
    lead = staffroom.account(store, Role.LEAD)
    plan = staff(store, colleague(1), f"Ms,Other,Name,{lead.email},Head,", colleague(2))
    assert changes(plan) == [Change.NEW, Change.REFUSED, Change.NEW]
    assert imports.take_staff(store, plan, by=OPERATOR) == 2
    assert people.of(store, lead.id) == lead


def test_a_list_of_staff_is_taken_in_one_piece(store: Store) -> None:
    before = store.head.seq if store.head else 0
    moments = {row.recorded_at for row in stamps(store)}
    imports.take_staff(store, staff(store, *map(colleague, range(20))), by=OPERATOR)
    assert len({row.recorded_at for row in stamps(store)} - moments) == 1
    assert store.head and store.head.seq == before + 40  # an account and a mail each


def test_on_a_disk_that_fails_a_list_of_staff_is_taken_as_a_whole_or_not_at_all(
    store: Store,
) -> None:
    plan = staff(store, *map(colleague, range(20)))
    with disk_gone(store), pytest.raises(NotKept):
        imports.take_staff(store, plan, by=OPERATOR)
    there = [person for person in people.everyone(store, by=OPERATOR) if person.active]
    assert len(there) in (0, 20)
