from __future__ import annotations

from collections import Counter

import pytest

from core import columns

PUPILS = columns.known("pupils")
STAFF = columns.known("staff")


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ["UPN", "Legal Surname", "Legal Forename", "Preferred Forename", "DOB", "Reg", "Year"],
            {
                "upn": "UPN",
                "surname": "Legal Surname",
                "forename": "Legal Forename",
                "known_as": "Preferred Forename",
                "born_on": "DOB",
                "class_name": "Reg",
                "year_group": "Year",
            },
        ),
        (
            ["Unique Pupil Number (UPN)", "First name", "Last name", "Date of birth", "Form"],
            {
                "upn": "Unique Pupil Number (UPN)",
                "forename": "First name",
                "surname": "Last name",
                "born_on": "Date of birth",
                "class_name": "Form",
            },
        ),
        (
            ["Adm No", "Full Name", "BIRTH_DATE", "Tutor-Group", "Home Address", "Date of Leaving"],
            {
                "admission_number": "Adm No",
                "name": "Full Name",
                "born_on": "BIRTH_DATE",
                "class_name": "Tutor-Group",
                "household": "Home Address",
                "left_on": "Date of Leaving",
            },
        ),
        (["Name", "D.O.B.", "Class"], {"name": "Name", "born_on": "D.O.B.", "class_name": "Class"}),
        (["House", "Gender", "Column 3"], {}),
        ([], {}),
    ],
)
def test_columns_of_pupils_are_known_by_the_names_of_school_systems(
    headings: list[str], found: dict[str, str]
) -> None:
    assert columns.match(headings, PUPILS) == found


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ["Title", "Forename", "Surname", "Work Email", "Job Title", "Reg Group"],
            {
                "title": "Title",
                "forename": "Forename",
                "surname": "Surname",
                "email": "Work Email",
                "post": "Job Title",
                "class_name": "Reg Group",
            },
        ),
        (["Name", "E-mail", "Role"], {"name": "Name", "email": "E-mail", "post": "Role"}),
    ],
)
def test_columns_of_staff_are_known_by_the_names_of_school_systems(
    headings: list[str], found: dict[str, str]
) -> None:
    assert columns.match(headings, STAFF) == found


def test_the_better_name_is_taken_wherever_it_stands() -> None:
    assert columns.match(["Forename", "Legal Forename"], PUPILS) == {"forename": "Legal Forename"}
    assert columns.match(["Email", "Work email"], STAFF) == {"email": "Work email"}


def test_the_first_of_two_like_headings_is_taken_and_only_once() -> None:
    wanted = {"one": ["name"], "other": ["name"]}
    assert columns.match(["Name", "NAME"], wanted) == {"one": "Name"}


@pytest.mark.parametrize("known", [PUPILS, STAFF])
def test_no_name_is_claimed_by_two_of_our_columns(known: dict[str, list[str]]) -> None:
    claims = Counter(name for names in known.values() for name in names)
    assert [name for name, times in claims.items() if times > 1] == []
