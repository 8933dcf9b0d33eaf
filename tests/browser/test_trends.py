"""What a governor's browser is given: released numbers, no child's name, and no other page.

Exact numbers are on paper alone, in a copy that the head makes for one of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import expect

from core import clock, example, people, pupils
from core.example import Account
from core.person import SYSTEM, Person, Role
from core.records import PersonDetails
from core.store import Store, new_id
from core.store import key as keys
from tests.browser import accessibility
from tests.browser.conftest import Demonstration
from tests.browser.somebody import Meet, Somebody
from tests.core.paper import Paper, squeezed
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("trends")

LEAD, HEAD = "Mr Tom Barker", "Mr Daniel Reyes"
TERM, HALF = "Spring 2026", "Spring 2026, second half"
WHOM = "Mrs Zoë D’Arcy, *link* governor"

EMAIL = "governor@school.example"
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(
    plot => JSON.stringify([plot.data, plot.layout.annotations]))"""


@pytest.fixture(scope="module")
def address(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The demonstration school with a governor who is not the chair."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("trends"))
    with closing(Store.open(folder / "data", (keys.read(folder / "key")))) as store:
        governor = PersonDetails(person=new_id(), name="Ms Ada Governor", email=EMAIL,
                                 role=Role.GOVERNOR)  # fmt: skip
        store.append(governor, by=SYSTEM)
        person = people.of(store, governor.person)
        assert person
        list(example.open_accounts(store, [person]))
    with serving(folder, school=False) as served:
        yield served.address


@pytest.fixture
def governor(meet: Meet, address: str) -> Somebody:
    me = meet(address)
    me.sign_in(EMAIL, example.PASSWORD)
    return me


def test_the_page_and_its_charts_hold_released_numbers_and_no_name(
    governor: Somebody, demonstration: Demonstration
) -> None:
    governor.open("trends")
    expect(governor.page.locator(".js-plotly-plot").nth(1)).to_be_attached()
    page, figures = governor.page.content(), governor.page.evaluate(FIGURES)
    assert "about" in page and len(figures) > 1
    for figure in figures:
        assert_released(figure)
    for name in children(demonstration.folder):
        assert name not in page and all(name not in figure for figure in figures)


def test_a_lead_releases_a_term_and_the_head_makes_a_copy_for_one_governor(
    governor: Somebody, meet: Meet, address: str, demonstration: Demonstration, tmp_path: Path
) -> None:
    lead, head = (comes_in(meet(address), demonstration.accounts[name]) for name in (LEAD, HEAD))
    lead.go("Releases")
    lead.choose("Make a release of", HALF, HALF)
    expect(lead.page.get_by_role("heading", name="What governors would see")).to_be_visible()
    assert accessibility.faults(lead) == []
    lead.press("Make this release")
    lead.sees("Released: governors see it from now on")
    governor.open("trends")
    governor.choose("Period", HALF, HALF)
    expect(governor.page.locator(".js-plotly-plot").first).to_be_visible()
    head.go("Confidential report")
    head.press("Make this copy")
    head.sees("Please choose a term or a year that is over.", "Please say why they need it.")
    head.touch(head.find("Period", TERM).filter(has_text=TERM).first)  # in a form: asks nothing yet
    fill_in(head, demonstration.accounts[HEAD])
    head.press("Make this copy")
    link = head.page.get_by_role("link", name="Download")
    for other in (governor, lead):
        answer = other.context.request.get(str(link.get_attribute("href")))
        assert (answer.status, "There is no such file" in answer.text()) == (404, True)
    assert accessibility.faults(head) == []
    file = fetched(head, tmp_path)
    assert file.name == f"CONFIDENTIAL-{TERM.lower().replace(' ', '-')}-copy-1.pdf"
    paper = Paper(file.read_bytes())
    assert all(squeezed(f"Only for {WHOM}") in squeezed(page) for page in paper.pages)
    assert not any(squeezed(name) in paper.whole for name in children(demonstration.folder))
    publishes(lead, demonstration.accounts[LEAD], tmp_path)
    assert head.witness.complaints + lead.witness.complaints == []


def comes_in(me: Somebody, account: Account) -> Somebody:
    me.sign_in(account.email, account.password, pyotp.TOTP(account.totp_secret).at(clock.now()))
    return me


def publishes(lead: Somebody, account: Account, folder: Path) -> None:
    lead.go("Governors’ report")
    fill_in(lead, account)
    lead.press("Make the file")
    file = fetched(lead, folder)
    assert re.fullmatch(r"trends-\d+\.pdf", file.name)
    paper = Paper(file.read_bytes())
    assert "Forpublication" in paper.whole and squeezed(WHOM) not in paper.whole


def fill_in(me: Somebody, account: Account) -> None:
    code = pyotp.TOTP(account.totp_secret).at(clock.now() + timedelta(seconds=30))
    for label, text in (("For whom?", WHOM), ("Why do they need it?", "Link meeting"),
                        ("Authenticator code", code)):  # fmt: skip
        me.page.get_by_role("textbox", name=label, exact=True).fill(text)


def fetched(me: Somebody, folder: Path) -> Path:
    with me.page.expect_download() as download:
        me.touch(me.page.get_by_role("link", name="Download"))
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def assert_released(figure: str) -> None:
    """Bars have the length of a rounded number, and what is withheld has none."""
    (bars, said, *_), _ = json.loads(figure)
    if "base" in bars:
        assert_released_over_time(bars, said)
        return
    told = [int(text.split()[-1]) for text in bars["text"]]
    assert bars["x"] == told and all(number % 5 == 0 and number > 0 for number in told)
    for x, text in zip(said["x"], said["text"], strict=True):
        assert x == (0 if text.strip() == "withheld" else int(text.split()[-1]))


def assert_released_over_time(bars: Any, said: Any) -> None:
    """Period after period: a bar is as long as the number that is said of it, and a word that
    stands where there is none holds no number."""
    for length, told in zip(bars["y"], bars["customdata"], strict=True):
        assert re.search(rf": about {length}\b", told), told
        assert length % 5 == 0 or told.split(",")[-2].endswith("h"), told
    numbers = [int(found[1]) for text in said["text"] if (found := re.search(r"(\d+)", text))]
    assert numbers == bars["y"]


def children(folder: Path) -> set[str]:
    """The names of all children of the school."""
    with closing(Store.open(folder / "data", keys.read(folder / "key"))) as store:
        office = Person(id="office", name="", email="", role=Role.OFFICE)
        return {pupil.name for pupil in pupils.everyone(store, by=office)}
