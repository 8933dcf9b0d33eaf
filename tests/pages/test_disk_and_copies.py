"""What is wrong with the disk, and what a start mended, where people see it."""

from __future__ import annotations

from core.person import Person, Role
from core.store.mending import ITSELF, Mending
from core.web import school
from tests.pages.conftest import Sit, one, text
from tests.prove.full_disks import room

FULL = "The disk is full: make room."
LACKED = "The second copy of the record lacked 412 records at the start on "
SEEN = "I have seen this"


def test_every_page_says_that_the_disk_is_full_until_there_is_room(
    staff: list[Person], sit: Sit
) -> None:
    app = sit(one(staff, Role.STAFF))
    assert FULL not in text(app)
    with room(0):
        assert not school.store().look_for_room()
    try:
        for page in ("incidents/add.py", "alerts/alerts.py"):
            app = app.switch_page(page).run()
            assert FULL in text(app) and not app.exception
    finally:
        assert school.store().look_for_room()
    assert FULL not in text(app.run())


def test_what_a_start_mended_stands_on_today_and_school_until_two_have_seen_it(
    staff: list[Person], sit: Sit
) -> None:
    school.store().append(Mending(copy="journal", lacked=412, first=9), by=ITSELF)
    for role, page in ((Role.LEAD, "lists/school.py"), (Role.HEAD, "team/today.py")):
        app = sit(one(staff, role)).switch_page(page).run()
        assert LACKED in text(app) and not app.exception
        (button,) = [each for each in app.button if each.label == SEEN]
        app = button.click().run()
        assert SEEN not in [each.label for each in app.button] and not app.exception
        assert ("A second person has to see it" in text(app)) == (role is Role.LEAD)
    assert LACKED not in text(app)
