"""Who gets past the guard, asked of a running server by clients that are no browser."""

from __future__ import annotations

import pytest

from pages.parts.menu import PLACES
from tests.web.conftest import TEACHERS, Served
from tests.web.visits import Browser

# What Streamlit has for its own tools, and pages by the names of their files.
NOWHERE = [
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/upload_file",
    "/_stcore/stream/more",
    "/app/static/app.py",
    "/component/any/index.html",
    "/index.html",
    "/static/index.html",
    "/static/%2e%2e/index.html",
    "/static/js/none.js",
    "/frame.py",
    "/incidents/add",
    "/pages/frame",
    "/alerts/_stcore/health",
    "/auth/login",
    "/oauth2callback",
    "/%2f/alerts",
    "/.streamlit/config.toml",
]

FOR_PEOPLE = ["/", "/code", "/change-password", "/authenticator", "/first-steps", "/frame"]
FOR_SCRIPTS = [
    "/session/alive",
    "/session/activity",
    "/session/draft",
    "/session/unlock",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/bidi-components/bigger-picture.bar/index.js",
    "/_stcore/upload_file/0/0",
    "/media/0123456789abcdef.png",
]


@pytest.fixture(scope="module")
def stranger(served: Served) -> Browser:
    return served.browser()


@pytest.fixture(scope="module")
def teacher(served: Served) -> Browser:
    return served.signed_in(TEACHERS[0])


def test_a_stranger_is_sent_from_every_page_to_the_sign_in_page(stranger: Browser) -> None:
    for address in [*FOR_PEOPLE, *(f"/{place.path}" for place in PLACES), f"/files/{'0' * 32}"]:
        answer = stranger.http.get(address)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/sign-in"), address
        assert not answer.content, address


@pytest.mark.parametrize("address", FOR_SCRIPTS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_stranger_gets_nothing_that_scripts_ask_for(
    stranger: Browser, address: str, method: str
) -> None:
    answer = stranger.http.request(method, address)
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize("address", NOWHERE)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_what_is_not_meant_for_pages_answers_nobody(
    stranger: Browser, teacher: Browser, address: str, method: str
) -> None:
    for anybody in (stranger, teacher):
        assert anybody.http.request(method, address).status_code in (400, 404)


def test_the_page_in_which_streamlit_draws_is_for_people_with_a_session(
    stranger: Browser, teacher: Browser
) -> None:
    assert "guard.js" in teacher.http.get("/alerts").text
    assert "guard.js" not in stranger.http.get("/alerts", follow_redirects=True).text


def test_a_stranger_may_fetch_files_that_are_the_same_for_everybody(stranger: Browser) -> None:
    for address in ("/health", "/assets/guard.js", "/assets/outside.css", "/sign-in"):
        assert stranger.http.get(address).status_code == 200


def test_a_made_up_cookie_opens_nothing(served: Served) -> None:
    forger = served.browser()
    forger.http.cookies.set("session", "0" * 43)
    assert forger.status_of_socket() == 403
    assert forger.http.get("/session/alive").status_code == 401


@pytest.mark.parametrize("name", ["X-Bigger-Picture-Session", "x-bigger-picture-session"])
def test_an_identity_that_a_client_sends_opens_nothing(
    stranger: Browser, teacher: Browser, name: str
) -> None:
    session = {name: teacher.session_id}
    assert stranger.status_of_socket(**session) == 403
    assert stranger.http.get("/session/alive", headers=session).status_code == 401


def test_a_signed_in_person_gets_their_page(teacher: Browser) -> None:
    with teacher.tab() as tab:
        assert "Teacher 1" in tab.run()


@pytest.mark.parametrize("origin", ["", "http://evil.example", "http://localhost:1", "null"])
@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/session/activity", "/alerts"])
def test_what_another_origin_sends_is_refused(teacher: Browser, origin: str, address: str) -> None:
    answer = teacher.http.post(address, headers={"Origin": origin})
    assert answer.status_code == 403
    assert teacher.http.get("/alerts").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80", ""])
def test_a_rebound_name_is_not_answered(served: Served, host: str) -> None:
    answer = served.browser().http.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 421


def test_only_the_sockets_address_takes_sockets(teacher: Browser) -> None:
    for path in ("/", "/_stcore/other", "/session/alive", "/_stcore/stream/"):
        assert teacher.status_of_socket(path=path) == 403


def test_a_form_that_is_too_long_is_refused_before_it_is_read(stranger: Browser) -> None:
    answer = stranger.http.post("/sign-in", data={"email": "x" * 2_000_000})
    assert answer.status_code == 413


def test_a_form_without_a_length_is_refused(stranger: Browser) -> None:
    answer = stranger.http.post("/sign-in", content=iter([b"email=x"]))
    assert answer.status_code == 413


def test_a_link_from_another_site_is_loaded_again_from_here(
    stranger: Browser, teacher: Browser
) -> None:
    from_webmail = {"Sec-Fetch-Site": "cross-site"}
    answer = stranger.http.get("/alerts", headers=from_webmail)
    assert (answer.status_code, answer.headers["refresh"], answer.text) == (200, "0", "")
    assert teacher.http.get("/alerts", headers=from_webmail).text.endswith("</html>")


def test_nothing_personal_is_logged(served: Served, stranger: Browser) -> None:
    stranger.sign_in("lucy.pupil@school.example", "bruise")
    stranger.http.get("/alerts?lucy=bruise", follow_redirects=True)
    log = served.log.read_text()
    assert "lucy" not in log and "bruise" not in log and "127.0.0.1" not in log
