"""A lead takes a child's chronology out of the record; the file on disk is opened and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect

from core import clock
from tests.browser import accessibility
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import Somebody
from tests.core.paper import Paper, squeezed
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("export")

LEAD, OTHER, TEACHER = "Mr Tom Barker", "Mr Daniel Reyes", "Ms Priya Shah"
FOR, WHY = "Ms Ruth Adeyemi, *chair*", "Initial conference, #import $x$"


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own: the codes that are given here are used up."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("export"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def next_code(oakfield: Oakfield, name: str) -> str:
    """The code of the half minute after this one: this one's was given at the door."""
    totp = pyotp.TOTP(oakfield.accounts[name].totp_secret)
    return totp.at(clock.now() + timedelta(seconds=30))


def test_a_lead_exports_a_chronology_that_nobody_else_can_fetch(
    comes_in: ComesIn, oakfield: Oakfield, tmp_path: Path
) -> None:
    lead = comes_in(LEAD)
    opens(lead, "amara", "Amara D’Souza")
    lead.press("Make the file")
    lead.sees("Please say for whom it is.", "Please say why they need it.")
    fill_in(lead, "000000")
    lead.press("Make the file")
    lead.sees("This code is not right: wait for the next one, and type that.")
    expect(lead.page.get_by_role("link", name="Download")).to_have_count(0)
    fill_in(lead, next_code(oakfield, LEAD))
    lead.press("Make the file")
    link = lead.page.get_by_role("link", name="Download")
    address = link.get_attribute("href") or ""
    assert re.fullmatch(r"/exports/[0-9a-f]{64}", address)
    for other in (comes_in(OTHER), comes_in(TEACHER)):
        answer = other.context.request.get(address)
        assert (answer.status, "There is no such file" in answer.text()) == (404, True)
    assert accessibility.faults(lead) == []
    file = fetched(lead, tmp_path)
    assert re.fullmatch(r"chronology-\d+\.pdf", file.name)
    holds_the_record(Paper(file.read_bytes()))
    assert lead.context.request.get(address).status == 404
    lead.press("Back to the chronology")
    lead.touch(lead.page.get_by_text("Exports", exact=True))
    lead.sees(FOR, WHY)
    assert lead.witness.complaints == []


def opens(me: Somebody, typed: str, name: str) -> None:
    me.go("Students")
    me.choose("Find by any part of a name", typed, name)
    me.press("Open chronology")
    me.press("Export")


def fill_in(me: Somebody, code: str) -> None:
    for label, text in (("For whom?", FOR), ("Why do they need it?", WHY),
                        ("Authenticator code", code)):  # fmt: skip
        me.page.get_by_role("textbox", name=label, exact=True).fill(text)


def fetched(me: Somebody, folder: Path) -> Path:
    with me.page.expect_download() as download:
        me.touch(me.page.get_by_role("link", name="Download"))
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def holds_the_record(paper: Paper) -> None:
    numbers = [number for number, _ in paper.entries]
    assert len(numbers) == len(set(numbers)) > 10
    assert all(squeezed(FOR) in squeezed(page) for page in paper.pages)
    assert squeezed(WHY) in paper.whole and "AmaraD’Souza" in paper.whole
    assert "“HegotcrossbecauseIspiltit.Hedidn’tmeanto.Pleasedon’ttellMum.”" in paper.whole
    assert any("Body map, back: mark 1" in str(figure["/Alt"]) for figure in paper.tags("/Figure"))
