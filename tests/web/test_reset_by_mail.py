"""A new password by a link that a real mail server takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import SimpleQueue
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.web.conftest import TEACHERS, Served, free_port, serving
from tests.web.visits import PATIENCE

NEW = "Sun-on-Thursday-8"


class Postbox:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.letters: SimpleQueue[EmailMessage] = SimpleQueue()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.put(letter)
        return "250 taken"

    def text(self) -> str:
        body = self.letters.get(timeout=PATIENCE).get_body(("plain",))
        assert body
        return str(body.get_content())


@pytest.fixture(scope="module")
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, controller.port
    controller.stop()


@pytest.fixture(scope="module")
def mailing(
    postbox: tuple[Postbox, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with serving(
        tmp_path_factory.mktemp("mailing"),
        MAIL_HOST="127.0.0.1",
        MAIL_PORT=str(postbox[1]),
        MAIL_SENDER="app@school.example",
        MAIL_SECURITY="none",
    ) as running:
        yield running


def test_a_link_from_a_mail_sets_a_new_password_once(
    mailing: Served, postbox: tuple[Postbox, int]
) -> None:
    at_work = mailing.signed_in(TEACHERS[0])
    asked = mailing.browser().http.post("/forgotten", data={"email": TEACHERS[0]})
    unknown = mailing.browser().http.post("/forgotten", data={"email": "no@school.example"})
    assert asked.text == unknown.text and asked.status_code == unknown.status_code == 200

    mail = postbox[0].text()
    assert "Teacher" not in mail
    found = re.search(r"http://[^/]+(/reset\?token=[\w-]+)", mail)
    assert found
    form = {"password": NEW, "repeat": NEW}
    browser = mailing.browser()
    assert "Reset password" in browser.http.get(found[1]).text
    assert "needs" in browser.http.post(found[1], data={"password": "x", "repeat": "x"}).text
    assert "Your new password is set" in browser.http.post(found[1], data=form).text
    assert "does not work" in browser.http.post(found[1], data=form).text

    assert at_work.http.get("/").status_code == 303
    assert mailing.browser().sign_in(TEACHERS[0]).status_code == 422
    assert mailing.browser().sign_in(TEACHERS[0], NEW).status_code == 303
    assert "password was changed" in str(postbox[0].letters.get(timeout=PATIENCE)["subject"])


def test_a_known_address_gets_one_mail_and_an_unknown_one_none(
    mailing: Served, postbox: tuple[Postbox, int]
) -> None:
    for email in ("no@school.example", TEACHERS[1]):
        mailing.browser().http.post("/forgotten", data={"email": email})
    assert postbox[0].letters.get(timeout=PATIENCE)["to"] == TEACHERS[1]
    assert postbox[0].letters.empty()
