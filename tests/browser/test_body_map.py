"""An injury is marked on an outline, described, sent, and read by somebody else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser import accessibility, body, concern
from tests.browser.body import CHILD, COLOUR, LENGTH, Seen
from tests.browser.concern import Concern
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import LAPTOP, PHONE, Device, Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("body map")


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own: what is left unsent here would be offered to other tests."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("body-maps"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


SAID = "“He -> got cross.”  *Please* don’t tell."
MARKS = (
    Seen("Front", "Right forearm, front", "Bruise", {LENGTH: "2.5", COLOUR: "blue", CHILD: SAID},
         drawn=[(120, 130), (150, 120), (160, 150), (120, 130)]),
    Seen("Back", "Left shoulder blade, back", "Graze", {"Shape": "a line"}),
    Seen("Hands", "Left thumb, palm of the left hand", "Other",
         {"In a few words, if that helps": "two dots"}),
)  # fmt: skip


def begun(me: Somebody, student: str = "amara", name: str = "Amara D’Souza") -> None:
    me.go("Add Incident")
    concern.anew(me)  # an earlier test may have left something unsent
    concern.choose_student(me, student, name)
    me.type(concern.ACCOUNT, "I saw this when she took her coat off.")
    body.open_map(me)


def sent(me: Somebody) -> str:
    concern.answer(me, "Yes")
    me.press("Injury")
    return concern.check_and_send(me)


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=lambda device: device.name)
def test_what_is_marked_by_one_is_read_by_another(comes_in: ComesIn, device: Device) -> None:
    teacher = comes_in("Ms Priya Shah", device)
    begun(teacher)
    for nth, seen in enumerate(MARKS, 1):
        body.mark(teacher, nth, seen)
    assert accessibility.faults(teacher) == []
    body.no_advice(teacher)
    number = sent(teacher)
    lead = comes_in("Mr Tom Barker", device)
    lead.open("incident", number=number)
    reads_the_marks(lead)
    assert accessibility.faults(lead) == []
    assert teacher.witness.complaints + lead.witness.complaints == []


def reads_the_marks(lead: Somebody) -> None:
    """The numbers, the regions, what was said, and a picture of each view with its marks."""
    for number, seen in enumerate(MARKS, 1):
        lead.sees(f"{number}  {seen.place}")
    lead.sees("2.5 cm", "blue", "a line", "Other: two dots")
    assert SAID in lead.page.locator("blockquote").all_text_contents()
    pictures = lead.page.locator(".words-pictures img")
    expect(pictures).to_have_count(3)
    for n, place in enumerate(("front: mark 1, right", "back: mark 2, left", "palm of the left")):
        expect(pictures.nth(n)).to_have_attribute("alt", re.compile(place))
        expect(pictures.nth(n)).not_to_have_js_property("naturalWidth", 0)
    assert "stroke-opacity" in str(pictures.first.get_attribute("src"))  # the shape that was drawn


def test_a_mark_can_be_undone_moved_and_taken_off(comes_in: ComesIn) -> None:
    me = comes_in("Ms Priya Shah", PHONE)
    begun(me)
    for place in ("Left thigh, front", "Right thigh, front"):
        me.ask(body.region(me, place))
    expect(me.page.locator(".status")).to_have_text("Mark 2, right thigh, front.")
    me.touch(me.button("Move mark 1, Left thigh, front"))
    me.ask(body.region(me, "Left shin, front"))
    expect(me.page.locator(".status")).to_have_text("Moved. Mark 1, left shin, front.")
    me.press("Take off mark 2, Right thigh, front")
    expect(me.page.locator(".marks li")).to_have_count(1)
    for marks in (2, 2, 1):  # back before it was taken off, before it was moved, before it was set
        me.press("Undo")
        expect(me.page.locator(".marks li")).to_have_count(marks)
    me.sees("Left thigh, front")


def test_what_is_missing_is_said_with_the_number_of_the_mark(comes_in: ComesIn) -> None:
    me = comes_in("Ms Priya Shah")
    begun(me)
    me.ask(body.region(me, "Left thigh, front"))
    me.press("Done with mark 1")
    me.sees("Mark 1: please say what it is.")
    me.ask(me.page.get_by_role("radio", name="Bruise", exact=True))
    body.fill(me, LENGTH, "900")
    me.press("Check and send")
    me.sees("Mark 1: please check the size: in centimetres, to a millimetre, at most 100.")
    me.sees("Please say whether medical advice was sought.")
    expect(me.page.get_by_label(LENGTH, exact=True)).to_have_value("900")


def test_what_was_said_of_a_mark_stays_whatever_is_done_next(comes_in: ComesIn) -> None:
    me = comes_in("Ms Priya Shah")
    begun(me)
    me.ask(body.region(me, "Left thigh, front"))
    me.ask(me.page.get_by_role("radio", name="Bruise", exact=True))
    body.fill(me, COLOUR, "blue")
    me.ask(body.region(me, "Right thigh, front"))
    me.press("Describe mark 2")
    me.go("Alerts")
    me.go("Add Incident")
    me.press("Describe mark 1")
    is_said(me)
    me.ask(me.button("Take off mark 1, Left thigh, front"))
    expect(me.page.locator(".marks li")).to_have_count(1)
    me.press("Undo")
    me.press("Describe mark 1")
    is_said(me)


def is_said(me: Somebody) -> None:
    expect(me.page.get_by_label(COLOUR, exact=True)).to_have_value("blue")
    kind = me.page.get_by_role("radio", name="Bruise", exact=True)
    expect(kind).to_have_attribute("aria-checked", "true")


def test_a_shape_can_be_drawn_opened_again_and_undone(comes_in: ComesIn) -> None:
    me = comes_in("Ms Priya Shah", PHONE)
    begun(me)
    body.mark(me, 1, MARKS[0])
    me.press("Describe mark 1")
    me.press("Draw its shape")
    body.draw(me, [(60, 60), (90, 80)])
    expect(me.page.locator(".set .shape")).to_have_attribute("d", re.compile("M.*M"))
    me.press("Undo stroke")
    expect(me.page.locator(".set .shape")).to_have_attribute("d", re.compile("^M[^M]*$"))
    me.press("Clear the shape")
    expect(me.page.locator(".set .shape")).to_have_count(0)
    expect(me.page.locator(".dc-toolbar")).to_be_hidden()  # a finger would wipe all in its corner


def test_words_about_a_mark_outlive_the_tab_in_which_they_were_typed(comes_in: ComesIn) -> None:
    me = comes_in("Miss Chloë Evans")
    begun(me)
    me.ask(body.region(me, "Left thigh, front"))
    field = me.page.get_by_label(CHILD, exact=True)
    with me.page.expect_response("**/session/draft"):
        field.press_sequentially(SAID)
        field.blur()
    again = me.tab()
    me.page.close()
    again.open("add-incident")
    again.press("Go on with it")
    expect(again.page.get_by_label(CHILD, exact=True)).to_have_value(SAID)
    expect(again.page.locator(".marks li")).to_have_count(1)


def a_photograph() -> FilePayload:
    content = io.BytesIO()
    Image.new("RGB", (80, 60), "brown").save(content, "JPEG")
    return {"name": "arm.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_a_photograph_of_an_injury_is_not_kept_for_a_teacher(comes_in: ComesIn) -> None:
    me = comes_in("Ms Priya Shah")
    begun(me)
    body.mark(me, 1, MARKS[1])
    body.no_advice(me)
    concern.answer(me, "Yes")
    me.press("Injury")
    with me.asking():
        me.page.locator("input[type=file]").set_input_files(a_photograph())
    concern.answer(me, "Yes", "Is this a photograph of an injury?")
    refusal = "Injuries are drawn and described, not photographed: remove this picture."
    me.sees(refusal)
    me.press("Check and send")
    expect(me.page.get_by_role("heading", name="Check and send")).to_have_count(0)
    concern.answer(me, "No", "Is this a photograph of an injury?")
    concern.check_and_send(me)


def test_a_further_map_is_added_with_an_action(comes_in: ComesIn) -> None:
    lead = comes_in("Mr Tom Barker")
    begun(lead)
    body.mark(lead, 1, MARKS[1])
    body.no_advice(lead)
    number = sent(lead)
    lead.open("add-action", number=number)
    lead.type("What was done, said or decided", "I looked at it again.")
    body.open_map(lead)
    body.mark(lead, 1, Seen("Back", "Left shoulder blade, back", "Bruise"))
    body.no_advice(lead)
    lead.press("Add Action")
    lead.sees("Please say what has changed since the last body map.")
    lead.type("What has changed since the last body map?", "It is yellow now.")
    lead.press("Add Action")
    expect(lead.page.get_by_role("heading", name="Body map", exact=True)).to_have_count(2)
    lead.sees("Since the last map: It is yellow now.")


def test_a_concern_with_a_map_that_is_a_draft_needs_the_student_first(comes_in: ComesIn) -> None:
    me = comes_in("Mrs Denise Cole")
    me.go("Add Incident")
    expect(me.button("Add body map")).to_be_disabled()
    me.sees("Choose the student first: the outlines fit their age.")
    concern.fill_in(me, Concern(("kay", "Kayleigh Roberts"), "No injury after all."))
    concern.check_and_send(me)
