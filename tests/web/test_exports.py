"""A report is handed out once, to the session in which it was made; for others there is none."""

from __future__ import annotations

import pytest

from tests.web.conftest import TEACHERS, Served
from tests.web.visits import Browser

CONTENT = b"%PDF-1.7 a child's record"


def with_full_access(served: Served) -> Browser:
    browser = served.browser()
    browser.come_back_with(served.inside("full_access"))
    return browser


@pytest.fixture
def lead(served: Served) -> Browser:
    return with_full_access(served)


def test_a_report_is_fetched_once_and_kept_by_nobody_on_the_way(
    served: Served, lead: Browser
) -> None:
    address = served.inside("make_file", CONTENT, lead.session_id)
    answer = lead.http.get(address)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''chronology-7.pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert lead.http.get(address).status_code == 404


def test_whoever_else_has_the_address_is_told_that_there_is_nothing(
    served: Served, lead: Browser
) -> None:
    address = served.inside("make_file", CONTENT, lead.session_id)
    nothing = lead.http.get(f"/exports/{'0' * 64}")
    assert nothing.status_code == 404
    others = (served.browser(), served.signed_in(TEACHERS[0]), with_full_access(served))
    for other in others:
        answer = other.http.get(address)
        assert (answer.status_code, answer.content) == (404, nothing.content)
    assert lead.http.get(address).content == CONTENT


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE"])
def test_only_fetching_it_takes_it_away(served: Served, lead: Browser, method: str) -> None:
    address = served.inside("make_file", CONTENT, lead.session_id)
    assert lead.http.request(method, address).status_code in (404, 405)
    assert lead.http.get(address).content == CONTENT


def test_with_the_session_the_report_is_gone(served: Served, lead: Browser) -> None:
    address = served.inside("make_file", CONTENT, lead.session_id)
    token = lead.http.cookies["session"]
    lead.sign_out()
    lead.come_back_with(token)
    assert lead.http.get(address).status_code == 404
