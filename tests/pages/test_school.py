"""What the school chooses on its page is recorded, and what cannot be understood is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core import backup_files, backups, clock, settings
from core.person import Person, Role
from core.store import parcel
from core.web import school
from tests.pages.conftest import Sit, one, text

HOURS = "Hours of school after which an alert that a lead has not read is escalated"
MANY, DAYS = "So many incidents about a student …", "… in so many days need a look"


@pytest.fixture
def page(staff: list[Person], sit: Sit) -> Iterator[AppTest]:
    """The page for the head; the choices are put back, as the school is every test's."""
    head = one(staff, Role.HEAD)
    before = settings.school(school.store())
    yield sit(head).switch_page("lists/school.py").run()
    again = {name: getattr(before, name) for name in ("unread_hours", "many", "many_days")}
    settings.choose(school.store(), by=_with_code(head), **again)


def _with_code(person: Person) -> Person:
    return Person(**{**vars(person), "code_given": True})


def choose(page: AppTest, **values: str) -> AppTest:
    labels = {"hours": HOURS, "many": MANY, "days": DAYS}
    for name, value in values.items():
        (field,) = [each for each in page.text_input if each.label == labels[name]]
        field.set_value(value)
    (record,) = [each for each in page.button if each.label == "Record"]
    return record.click().run()


def test_when_something_is_pointed_out_is_the_schools_choice(page: AppTest) -> None:
    assert "Recorded" in text(choose(page, hours="3", many="4", days="60"))
    chosen = settings.school(school.store())
    assert (chosen.unread_hours, chosen.many, chosen.many_days) == ("3", "4", "60")


def test_the_head_sees_when_the_last_good_backup_was(page: AppTest) -> None:
    assert "Last good backup: none yet" in text(page)
    place = backups.places(school.store().folder).first
    place.mkdir()
    file = place / "2026-11-25.000001.backup"
    with file.open("wb") as written:
        parcel.Writer(written, bytes(32)).close()
    backup_files.stamp(file, clock.now())
    assert "Last good backup: Today" in text(page.run())
    assert "A backup is missing" not in text(page)


@pytest.mark.parametrize("name", ["hours", "many", "days"])
def test_what_is_no_number_above_0_is_said_and_not_recorded(page: AppTest, name: str) -> None:
    before = settings.school(school.store())
    said = text(choose(page, **{name: "0"}))
    assert "numbers above 0" in said and '"Recorded"' not in said
    assert settings.school(school.store()) == before
