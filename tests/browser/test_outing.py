"""An outing: planned, approved, started, and its children counted with one thumb."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from core import moments
from core.demonstration import LONDON
from tests.browser.accessibility import faults
from tests.browser.conftest import ComesIn, Demonstration, Oakfield
from tests.browser.somebody import PHONE, Somebody
from tests.web.conftest import serving

pytestmark = pytest.mark.xdist_group("going home")

PLACE = "Old *Mill*"
PAPER: FilePayload = {
    "name": "risks.txt",
    "mimeType": "text/plain",
    "buffer": b"The road: two and two.",
}


@pytest.fixture(scope="module")
def oakfield(
    demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Oakfield]:
    """A school of this file's own, from which children go out."""
    folder = demonstration.copied_to(tmp_path_factory.mktemp("outing"))
    with serving(folder, school=False) as served:
        yield Oakfield(served, demonstration.accounts)


def types_into(me: Somebody, first: str, keys: str) -> None:
    """A date or a time, part by part."""
    me.page.get_by_role("spinbutton", name=first).focus()
    with me.asking():
        me.page.keyboard.type(keys)
        me.page.keyboard.press("Tab")
        me.page.keyboard.press("Tab")


def part(me: Somebody, name: str) -> None:
    me.ask(me.page.get_by_role("radio", name=name, exact=True))


def group(me: Somebody, adult: str) -> Locator:
    return me.page.locator(".words-slim").filter(has_text=adult)


def test_an_outing_is_planned_approved_and_counted_on_a_phone(comes_in: ComesIn) -> None:
    bello, today = comes_in("Mr Tunde Bello", PHONE), moments.today(LONDON)
    bello.go("Outings")
    bello.type("Where to", PLACE)
    bello.press("Plan it")
    bello.sees("Please give the day: today, or one to come.")
    types_into(bello, "day, Day", f"{today:%d%m%Y}")
    types_into(bello, "hour, Leaves at", "0900")
    types_into(bello, "hour, Back at", "1500")
    bello.press("Plan it")  # what was typed before is still there
    bello.sees("No student comes yet: add them first.")
    expect(bello.page.get_by_role("heading", name=PLACE)).to_be_visible()
    bello.press("The whole class comes")
    part(bello, "Adults")
    bello.press("Add helper")
    bello.sees("Please give the helper’s name.")
    bello.type("Helper without an account", "Mrs Jo Archer")
    bello.type("Telephone on the way", "07700 900777")
    bello.press("Add helper")
    part(bello, "Groups")
    bello.press("Share them out evenly")
    part(bello, "Risk assessment")
    with bello.asking():
        bello.page.locator("input[type=file]").set_input_files(PAPER)
    bello.press("Attach")
    bello.sees("The head has not approved the risk assessment yet.")
    expect(bello.button("Start the outing")).to_have_count(0)
    expect(bello.button("Approve")).to_have_count(0)
    where = bello.page.url

    head = comes_in("Mr Daniel Reyes")
    head.page.goto(where)
    head.settle()
    part(head, "Risk assessment")
    head.press("Approve")
    head.sees("Approved by the head")

    bello.page.reload()
    bello.settle()
    if bello.page.get_by_label("Why does it start all the same?").count():
        bello.type("Why does it start all the same?", "They come by themselves")
    bello.press("Start the outing")
    expect(bello.page).to_have_url(re.compile(r"/head-count\?outing="))
    head.page.goto(bello.page.url)  # and touches nothing from here on
    head.settle()
    helpers = group(bello, "Mrs Jo Archer")
    bello.ask(group(bello, "Mr Tunde Bello").get_by_role("button", name="here"))
    expect(head.page.get_by_text("1 of 2 groups counted")).to_be_visible()
    bello.ask(helpers.get_by_role("button", name="here"))
    expect(bello.page.get_by_text("Does not match")).to_have_count(0)
    assert faults(bello) == []

    bello.press("Boarding")  # a complete group takes two taps: the stage, and that all are here
    bello.ask(group(bello, "Mr Tunde Bello").get_by_role("button", name="here"))
    bello.ask(helpers.get_by_role("button", name="By name"))
    first = bello.page.locator(".words-slim").filter(
        has=bello.page.get_by_role("button", name="Not here")
    )
    lost = first.first.locator("strong").inner_text()
    bello.ask(first.first.get_by_role("button", name="Not here"))
    bello.ask(bello.page.get_by_role("button", name="Record"))
    blocked = bello.page.locator(".words-card").filter(has_text="Does not match")
    expect(blocked).to_contain_text("Not here: ")
    expect(blocked).to_contain_text(lost)
    head.sees("Does not match")
    expect(head.page.get_by_role("heading", name="Boarding")).to_be_visible()
    expect(blocked.get_by_role("button", name="A child is missing")).to_be_visible()
    expect(bello.button("Arriving")).to_have_count(0)
    assert faults(bello) == []
    bello.ask(blocked.get_by_role("button", name="Count again"))
    bello.ask(
        bello.page.locator(".words-slim").filter(has=bello.page.get_by_text(lost, exact=True))
        .get_by_role("button", name="Here", exact=True)
    )  # fmt: skip
    bello.ask(bello.page.get_by_role("button", name="Record"))
    expect(blocked).to_have_count(0)
    bello.press("Arriving")
    expect(bello.page.get_by_role("heading", name="Arriving")).to_be_visible()
    bello.ask(helpers.get_by_role("button", name="By name"))
    bello.ask(first.first.get_by_role("button", name="Not here"))
    bello.ask(bello.page.get_by_role("button", name="Record"))
    bello.ask(blocked.get_by_role("button", name="A child is missing"))
    expect(bello.page).to_have_url(re.compile(r"/missing-child\?log="))
    expect(bello.page.get_by_text(lost).first).to_be_visible()
    assert bello.witness.complaints + head.witness.complaints == []
