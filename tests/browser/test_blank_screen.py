"""The Blank screen: at once, whatever else goes on, and not by reading the page's text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from playwright.sync_api import Locator, expect

from core import example
from tests.browser.concern import ACCOUNT, anew
from tests.browser.conftest import ComesIn, Oakfield
from tests.browser.somebody import LAPTOP, PHONE, Device, Somebody

pytestmark = pytest.mark.xdist_group("Blank screen")

TEACHER = "Miss Chloë Evans"
TYPED = "I have begun to write this."

# Notes when a press reached the page, and when the first frame after it was painted in which
# nothing of the page is drawn.
STOPWATCH = """
addEventListener('pointerdown', (event) => { window.pressedAt = event.timeStamp; }, true);
new MutationObserver(() => {
  if (getComputedStyle(document.body).display !== 'none' || window.coveredAt) return;
  requestAnimationFrame(() => setTimeout(() => { window.coveredAt ??= performance.now(); }));
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true });
"""
AT_MOST = 250  # milliseconds, on any machine; `make bench` asks for less


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=lambda device: device.name)
def test_a_press_covers_the_page_and_another_one_brings_it_back(
    comes_in: ComesIn, device: Device
) -> None:
    me = begin(comes_in, device)
    me.page.evaluate(STOPWATCH)
    me.touch(blank(me))
    is_covered(me)
    took = me.page.evaluate("coveredAt - pressedAt")
    print(f"from the press to the covered page, {device.name}: {took:.0f} ms")
    assert took <= AT_MOST
    me.touch(back(me))
    is_back(me)


def test_escape_pressed_twice_covers_the_page(comes_in: ComesIn) -> None:
    me = begin(comes_in)
    for _ in range(2):
        me.page.keyboard.press("Escape")
    is_covered(me)
    me.page.keyboard.press("Enter")
    is_back(me)


def test_it_works_while_the_server_is_busy(comes_in: ComesIn, oakfield: Oakfield) -> None:
    me = begin(comes_in)
    with halted(oakfield):
        me.button("Behaviour").click()
        blank(me).click()
        is_covered(me)
        back(me).click()
        is_back(me)
    me.settle()


def test_it_works_above_an_open_dialog(comes_in: ComesIn) -> None:
    me = begin(comes_in)
    me.button("Choose date").click()
    calendar = me.page.get_by_role("grid")
    expect(calendar).to_be_visible()
    blank(me).click()
    is_covered(me)
    expect(calendar).to_be_hidden()
    back(me).click()
    is_back(me)


def test_it_stays_when_the_page_is_loaded_again(comes_in: ComesIn) -> None:
    me = begin(comes_in)
    blank(me).click()
    me.page.reload()
    is_covered(me)
    back(me).click()
    expect(me.page.get_by_text(TYPED).first).to_be_visible()  # a draft now


def test_after_a_minute_it_takes_the_password(comes_in: ComesIn) -> None:
    me = comes_in(TEACHER)
    me.page.clock.install()
    me.page.reload()
    me.settle()
    blank(me).click()
    me.page.clock.fast_forward(61_000)
    asks_for_the_password(me)


def test_loading_again_does_not_spare_the_password(comes_in: ComesIn) -> None:
    me = begin(comes_in)
    blank(me).click()
    me.page.evaluate("sessionStorage['bigger-picture:blank'] -= 61_000")
    me.page.reload()
    asks_for_the_password(me)


def begin(comes_in: ComesIn, device: Device = LAPTOP) -> Somebody:
    """Somebody who has typed a little, and not left the field."""
    me = comes_in(TEACHER, device)
    anew(me)
    account(me).fill(TYPED)
    return me


def account(me: Somebody) -> Locator:
    return me.page.get_by_role("textbox", name=ACCOUNT)


def blank(me: Somebody) -> Locator:
    return me.bar.get_by_role("button", name="Blank screen")


def back(me: Somebody) -> Locator:
    return me.page.get_by_role("button", name="Click to return")


def is_covered(me: Somebody) -> None:
    """Nothing of the page is to be seen, read out, or found in the name of the tab."""
    expect(me.page.get_by_role("dialog", name="The screen is blank")).to_be_visible()
    expect(me.page.locator("body")).to_be_hidden()
    expect(me.bar).to_be_hidden()
    expect(me.page).to_have_title("Bigger Picture")
    assert me.page.locator("html").inner_text() == ""
    assert TYPED not in me.page.locator("html").aria_snapshot()


def is_back(me: Somebody) -> None:
    expect(account(me)).to_be_visible()
    expect(account(me)).to_have_value(TYPED)
    expect(blank(me)).to_be_visible()


def asks_for_the_password(me: Somebody) -> None:
    """A wrong one is told, the right one brings the page back."""
    page = me.page
    expect(page.get_by_text("Please give your password to return.")).to_be_visible()
    expect(back(me)).to_have_count(0)
    expect(page.locator("body")).to_be_hidden()
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Return", exact=True).click()
    expect(page.get_by_text("The password is not right.")).to_be_visible()
    page.get_by_label("Password").fill(example.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Add Incident")).to_be_visible()


@contextmanager
def halted(oakfield: Oakfield) -> Iterator[None]:
    """The server answers nobody, as if it had too much to do."""
    process = psutil.Process(oakfield.served.process.pid)
    process.suspend()
    try:
        yield
    finally:
        process.resume()
