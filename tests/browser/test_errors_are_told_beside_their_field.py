"""What is missing is told where it is missing, and what was typed stays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import concern
from tests.browser.concern import ACCOUNT, CHILD, STUDENT, Concern, anew
from tests.browser.conftest import ComesIn
from tests.browser.somebody import PHONE, Somebody

pytestmark = pytest.mark.xdist_group("errors")

MISSING = {
    "Student": "Please choose the student.",
    "Incident": "Please write what you saw, heard or were told.",
    "Have parents been contacted?": "Please say whether parents have been contacted.",
    "Categories": "Please choose at least one category.",
}
TYPED = "“I don’t want to”  -> he said."
FOR_LEADS = ("Safeguarding", "Child in need", "Early help")


def test_all_that_is_missing_is_told_at_once_and_nothing_typed_is_lost(
    comes_in: ComesIn, tmp_path: Path
) -> None:
    me = comes_in("Mr Tunde Bello", PHONE)
    me.go("Add Incident")
    anew(me)
    me.type(CHILD, TYPED)
    file = tmp_path / "note.txt"
    file.write_text("seen at the gate")
    concern.add_file(me, file)
    me.press("Check and send")
    tells(me, MISSING)
    me.choose(STUDENT, "tyl", "Tyler Marsh")
    me.type(ACCOUNT, "He waited at the gate.")
    concern.answer(me, "No")
    me.press("Attendance")
    me.press("Check and send")
    tells(
        me,
        {
            "Student": "Please confirm that this is the student.",
            "Why not?": "Please say why parents were not contacted.",
        },
    )
    me.press("This is the student")
    me.type("Why not?", "He asked me to wait")
    me.press("Check and send")
    me.sees("These people will be alerted", "He waited at the gate.", TYPED, file.name)
    me.press("Change something")
    expect(me.page.get_by_role("textbox", name=CHILD)).to_have_value(TYPED)
    me.sees("Confirmed", file.name)


def test_an_action_without_words_is_told_so(comes_in: ComesIn) -> None:
    me = comes_in("Mrs Helen Whitlock")
    me.go("Alerts")
    me.ask(me.page.get_by_role("button", name="Open #").first)
    me.press("Add Action")
    me.press("Add Action")
    me.sees("Please write what was done, said or decided.")


@pytest.mark.parametrize("code_given", [False, True])
def test_categories_for_leads_are_offered_to_leads_alone(
    comes_in: ComesIn, code_given: bool
) -> None:
    me = comes_in("Mrs Helen Whitlock", code_given=code_given)
    me.go("Add Incident")
    anew(me)
    expect(me.button("Behaviour")).to_be_visible()
    for name in FOR_LEADS:
        expect(me.button(name)).to_have_count(1 if code_given else 0)


def test_a_relative_is_not_told_and_finds_nothing(comes_in: ComesIn) -> None:
    me, mother = comes_in("Miss Joanna Nowak"), comes_in("Mrs Ruth Carter")
    me.go("Add Incident")
    anew(me)
    about = Concern(
        student=("evie", "Evie Carter"),
        account="Evie said that she is tired.",
        others=[("carter", "Mrs Ruth Carter"), ("cole", "Mrs Denise Cole")],
    )
    concern.fill_in(me, about)
    told = me.page.locator(".words-recipients")
    expect(told).to_contain_text("Mr Tunde Bello")
    me.press("Check and send")
    expect(told).to_contain_text("Mrs Denise Cole")
    expect(told).not_to_contain_text("Mrs Ruth Carter")
    me.press("Change something")
    number = concern.check_and_send(me)
    mother.go("Alerts")
    expect(mother.button(f"Open #{number}")).to_have_count(0)
    mother.open("incident", number=number)
    mother.sees("There is no such incident: check the number, or ask a safeguarding lead.")


def tells(me: Somebody, wrong: Mapping[str, str]) -> None:
    """Each sentence stands beneath its field, and all of them above the button."""
    expect(me.page.locator(".words-badge.words-red")).to_have_count(2 * len(wrong))
    button = top(me.button("Check and send"))
    for field, sentence in wrong.items():
        told = me.page.get_by_text(sentence, exact=True)
        expect(told).to_have_count(2)
        label = me.page.get_by_text(field, exact=True).first
        assert 0 < top(told.first) - top(label) < 700, field
        assert 0 < button - top(told.last) < 500, field


def top(what: Locator) -> float:
    expect(what).to_be_visible()
    box = what.bounding_box()
    assert box
    return box["y"]
