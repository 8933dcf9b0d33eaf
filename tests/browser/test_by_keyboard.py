"""A concern with an injury is written, sent and read by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import body, keyboard
from tests.browser.body import CHILD, COLOUR
from tests.browser.concern import ACCOUNT, STUDENT
from tests.browser.conftest import ComesIn
from tests.browser.somebody import Somebody

pytestmark = pytest.mark.xdist_group("keyboard")

SEEN = "I saw this when she took her coat off."
SAID = "He held me."


def test_an_injury_is_marked_described_sent_and_read_without_a_mouse(comes_in: ComesIn) -> None:
    me, lead = comes_in("Mr Gareth Pugh"), comes_in("Mrs Helen Whitlock")
    begin(me)
    place = mark(me)
    describe(me)
    number = send(me)
    read(lead, number, place)


def begin(me: Somebody) -> None:
    keyboard.reach(me, "combobox", STUDENT)
    me.page.keyboard.type("kayleigh")
    expect(me.page.get_by_role("option").first).to_be_visible()
    keyboard.take(me, "ArrowDown", "Enter")
    keyboard.next_is(me, me.button("This is the student"))  # and not the top of the page
    keyboard.take(me, "Enter")
    keyboard.write(me, ACCOUNT, SEEN)


def mark(me: Somebody) -> str:
    """Sets a mark on the back, and returns what its place is called."""
    keyboard.press(me, "Add body map")
    expect(body.region(me, "Left forearm, front")).to_be_attached()
    keyboard.next_is(me, me.page.locator(".parts input").first)
    me.page.keyboard.press("ArrowRight")  # from the front to the back
    expect(body.region(me, "Nape, back")).to_be_attached()
    me.page.keyboard.press("Tab")
    for _ in range(3):
        me.page.keyboard.press("ArrowDown")
    place = str(keyboard.focused(me))
    assert place.endswith(", back") and place != "Back of head, back"
    keyboard.take(me, "Enter")
    lower = place[0].lower() + place[1:]
    expect(me.page.locator(".status")).to_have_text(f"Mark 1, {lower}.")
    assert keyboard.focused(me) == place  # the next mark can follow at once
    return place


def describe(me: Somebody) -> None:
    keyboard.reach(me, "radio", "Bruise")
    keyboard.take(me, "Space")
    keyboard.write(me, COLOUR, "blue")
    keyboard.write(me, CHILD, SAID)
    keyboard.press(me, "Done with mark 1")
    keyboard.reach(me, "radiogroup", "Was medical advice sought?")
    keyboard.take(me, "ArrowRight", "Space")  # from Yes to No
    keyboard.write(me, "Why was it not sought?", "The skin is not broken.")


def send(me: Somebody) -> str:
    keyboard.reach(me, "radiogroup", "Have parents been contacted?")
    keyboard.take(me, "Space")
    keyboard.reach(me, "button", "Attendance")
    keyboard.take(me, "ArrowRight", "Space")  # to Behaviour: all categories are one stop
    keyboard.press(me, "Check and send")
    keyboard.press(me, "Add Incident")
    title = me.page.get_by_role("heading", name=re.compile("is recorded"))
    expect(title).to_be_visible()
    return title.inner_text().split()[1].removeprefix("#")


def read(lead: Somebody, number: str, place: str) -> None:
    keyboard.reach_this(lead, lead.link("Alerts"))
    keyboard.take(lead, "Enter")
    keyboard.press(lead, f"Open #{number}")
    lead.sees(f"1  {place}", "blue")
    assert SAID in lead.page.locator("blockquote").all_text_contents()
    keyboard.press(lead, "Mark as read")
    expect(lead.button("Mark as read")).to_have_count(0)
