"""Every page, for everybody who may have it: at both sizes, by keyboard, and to a screen reader."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.person import Person, Role
from pages.parts import menu
from pages.parts.bar import MISSING_CHILD
from pages.parts.menu import PLACES, Place
from tests.browser import accessibility
from tests.browser.conftest import ComesIn, Demonstration
from tests.browser.somebody import LAPTOP, PHONE, Somebody

pytestmark = pytest.mark.xdist_group("every page")


class Who(NamedTuple):
    """Somebody, and whether they have given their code."""

    name: str
    role: Role
    code_given: bool = False
    is_chair: bool = False


STAFF = Who("Ms Priya Shah", Role.STAFF)
LEAD = Who("Mr Tom Barker", Role.LEAD, code_given=True)
LEAD_WITHOUT = Who("Mr Tom Barker", Role.LEAD)
HEAD = Who("Mr Daniel Reyes", Role.HEAD, code_given=True)
GOVERNOR = Who("Dr Anthony Okafor", Role.GOVERNOR, is_chair=True)
OFFICE = Who("Mrs Sandra Pike", Role.OFFICE)

NARROW = 320  # a laptop's screen at 400 %


def offered_to(who: Who) -> list[Place]:
    """What the menu has for them."""
    return menu.offered(Person(id="", email="", **who._asdict()))


def named(who: Who) -> str:
    return f"{who.role}-with-code" if who.code_given else who.role.value


@pytest.mark.parametrize("who", [STAFF, LEAD, LEAD_WITHOUT, HEAD, GOVERNOR, OFFICE], ids=named)
def test_everybody_is_offered_the_pages_that_are_theirs(comes_in: ComesIn, who: Who) -> None:
    me = comes_in(who.name, code_given=who.code_given)
    shown = [link.get_attribute("href") for link in me.bar.locator("a").all()]
    paths = [p.path for p in offered_to(who) if p.in_bar or p.in_more]
    missing = me.bar.get_by_role("button", name="A child is missing")
    expect(missing).to_have_count(paths.count(MISSING_CHILD))
    assert shown == [f"/{path}" for path in paths if path != MISSING_CHILD]


@pytest.mark.parametrize("who", [STAFF, GOVERNOR, OFFICE], ids=named)
def test_the_address_of_another_page_opens_ones_own(comes_in: ComesIn, who: Who) -> None:
    me, offered = comes_in(who.name), offered_to(who)
    paths = {place.path for place in PLACES} - {place.path for place in offered}
    for path in paths & {"chronology", "staff", "add-incident", "today"}:
        me.open(path)
        assert urlsplit(me.page.url).path == f"/{offered[0].path}", path


@pytest.mark.parametrize("who", [STAFF, LEAD, GOVERNOR], ids=named)
def test_every_page_is_drawn_whole_and_for_everybody(
    comes_in: ComesIn, demonstration: Demonstration, who: Who
) -> None:
    me = comes_in(who.name, code_given=who.code_given)
    for path in seen_by(who):
        me.open(path, **demonstration.query(path, who.name))
        is_drawn(me)
        for width in (LAPTOP.width, PHONE.width, NARROW):
            fits(me, width)
        assert accessibility.faults(me) == [], path
        me.page.set_viewport_size({"width": LAPTOP.width, "height": LAPTOP.height})
        assert accessibility.faults(me) == [], path
    assert me.witness.complaints == []


def seen_by(who: Who) -> list[str]:
    """The pages that others have not seen already, and those that are not the same for them."""
    same = {place.path for place in offered_to(STAFF)} - {"alerts", "incident"}
    return [p.path for p in offered_to(who) if who is STAFF or p.path not in same]


def is_drawn(me: Somebody) -> None:
    """With a heading, and without a box that says that something failed."""
    expect(me.page.get_by_role("heading", level=1)).to_be_visible()
    for box in ("stException", "stAlert"):
        expect(me.page.get_by_test_id(box)).to_have_count(0)


def fits(me: Somebody, width: int) -> None:
    """Nothing has to be scrolled sideways at this width, or has to be guessed."""
    me.page.set_viewport_size({"width": width, "height": me.device.height})
    for part in ("html", "[data-testid=stMain]"):
        expect(me.page.locator(part)).to_have_js_property("scrollWidth", width)
    expect(me.bar.get_by_role("button", name="Blank screen")).to_be_in_viewport(ratio=1)


def test_the_pages_before_the_app_are_for_everybody(comes_in: ComesIn) -> None:
    for device in (LAPTOP, PHONE):
        me = comes_in(LEAD_WITHOUT.name, device, code_given=False)
        for path in ("code", "change-password", "authenticator", "forgotten", "reset?token=no"):
            me.page.goto(f"/{path}")
            assert accessibility.faults(me) == [], path
            me.page.set_viewport_size({"width": NARROW, "height": device.height})
            assert me.page.evaluate("document.documentElement.scrollWidth") <= NARROW, path
