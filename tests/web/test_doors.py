"""The pages outside Streamlit, as forms that are sent to a running server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pyotp
import pytest

from core import clock
from core.store import texts
from tests.web.conftest import LEAD, TEACHERS, Served, serving
from tests.web.visits import PASSWORD, Browser

NEW = "Sun-on-Thursday-8"


def code(secret: str, *, steps: int = 0) -> str:
    """What an Authenticator shows, or showed so many half minutes ago."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


def key_on(page: str) -> str:
    found = re.search(r'class="key">(.*?)</p>', page)
    assert found
    return "".join(found[1].split())


def recovery_codes_on(page: str) -> list[str]:
    return re.findall(r"<li>([\w -]+)</li>", page)


def enrol(browser: Browser, address: str = "/authenticator") -> tuple[str, httpx.Response]:
    """Adds an Authenticator with the code of half a minute ago, so that today's still opens."""
    secret = key_on(browser.http.get(address).text)
    return secret, browser.http.post(address, data={"code": code(secret, steps=-1)})


def test_the_right_password_leads_to_the_page_that_was_asked_for(served: Served) -> None:
    browser = served.browser()
    sent_to = browser.http.get("/incident?number=1001").headers["location"]
    answer = browser.http.post(sent_to, data={"email": TEACHERS[0], "password": PASSWORD})
    assert answer.headers["location"] == "/incident?number=1001"
    assert browser.http.get("/incident?number=1001").status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/alerts",
        "//evil.example/alerts",
        r"/\evil.example",
        "javascript:alert(1)",
        "/_stcore/metrics",
        "/sign-out",
        "evil.example",
        "/alerts%0d%0aSet-Cookie:x=y",
    ],
)
def test_signing_in_never_leads_to_another_site(served: Served, wanted: str) -> None:
    form = {"email": TEACHERS[0], "password": PASSWORD}
    answer = served.browser().http.post("/sign-in", params={"next": wanted}, data=form)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("email", [TEACHERS[3], "nobody@school.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    served: Served, email: str
) -> None:
    answer = served.browser().sign_in(email, "wrong")
    assert answer.status_code == 422
    assert "The email address or the password is not right." in answer.text
    assert "set-cookie" not in answer.headers
    assert f'value="{email}"' in answer.text and "wrong" not in answer.text


def test_what_is_typed_comes_back_as_text(served: Served) -> None:
    answer = served.browser().sign_in('"><script>alert(1)</script>')
    assert "<script>" not in answer.text


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(served: Served) -> None:
    cookie = served.browser().sign_in(TEACHERS[0]).headers["set-cookie"]
    assert re.fullmatch(r"session=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", cookie)


def test_signing_in_again_begins_a_session_of_its_own(served: Served) -> None:
    browser = served.signed_in(TEACHERS[0])
    before = browser.http.cookies["session"]
    browser.sign_in(TEACHERS[0])
    assert browser.http.cookies["session"] != before


def test_signing_out_says_so_and_takes_the_cookie_away(served: Served) -> None:
    browser = served.signed_in(TEACHERS[0])
    answer = browser.http.post("/sign-out", follow_redirects=True)
    assert "You are signed out." in answer.text
    assert "session" not in browser.http.cookies


def test_a_lead_adds_an_authenticator_and_gives_its_code_from_then_on(served: Served) -> None:
    lead = served.signed_in(LEAD)
    secret, answer = enrol(lead)
    recovery = recovery_codes_on(answer.text)
    assert len(recovery) == 10
    assert lead.http.post("/authenticator", data={"do": "kept"}).headers["location"] == "/"
    with lead.tab() as tab:
        assert '"standing": "Full access"' in tab.run()

    later = served.browser()
    assert later.sign_in(LEAD).headers["location"] == "/code"
    with later.tab() as tab:
        assert '"standing": "Lead"' in tab.run()
    refused = later.http.post("/code", data={"do": "code", "code": "000000"})
    assert refused.status_code == 422 and "This code is not right" in refused.text
    before = later.http.cookies["session"]
    given = later.http.post("/code", data={"do": "code", "code": code(secret)})
    assert given.headers["location"] == "/" and later.http.cookies["session"] != before
    with later.tab() as tab:
        assert '"standing": "Full access"' in tab.run()

    lost_phone = served.signed_in(LEAD)
    form = {"do": "recovery", "recovery_code": recovery[0]}
    assert lost_phone.http.post("/code", data=form).headers["location"] == "/"
    again = served.signed_in(LEAD)
    assert again.http.post("/code", data=form).status_code == 422
    assert again.http.post("/code", data={"do": "skip"}).headers["location"] == "/"
    with again.tab() as tab:
        assert '"standing": "Lead"' in tab.run()


def test_the_password_is_changed_and_ends_the_other_sessions(served: Served) -> None:
    here, elsewhere = served.signed_in(TEACHERS[2]), served.signed_in(TEACHERS[2])
    form = {"current": PASSWORD, "password": NEW, "repeat": NEW}
    assert "not the same" in here.http.post("/change-password", data=form | {"repeat": "x"}).text
    assert "needs" in here.http.post("/change-password", data=form | {"password": "short"}).text
    wrong = here.http.post("/change-password", data=form | {"current": "wrong"})
    assert "current password is not right" in wrong.text
    assert here.http.post("/change-password", data=form).headers["location"] == "/"
    assert here.http.get("/").status_code == 200
    assert elsewhere.http.get("/").status_code == 303
    assert served.browser().sign_in(TEACHERS[2]).status_code == 422
    assert served.browser().sign_in(TEACHERS[2], NEW).status_code == 303


def test_the_blank_screen_opens_with_the_password_and_with_nothing_else(served: Served) -> None:
    teacher = served.signed_in(TEACHERS[0])
    answers = [
        teacher.http.post(
            "/session/unlock", data={"password": password}, headers=teacher.from_page
        ).json()
        for password in ("wrong", "", PASSWORD)
    ]
    assert [answer["ok"] for answer in answers] == [False, False, True]


@pytest.mark.parametrize("what", ["alive", "activity", "draft", "unlock"])
def test_a_page_of_an_earlier_session_is_told_so(served: Served, what: str) -> None:
    earlier, now = served.signed_in(TEACHERS[0]), served.signed_in(TEACHERS[1])
    method = "GET" if what == "alive" else "POST"
    answer = now.http.request(method, f"/session/{what}", headers=earlier.from_page)
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"form": "incident-1", "fields": {"account": "She said"}}, 204),
        ({"form": "", "fields": {"account": "She said"}}, 422),
        ({"form": "incident-1"}, 422),
        ({"form": "incident-1", "fields": ["She said"]}, 422),
        (["incident-1"], 422),
        (None, 422),
        ({"form": 'incident"1', "fields": {"account": "She said"}}, 422),
        ({"form": "\ud800", "fields": {"account": "She said"}}, 422),
        ({"form": "incident-2", "fields": {"acc\udc00": "half \ud83d"}}, 204),
        ({"form": "incident-3", "fields": {"account": "\0" * texts.LONGEST}}, 204),
        ({"form": "incident-3", "fields": {"account": "x" * 8 * texts.LONGEST}}, 413),
    ],
    ids=[
        "draft",
        "no name",
        "no fields",
        "a list of fields",
        "a list",
        "nothing",
        "no key",
        "half a name",
        "half a letter",
        "all that a form takes",
        "more than that",
    ],
)
def test_a_draft_is_kept_if_it_is_one(served: Served, sent: object, status: int) -> None:
    teacher = served.signed_in(TEACHERS[0])
    answer = teacher.http.post(
        "/session/draft", content=json.dumps(sent), headers=teacher.from_page
    )
    assert answer.status_code == status


def test_a_draft_without_end_is_none(served: Served) -> None:
    teacher = served.signed_in(TEACHERS[0])
    endless = '{"form": "f", "fields": ' + "[" * 200_000
    answer = teacher.http.post("/session/draft", content=endless, headers=teacher.from_page)
    assert answer.status_code == 422


MULTIPART = "multipart/form-data; boundary=x; charset=utf-7"
PART = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'


@pytest.mark.parametrize("page", ["/sign-in", "/forgotten", "/reset?token=%ED%A0%80", "/set-up"])
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/x-www-form-urlencoded", "email=%ED%A0%80%00&password=%ED%A0%80"),
        ("application/x-www-form-urlencoded", "email=" + "x" * 40_000 + "&password=x"),
        ("application/x-www-form-urlencoded", "&".join(f"f{n}=x" for n in range(5_000))),
        (MULTIPART, PART.format("email", "+2AA-") + PART.format("password", "+2AA-") + "--x--"),
        (MULTIPART, "".join(PART.format(n, n) for n in range(500)) + "--x--"),
        (MULTIPART, PART.format('email"; filename="a', "a file") + "--x--"),
        (MULTIPART, "--x\r\nno end"),
    ],
    ids=["half", "long", "many", "half in parts", "many parts", "file", "cut"],
)
def test_whatever_is_sent_to_a_page_is_answered_by_it(
    served: Served, page: str, kind: str, content: str
) -> None:
    http = served.browser().http
    answer = http.post(page, content=content, headers={"Content-Type": kind})
    assert answer.status_code in (200, 303, 400, 422)
    assert len(answer.text) < 20_000, "nothing that long comes back"


def test_a_file_that_is_not_there_says_so(served: Served) -> None:
    answer = served.signed_in(TEACHERS[0]).http.get(f"/files/{'0' * 32}")
    assert answer.status_code == 404 and "There is no such file" in answer.text


def test_without_a_mail_server_the_forgotten_page_says_whom_to_ask(served: Served) -> None:
    page = served.browser().http.get("/forgotten").text
    assert "Ask a safeguarding lead or the office" in page and "<form" not in page


@pytest.mark.parametrize("token", ["", "made-up", "x" * 500])
def test_a_link_that_does_not_work_sets_no_password(served: Served, token: str) -> None:
    form = {"password": NEW, "repeat": NEW}
    for answer in (
        served.browser().http.get("/reset", params={"token": token}),
        served.browser().http.post("/reset", params={"token": token}, data=form),
    ):
        assert "This link does not work" in answer.text


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("strict")) as running:
        yield running


def test_a_school_that_asks_everybody_for_a_code_opens_to_nobody_without(strict: Served) -> None:
    strict.inside("choose", code_for_all="yes")
    teacher = strict.signed_in(TEACHERS[0])
    assert teacher.http.get("/alerts").headers["location"] == "/code"
    assert teacher.http.get("/code").headers["location"] == "/authenticator"
    assert teacher.status_of_socket() == 403
    assert teacher.http.post("/authenticator", data={"do": "later"}).status_code == 200
    assert teacher.http.get("/alerts").status_code == 303
    enrol(teacher)
    assert teacher.http.get("/alerts").status_code == 200
    assert teacher.status_of_socket() == 101


def test_a_password_that_is_too_old_is_changed_before_the_app_opens_and_not_in_between(
    strict: Served,
) -> None:
    strict.inside("choose", code_for_all="no")
    at_work = strict.signed_in(TEACHERS[1])
    strict.inside("grow_old", TEACHERS[1])
    assert at_work.http.get("/alerts").status_code == 200
    later = strict.signed_in(TEACHERS[1])
    assert later.http.get("/alerts").headers["location"] == "/change-password"
    assert later.status_of_socket() == 403
    assert "every 60 days" in later.http.get("/change-password").text
    form = {"current": PASSWORD, "password": NEW, "repeat": NEW}
    later.http.post("/change-password", data=form)
    assert later.http.get("/alerts").status_code == 200
