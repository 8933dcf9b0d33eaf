"""A lead sends a child's file to another school and takes the receipt; another one takes it in."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import pyzipper
from playwright.sync_api import Locator, expect

from core import clock
from tests.browser import accessibility
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import PHONE, Somebody
from tests.core.paper import Paper
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("transfer")

LEAD, OTHER = "Mr Tom Barker", "Mrs Helen Whitlock"
SCHOOL = "St Mary’s *CE* Primary"
YESTERDAY = clock.now().date() - timedelta(days=1)


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own: the codes that are given here are used up."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("transfer"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def test_a_lead_sends_a_file_and_a_lead_elsewhere_takes_it_in(
    comes_in: ComesIn, oakfield: Oakfield, tmp_path: Path
) -> None:
    lead = comes_in(LEAD)
    begins(lead)
    lead.page.get_by_role("textbox", name="Authenticator code").fill(next_code(oakfield))
    lead.press("Make the file")
    expect(lead.page.get_by_role("link", name="Download")).to_be_visible()
    passphrase = re.search(r"(\d{5}-){5}\d{5}", lead.page.locator("body").inner_text())
    assert passphrase
    assert accessibility.faults(lead) == []
    with lead.page.expect_download() as download:
        lead.touch(lead.page.get_by_role("link", name="Download"))
    assert re.fullmatch(r"transfer-file-\d+\.zip", download.value.suggested_filename)
    file = tmp_path / "sent.zip"
    download.value.save_as(file)
    is_whole(file, passphrase[0], tmp_path)
    lead.go("Today")
    expect(notice(lead)).to_contain_text("Sent, no receipt yet, due")
    lead.ask(notice(lead).get_by_role("button", name="Open the transfer"))
    assert passphrase[0] not in lead.page.locator("body").inner_text()  # it was shown once
    lead.press("Record the receipt")
    lead.sees("Please say who signed for it: name and post.")
    lead.type("Signed by", "Mrs Jo Lane, DSL")
    lead.press("Record the receipt")
    lead.sees("Receipt is here")
    lead.go("Today")
    expect(notice(lead)).to_have_count(0)
    takes_in(comes_in(OTHER, PHONE), file, passphrase[0])
    assert lead.witness.complaints == []


def begins(me: Somebody) -> None:
    me.go("Students")
    me.choose("Find by any part of a name", "amara", "Amara D’Souza")
    me.press("Open chronology")
    me.press("Transfer")
    me.press("Record the transfer")
    me.sees("Please say to which school.", "Please say which day is the last one here.")
    me.type("To which school?", SCHOOL)
    me.type("Whom do we reach there?", "Mrs Jo Lane, DSL")
    me.type("Why does the student move?", "The family moves")
    with me.asking():
        me.page.get_by_role("spinbutton", name="day, Last day here").focus()
        me.page.keyboard.type(f"{YESTERDAY:%d%m%Y}")
        me.page.keyboard.press("Tab")
        me.page.keyboard.press("Tab")
    me.press("Record the transfer")
    me.sees("Not sent yet")


def next_code(oakfield: Oakfield) -> str:
    """The code of the half minute after this one: this one's was given at the door."""
    totp = pyotp.TOTP(oakfield.accounts[LEAD].totp_secret)
    return totp.at(clock.now() + timedelta(seconds=30))


def is_whole(file: Path, passphrase: str, folder: Path) -> None:
    """As a school without the app has it: unpacked, and checked with a tool of every system."""
    with pyzipper.AESZipFile(file) as archive:
        archive.setpassword(passphrase.encode())
        archive.extractall(folder / "unpacked")
    check = ["sha256sum", "--check", "--strict", "manifest.sha256"]
    assert subprocess.run(check, cwd=folder / "unpacked").returncode == 0
    paper = Paper((folder / "unpacked" / "record.pdf").read_bytes())
    assert "AmaraD’Souza" in paper.whole and len(paper.entries) > 10
    record = (folder / "unpacked" / "record.json").read_bytes()
    receipt = Paper((folder / "unpacked" / "receipt.pdf").read_bytes())
    assert hashlib.sha256(record).hexdigest() in receipt.whole


def notice(me: Somebody) -> Locator:
    """The line in Now."""
    return me.page.locator(".words-card").filter(has_text=SCHOOL)


def takes_in(me: Somebody, file: Path, passphrase: str) -> None:
    me.go("Transfers")
    me.ask(me.page.get_by_role("radio", name="A file came from another school"))
    with me.asking():
        me.page.set_input_files("input[type=file]", file)
    me.type("Passphrase", "12345 12345")
    me.press("Open the file")
    me.sees("This passphrase does not open the file: check it with the other school, "
            "group by group.")  # fmt: skip
    me.type("Passphrase", passphrase.replace("-", " "))
    me.press("Open the file")
    me.sees("The file is whole", "Amara D’Souza")
    assert accessibility.faults(me) == []
    me.press("Add it to this student")
    me.sees("From another school", "Oakfield Primary School")
    assert accessibility.faults(me) == []
    with me.page.expect_download() as download:
        me.touch(me.page.get_by_role("link", name="Download").first)
    assert download.value.suggested_filename == "The record.pdf"
    me.press("Open chronology")
    me.press("Open their record")
    me.sees("Their chronology")
    assert me.witness.complaints == []
