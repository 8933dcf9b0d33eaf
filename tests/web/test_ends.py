"""When a session is over, nothing of it stays open, in any tab."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed

from core.web import sockets
from tests.web.conftest import LEAD, TEACHERS, Served, serving
from tests.web.visits import Browser

OVER, COME_AGAIN = sockets.OVER, sockets.COME_AGAIN


def is_out(browser: Browser, cookie: str) -> bool:
    """Whether the cookie opens nothing any more."""
    browser.come_back_with(cookie)
    return (
        browser.http.get("/session/alive").status_code == 401
        and browser.http.get("/").headers.get("location") == "/sign-in"
        and browser.status_of_socket() == 403
    )


def test_signing_out_closes_every_tab_and_its_cookie_opens_nothing_again(served: Served) -> None:
    teacher = served.signed_in(TEACHERS[0])
    cookie = teacher.http.cookies["session"]
    with teacher.tab() as one, teacher.tab() as other:
        one.run(), other.run()
        teacher.sign_out()
        assert one.closed_with() == other.closed_with() == OVER
    assert "session" not in teacher.http.cookies
    assert is_out(teacher, cookie)


def test_of_a_session_that_is_over_nothing_stays_in_memory(served: Served) -> None:
    teacher = served.signed_in(TEACHERS[0])
    with teacher.tab() as tab:
        tab.run()
        assert served.inside("is_kept", tab.id)
        teacher.sign_out()
        assert tab.closed_with() == OVER
    assert not served.inside("is_kept", tab.id)


def test_a_fourth_sign_in_ends_the_oldest_session(served: Served) -> None:
    oldest = served.signed_in(TEACHERS[3])
    with oldest.tab() as tab:
        tab.run()
        for _ in range(3):
            served.signed_in(TEACHERS[3])
        assert tab.closed_with() == OVER


def test_a_changed_role_counts_at_once_in_open_tabs(served: Served) -> None:
    teacher = served.signed_in(TEACHERS[1])
    with teacher.tab() as tab:
        assert '"standing": "Staff"' in tab.run()
        served.inside("change_account", TEACHERS[1], role="office")
        assert tab.closed_with() == COME_AGAIN
    with teacher.tab(going_on=tab.id) as again:
        assert '"standing": "Office"' in again.run()
        assert again.id == tab.id


def test_a_closed_account_is_out_in_open_tabs(served: Served) -> None:
    teacher = served.signed_in(TEACHERS[2])
    with teacher.tab() as tab:
        tab.run()
        served.inside("close_account", TEACHERS[2])
        assert tab.closed_with() in (OVER, COME_AGAIN)
    assert is_out(teacher, teacher.http.cookies["session"])
    assert "session" not in served.browser().sign_in(TEACHERS[2]).cookies


def test_a_session_has_so_many_sockets_and_not_more(served: Served) -> None:
    lead = served.signed_in(LEAD)
    with ExitStack() as tabs:
        for _ in range(sockets.AT_MOST - 1):
            tabs.enter_context(lead.tab())
        with lead.tab():
            assert lead.status_of_socket() == 403
        with lead.tab() as newest:
            assert "Helen" in newest.run()


def test_a_tab_that_comes_again_takes_the_place_of_its_dead_socket(served: Served) -> None:
    lead = served.signed_in(LEAD)
    with ExitStack() as tabs:
        for _ in range(sockets.AT_MOST - 1):
            tabs.enter_context(lead.tab())
        third = tabs.enter_context(lead.tab())
        third.run()
        with lead.tab(going_on=third.id) as again:
            again.run()
            assert again.id == third.id
            assert third.closed_with() == COME_AGAIN


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("hasty"), IDLE_SECONDS="2") as running:
        yield running


def test_a_session_that_is_left_alone_ends_although_its_page_runs(hasty: Served) -> None:
    teacher = hasty.signed_in(TEACHERS[0])
    with teacher.tab() as tab, pytest.raises(ConnectionClosed) as closed:
        while True:
            tab.run()
            teacher.http.get("/session/alive", headers=teacher.from_page)
    assert closed.value.rcvd and closed.value.rcvd.code == OVER
    assert is_out(teacher, teacher.http.cookies["session"])


def test_somebody_who_types_stays(hasty: Served) -> None:
    teacher = hasty.signed_in(TEACHERS[0])
    begun = time.monotonic()
    with teacher.tab() as tab:
        tab.run()
        while time.monotonic() - begun < 5:
            typing = teacher.http.post("/session/activity", headers=teacher.from_page)
            assert typing.status_code == 204
        assert "Teacher 1" in tab.run()


def test_a_socket_whose_session_went_unnoticed_is_closed_all_the_same(hasty: Served) -> None:
    teacher = hasty.signed_in(TEACHERS[1])
    with teacher.tab() as tab:
        tab.run()
        hasty.inside("lose_sessions")
        assert tab.closed_with() == OVER
