"""Silence ends a session; what was typed is there again after it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, expect

from core import example
from tests.browser import concern
from tests.browser.concern import ACCOUNT
from tests.browser.conftest import ComesIn, Demonstration
from tests.browser.somebody import Meet, Somebody
from tests.web.conftest import Served, free_port, serving

pytestmark = pytest.mark.xdist_group("time-out")

IDLE = 12.0  # seconds
LOST = 5.0  # seconds of typing that may be lost at most

SENTENCE = "Kayleigh told me that nobody was at home when she came back on Sunday night. "
OVER = "You have been signed out because nothing happened for 12 seconds. Sign in again to go on."
UNSENT = "You have an incident that was not sent."

Serve = Callable[..., AbstractContextManager[Served]]


@pytest.fixture
def serve(demonstration: Demonstration, tmp_path: Path) -> Serve:
    """Starts the app, and again at the same address."""
    folder = demonstration.copied_to(tmp_path / "school")
    return partial(serving, folder, school=False, port=free_port())


def test_typing_keeps_a_session_alive_and_silence_ends_it_in_every_tab(
    meet: Meet, serve: Serve
) -> None:
    with serve(IDLE_SECONDS=str(IDLE)) as served:
        cut_off = arrive(meet, served, "t.bello")
        cut_off.context.set_offline(True)
        teacher = arrive(meet, served, "p.shah")
        other_tab = teacher.tab()
        other_tab.open("alerts")
        typed = type_for(IDLE * 1.2, teacher)
        for tab in (teacher, other_tab):
            expect(tab.page.get_by_role("heading", level=1)).to_be_visible()
        for tab in (teacher, other_tab, cut_off):
            is_covered(tab)
        assert teacher.context.request.get("/session/alive").status == 401
        sign_in_again(teacher, "p.shah")
        expect(go_on(teacher)).to_have_value(typed)
        send_it(teacher)
        nothing_is_unsent(teacher)


def test_a_server_that_dies_while_somebody_types_loses_five_seconds_at_most(
    meet: Meet, serve: Serve
) -> None:
    with serve() as served:
        teacher = arrive(meet, served, "f.rahman")
        moments = type_and_note(8, teacher)
        served.process.kill()
        died_at = time.monotonic()
        teacher.context.close()
    with serve() as served:
        kept = go_on(arrive(meet, served, "f.rahman")).input_value()
    is_nearly_all(kept, moments, died_at)


def test_a_tab_that_dies_while_somebody_types_loses_five_seconds_at_most(
    comes_in: ComesIn,
) -> None:
    teacher = comes_in("Mrs Farida Rahman")
    moments = type_and_note(8, teacher)
    with teacher.page.expect_event("crash"), pytest.raises(Error):
        teacher.page.goto("chrome://crash")
    died_at = time.monotonic()
    again = teacher.tab()
    again.open("add-incident")
    is_nearly_all(go_on(again).input_value(), moments, died_at)


def test_a_page_that_outlives_its_server_loses_nothing(meet: Meet, serve: Serve) -> None:
    with serve() as served:
        teacher = arrive(meet, served, "g.pugh")
        before = type_for(4, teacher)
        served.process.kill()
        expect(account(teacher)).to_be_disabled()
    with serve():
        expect(account(teacher)).to_be_enabled()
        expect(account(teacher)).to_have_value(before)
        after = type_for(1, teacher)
        teacher.page.keyboard.press("Tab")
        expect(go_on(teacher)).to_have_value(after)


def is_nearly_all(kept: str, moments: list[tuple[float, str]], died_at: float) -> None:
    """Whether a draft has what had been typed five seconds before."""
    safe = max((text for at, text in moments if at <= died_at - LOST), key=len)
    assert safe and kept.startswith(safe)
    assert moments[-1][1].startswith(kept)


def arrive(meet: Meet, served: Served, name: str) -> Somebody:
    me = meet(served.address)
    me.sign_in(f"{name}@oakfield.example", example.PASSWORD)
    return me


def account(me: Somebody) -> Locator:
    return me.page.get_by_role("textbox", name=ACCOUNT)


def type_for(seconds: float, me: Somebody) -> str:
    """Types for so long without leaving the field, and returns all that it holds."""
    return type_and_note(seconds, me)[-1][1]


def type_and_note(seconds: float, me: Somebody) -> list[tuple[float, str]]:
    """What the field held at which moment, for so long after the first sentence."""
    field, begun = account(me), time.monotonic()
    field.focus()
    moments = [(begun, field.input_value())]
    while len(moments) < 2 or moments[-1][0] < moments[1][0] + seconds:
        field.press_sequentially(SENTENCE, delay=20)
        moments.append((time.monotonic(), moments[-1][1] + SENTENCE))
    return moments


def is_covered(me: Somebody) -> None:
    """The sentence is there, and nothing of the page is left."""
    expect(me.page.get_by_text(OVER)).to_be_visible(timeout=2000 * IDLE)
    expect(me.page.get_by_test_id("stApp")).to_have_count(0)
    assert SENTENCE not in me.page.content()


def sign_in_again(me: Somebody, name: str) -> None:
    expect(me.page.get_by_text("What you wrote has been kept for you.")).to_be_visible()
    me.page.get_by_role("button", name="Sign in again").click()
    me.give_password(f"{name}@oakfield.example", example.PASSWORD)
    me.settle()


def go_on(me: Somebody) -> Locator:
    """Takes up what was not sent."""
    expect(me.page.get_by_text(UNSENT)).to_be_visible()
    me.press("Go on with it")
    expect(account(me)).to_be_visible()
    return account(me)


def send_it(me: Somebody) -> None:
    concern.choose_student(me, "kayl", "Kayleigh Roberts")
    concern.answer(me, "Yes")
    me.press("Behaviour")
    concern.check_and_send(me)


def nothing_is_unsent(me: Somebody) -> None:
    me.open("add-incident")
    expect(account(me)).to_have_value("")
    expect(me.page.get_by_text(UNSENT)).to_have_count(0)
