"""A lead writes a report to a conference, is interrupted, goes on, and opens the file on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Locator, expect

from core import clock
from core.reports.statements import SECTIONS
from tests.browser import accessibility
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import Somebody
from tests.core.paper import Paper, squeezed
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("conference")

LEAD, OTHER = "Mr Tom Barker", "Mrs Helen Whitlock"
ELSE = "Mr Ola Lund, guardian"
HEAD = re.compile(r"\A.*?CONFIDENTIAL.*?born \d+ \w+ \d{4}", re.DOTALL)
FOOT = re.compile(r"\nExported .*?Head of the record’s ledger: \S+", re.DOTALL)
WHY = "Hungry *since* autumn, #import $x$"
TYPED = {
    "What conference is it for?": "Initial conference",
    "For whom?": "Ms Ruth Adeyemi, chair",
    "Parents, carers and who lives at home": "Mrs D’Souza, mother",
    "Why is the school involved, and what has it done?": WHY,
    **{f"{each.name}: statement 1": f"SaidOf{key}" for key, each in SECTIONS.items()
       if each.missing},
}  # fmt: skip


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own: the codes that are given here are used up."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("conference"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def test_a_lead_writes_a_report_goes_away_comes_back_and_opens_the_file(
    comes_in: ComesIn, oakfield: Oakfield, tmp_path: Path
) -> None:
    lead = comes_in(LEAD)
    opens(lead)
    lead.press("Make the report")
    lead.sees("Please say what conference it is for.", "Please write what you recommend.",
              "Please say whether it was shared.")  # fmt: skip
    for label, text in TYPED.items():
        writes(lead, label, text)
    lead.press("Back to the chronology")
    lead.press("Conference report")
    for label, text in TYPED.items():
        expect(field(lead, label)).to_have_value(text)
    for number in range(3):
        knows(lead, number, "Our opinion")
    for _ in range(2):
        says_no(lead)
    writes(lead, "Authenticator code", next_code(oakfield, LEAD))
    assert accessibility.faults(lead) == []
    lead.press("Make the report")
    link = lead.page.get_by_role("link", name="Download")
    paper = fetched(lead, link, tmp_path)
    for text in TYPED.values():
        assert squeezed(text) in paper.whole
    lead.touch(lead.page.get_by_text("Earlier reports", exact=True))
    expect(
        lead.page.get_by_text(re.compile(f"Initial conference, made .* by {LEAD}"))
    ).to_be_visible()
    expect(field(lead, "Why is the school involved, and what has it done?")).to_have_value("")
    assert lead.witness.complaints == []
    other = comes_in(OTHER)
    opens(other)
    again = opened_again(other, oakfield, tmp_path)
    whole = TYPED["For whom?"]
    assert body(again) == body(paper).replace(squeezed(whole), squeezed(ELSE))
    assert other.witness.complaints == []


def opened_again(me: Somebody, oakfield: Oakfield, folder: Path) -> Paper:
    """The report that was made, as another lead has it made again."""
    me.touch(me.page.get_by_text("Earlier reports", exact=True))
    writes(me, "For whom is it opened?", ELSE)
    writes(me, "Authenticator code for this one", next_code(oakfield, OTHER))
    me.press("Open it again")
    return fetched(me, me.page.get_by_role("link", name="Download"), folder)


def next_code(oakfield: Oakfield, name: str) -> str:
    """The code of the half minute after this one: this one's was given at the door."""
    totp = pyotp.TOTP(oakfield.accounts[name].totp_secret)
    return totp.at(clock.now() + timedelta(seconds=30))


def fetched(me: Somebody, link: Locator, folder: Path) -> Paper:
    with me.page.expect_download() as download:
        me.touch(link)
    assert re.fullmatch(r"conference-report-\d+\.pdf", download.value.suggested_filename)
    download.value.save_as(folder / "report.pdf")
    return Paper((folder / "report.pdf").read_bytes())


def body(paper: Paper) -> str:
    """What stands on the pages between head and foot."""
    return squeezed("".join(HEAD.sub("", FOOT.sub("", p.replace("\r", ""))) for p in paper.pages))


def opens(me: Somebody) -> None:
    me.go("Students")
    me.choose("Find by any part of a name", "amara", "Amara D’Souza")
    me.press("Open chronology")
    me.press("Conference report")


def field(me: Somebody, label: str) -> Locator:
    return me.page.get_by_role("textbox", name=label, exact=True)


def writes(me: Somebody, label: str, text: str) -> None:
    field(me, label).fill(text)
    with me.asking():
        field(me, label).press("Tab")


def knows(me: Somebody, number: int, how: str) -> None:
    box = me.page.get_by_role("combobox", name="How do we know this?").nth(number)
    box.focus()
    me.page.keyboard.type("opinion")  # once its list is open, the others cannot be counted any more
    me.ask(me.page.get_by_role("option").filter(has_text=how).first)
    me.page.keyboard.press("Tab")
    expect(me.page.get_by_role("listbox")).to_have_count(0)


def says_no(me: Somebody) -> None:
    """To the first question of the two that has no answer yet."""
    answered = me.page.get_by_role("textbox", name="Why not?").count()
    me.ask(me.page.get_by_role("radio", name="No", exact=True).nth(answered))
    box = me.page.get_by_role("textbox", name="Why not?").nth(answered)
    box.fill("Not yet")
    with me.asking():
        box.press("Tab")
