"""A form is printed by a teacher and entered by a lead; the head makes the pack for Ofsted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect

from core import clock, moments
from tests.browser import accessibility, concern
from tests.browser.concern import Concern
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import LAPTOP, PHONE, Somebody
from tests.core.paper import Paper, squeezed
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("paper and pack")

HEAD, LEAD, TEACHER = "Mr Daniel Reyes", "Mr Tom Barker", "Ms Priya Shah"
MISSING = (
    "Please say on which day it was written.",
    "Please say who wrote it, as on the paper.",
    "Please say where the paper is kept.",
)
DAY = clock.now().date() - timedelta(days=2)
WROTE = "Mr Sam *Supply*"
FOR, WHY = "Ms Ruth Adeyemi, *HMI*", "Inspection, #import $x$"


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own: the codes that are given here are used up."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("paper"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def test_a_form_is_printed_by_a_teacher_and_entered_by_a_lead(
    comes_in: ComesIn, tmp_path: Path
) -> None:
    teacher = comes_in(TEACHER, PHONE)
    teacher.go("Paper forms")
    expect(teacher.button("Enter a paper form")).to_have_count(0)
    teacher.press("Print blank forms")
    paper = Paper(fetched(teacher, tmp_path).read_bytes())
    assert len(paper.pages) == 3
    (number,) = {found for page in paper.pages for found in re.findall(r"Form (\d+)", page)}
    lead = comes_in(LEAD, LAPTOP)
    lead.go("Paper forms")
    lead.press("Enter a paper form")
    lead.press("This is not from paper")
    expect(lead.page.get_by_role("heading", name="The paper form")).to_have_count(0)
    lead.go("Paper forms")
    lead.press("Enter a paper form")
    about = ("amara", "Amara D’Souza")
    concern.fill_in(lead, Concern(about, "She cried in the corridor.", categories=("Other",)))
    lead.press("Check and send")
    lead.sees(*MISSING)
    told(lead, number)
    concern.check(lead)
    said = f"{WROTE}, supply teacher, on paper form {number}, {moments.day(DAY)}"
    lead.sees(f"{said}, entered by {LEAD}")
    incident = concern.send(lead)
    lead.open("incident", number=incident)
    expect(lead.page.get_by_text(f"{said}, entered by {LEAD}")).to_be_visible()
    lead.sees("Locked cabinet")
    assert accessibility.faults(lead) == []
    lead.press("Open chronology")
    expect(lead.page.get_by_text(f"{said}, entered by {LEAD}").first).to_be_visible()
    assert teacher.witness.complaints + lead.witness.complaints == []


def told(lead: Somebody, number: str) -> None:
    """What the paper says of itself."""
    field = lead.page.get_by_label("Form number")
    with lead.asking():
        field.fill(number)
        field.blur()
    with lead.asking():
        lead.page.get_by_role("spinbutton", name="day, Written on").focus()
        lead.page.keyboard.type(f"{DAY:%d%m%Y}")
        lead.page.keyboard.press("Tab")
        lead.page.keyboard.press("Tab")
    lead.type("Or by somebody else, named on the paper as", WROTE)
    lead.type("Who is", "supply teacher")
    lead.type("Where is the original kept?", "Locked cabinet")


def test_the_head_makes_the_pack_for_ofsted(
    comes_in: ComesIn, oakfield: Oakfield, tmp_path: Path
) -> None:
    head = comes_in(HEAD, LAPTOP)
    head.go("Ofsted")
    head.press("Make the file")
    head.sees("Please say for whom it is.", "Please say why they need it.")
    totp = pyotp.TOTP(oakfield.accounts[HEAD].totp_secret)
    code = totp.at(clock.now() + timedelta(seconds=30))  # this one's was given at the door
    for label, text in (("For whom?", FOR), ("Why do they need it?", WHY),
                        ("Authenticator code", code)):  # fmt: skip
        head.page.get_by_role("textbox", name=label, exact=True).fill(text)
    head.press("Make the file")
    file = fetched(head, tmp_path)
    assert re.fullmatch(r"ofsted-\d+\.pdf", file.name)
    paper = Paper(file.read_bytes())
    assert all(squeezed(FOR) in squeezed(page) for page in paper.pages)
    assert "Concernsthatreachedtheteam" in paper.whole and "Amara" not in paper.whole
    assert accessibility.faults(head) == []
    head.touch(head.page.get_by_text("Exports", exact=True))
    head.sees(FOR, WHY)
    assert head.witness.complaints == []


def fetched(me: Somebody, folder: Path) -> Path:
    link = me.page.get_by_role("link", name="Download")
    with me.page.expect_download() as download:
        me.touch(link)
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file
