"""A head answers a request for a child's record: goes through it, stops, goes on, and sends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Locator, expect

from core import clock, incidents, people, pupils
from core.person import Role
from core.store import Store
from core.store import key as keys
from tests.browser import accessibility
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import Somebody
from tests.core.paper import Paper, squeezed
from tests.core.school import a_concern
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("subject access")

HEAD = "Mr Daniel Reyes"
CHILD = "Quilla Marsh"
TOLD = "Xanthe said that Grace, her cousin, will come in grace. SecretPlace. KeptWords"


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school with a child about whom one thing is written."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("access"))
    store = Store.open(folder / "data", keys.read(folder / "key"))
    head = next(p for p in people.teaching(store) if p.role is Role.HEAD)
    born = date(2017, 5, 4)
    ids = pupils.add(
        store,
        [pupils.Details(name=name, born_on=born, class_name="4 Birch")
         for name in (CHILD, "Xanthe Ooi", "Grace Ooi")],
        by=people.of(store, head.id, code_given=True) or head,
    )  # fmt: skip
    incidents.add(store, a_concern(ids[0], account=TOLD), by=head)
    store.close()
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def test_a_head_answers_a_request_without_what_belongs_to_others(
    comes_in: ComesIn, oakfield: Oakfield, tmp_path: Path
) -> None:
    head = comes_in(HEAD)
    head.go("Students")
    head.choose("Find by any part of a name", "quilla", CHILD)
    head.press("Open chronology")
    head.press("Subject access")
    records(head)
    head.press("Go through the next")
    assert {HEAD, "Xanthe", "Grace", "grace"} <= taken_out(head)
    head.ask(head.page.get_by_role("button", name=re.compile("Leave all .* with a wavy line")))
    head.ask(place(head, "Grace"))
    writes(head, "Something else to take out", "secretplace")
    head.press("Take it out")
    head.sees("Taken out once.")
    assert accessibility.faults(head) == []
    head.press("Keep and go on")
    head.sees("1 of 1 entries are done.")
    head.touch(head.page.get_by_text("Those that are done"))
    head.press("Open")
    assert taken_out(head) == {HEAD, "Xanthe", "SecretPlace"}
    head.press("Back without keeping")
    totp = pyotp.TOTP(oakfield.accounts[HEAD].totp_secret)
    writes(head, "Authenticator code", totp.at(clock.now() + timedelta(seconds=30)))
    head.press("Make the file")
    content = fetched(head, tmp_path)
    whole = Paper(content).whole
    for text in (HEAD, "Xanthe", "SecretPlace", "Reyes"):
        assert squeezed(text) not in whole
    assert squeezed("T said that Grace, her cousin, will come in grace. T. KeptWords") in whole
    assert squeezed("3 × T") in whole
    assert head.witness.complaints == []


def records(me: Somebody) -> None:
    """That a request came today; after everything that is missing was told."""
    me.press("Record the request")
    me.sees("Please say on which day.", "Please say who asks for it.")
    me.page.get_by_role("spinbutton", name="day, Received on").focus()
    me.page.keyboard.type(f"{clock.now():%d%m%Y}")
    writes(me, "Who asks?", "Ms Lena Marsh")
    writes(me, "Who are they to the child?", "mother")
    me.press("Record the request")
    expect(me.page.get_by_text(re.compile(r"Due by \d+ \w+ \d{4}"))).to_be_visible()


def taken_out(me: Somebody) -> set[str]:
    """The words of the entry that are taken out, as they are pressed; once they are there."""
    expect(place(me, "Grace")).to_be_visible()
    return {*me.page.locator("button.words-place[aria-pressed=true]").all_inner_texts()}


def place(me: Somebody, words: str) -> Locator:
    return me.page.locator("button.words-place", has_text=re.compile(f"^{words}$"))


def writes(me: Somebody, label: str, text: str) -> None:
    me.page.get_by_role("textbox", name=label, exact=True).fill(text)


def fetched(me: Somebody, folder: Path) -> bytes:
    with me.page.expect_download() as download:
        me.touch(me.page.get_by_role("link", name="Download"))
    assert re.fullmatch(r"subject-access-\d+\.pdf", download.value.suggested_filename)
    download.value.save_as(folder / "answer.pdf")
    return (folder / "answer.pdf").read_bytes()
