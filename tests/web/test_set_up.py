"""Setting up a school whose data folder is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import example
from tests.web.conftest import LEAD, TEACHERS, Served, serving
from tests.web.test_doors import enrol, recovery_codes_on
from tests.web.visits import PASSWORD, PATIENCE, Browser

INVENTED = "j.nowak@oakfield.example"

FORM = {
    "school": "Oakfield Primary",
    "name": "Mrs Helen Whitlock",
    "email": "lead@school.example",
    "password": PASSWORD,
    "repeat": PASSWORD,
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path, school=False) as running:
        yield running


def code_from_terminal(served: Served) -> str:
    found = re.search(r"one-time code:\s+([A-Z0-9-]+)", served.log.read_text())
    assert found
    return found[1]


def standing(browser: Browser) -> str:
    with browser.tab() as tab:
        found = re.search(r'"standing": "([^"]+)"', tab.run())
    assert found
    return found[1]


def test_a_school_is_set_up_once_by_whoever_sees_the_terminal(empty: Served) -> None:
    browser = empty.browser()
    assert browser.http.get("/sign-in").headers["location"] == "/set-up"
    assert "Set up your school" in browser.http.get("/set-up").text

    without = browser.http.post("/set-up", data=FORM | {"one_time_code": "AAAA-AAAA-AAAA"})
    assert without.status_code == 422 and "This is not the code" in without.text
    assert PASSWORD not in without.text and "Oakfield Primary" in without.text

    form = FORM | {"one_time_code": code_from_terminal(empty).lower()}
    asked_for = browser.http.post("/set-up", data=form).headers["location"]
    secret, answer = enrol(browser, asked_for)
    assert len(secret) == 32 and len(recovery_codes_on(answer.text)) == 10
    first_steps = browser.http.post(asked_for, data={"do": "kept"}).headers["location"]
    assert "Your school is set up" in browser.http.get(first_steps).text
    assert browser.http.post(first_steps, data={"do": "import"}).headers["location"] == "/import"
    assert standing(browser) == "Full access"

    assert empty.browser().http.get("/set-up").headers["location"] == "/"
    assert empty.browser().http.post("/set-up", data=form).headers["location"] == "/"


def test_all_that_is_wrong_is_said_at_once(empty: Served) -> None:
    form = dict.fromkeys(FORM, "") | {"one_time_code": code_from_terminal(empty)}
    page = empty.browser().http.post("/set-up", data=form).text
    faults = re.findall(r'id="(\w+)-error"', page)
    assert {"school", "name", "email", "password"} <= {*faults}


def test_the_first_lead_who_leaves_before_the_end_goes_on_at_the_next_sign_in(
    empty: Served,
) -> None:
    form = FORM | {"one_time_code": code_from_terminal(empty)}
    empty.browser().http.post("/set-up", data=form)
    later = empty.browser()
    assert later.sign_in(FORM["email"]).headers["location"] == "/authenticator"
    enrol(later)
    assert standing(later) == "Full access"


def test_the_key_is_made_once_and_the_terminal_says_where(empty: Served, tmp_path: Path) -> None:
    key = tmp_path / "key"
    assert str(key) in empty.log.read_text()
    assert key.read_text().strip() not in empty.log.read_text()
    assert key.stat().st_mode & 0o077 == 0


def test_nobody_but_a_lead_fills_the_school_with_a_demonstration(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        teacher = served.signed_in(TEACHERS[0])
        fill = {"do": "demonstration"}
        assert teacher.http.post("/first-steps", data=fill).headers["location"] == "/"
        assert served.browser().sign_in(INVENTED, example.PASSWORD).status_code == 422
        lead = served.signed_in(LEAD)
        enrol(lead)
        filled = lead.http.post("/first-steps", data=fill, timeout=4 * PATIENCE)
        assert example.PASSWORD in filled.text
        assert served.browser().sign_in(INVENTED, example.PASSWORD).status_code == 303
        again = lead.http.post("/first-steps", data=fill)
        assert example.PASSWORD not in again.text
