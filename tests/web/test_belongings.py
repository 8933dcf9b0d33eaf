"""Uploads and media belong to the session whose tab they are in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.web import uploads
from tests.web.conftest import TEACHERS, Served
from tests.web.visits import Browser, Tab


@pytest.fixture
def owner(served: Served) -> Browser:
    return served.signed_in(TEACHERS[0])


@pytest.fixture
def other(served: Served) -> Browser:
    return served.signed_in(TEACHERS[1])


@pytest.fixture
def tab(owner: Browser) -> Iterator[Tab]:
    with owner.tab() as opened:
        opened.run()
        yield opened


def put(browser: Browser, tab: str, file: str, content: bytes) -> int:
    """Uploads as Streamlit's page does, with its token; the answer's status."""
    browser.http.get("/_stcore/health")
    token = browser.http.cookies.get("_streamlit_xsrf") or ""
    answer = browser.http.put(
        f"/_stcore/upload_file/{tab}/{file}",
        headers={"X-Xsrftoken": token},
        files={"file": ("note.pdf", content, "application/pdf")},
    )
    return answer.status_code


def test_one_uploads_into_ones_own_tab(served: Served, owner: Browser, tab: Tab) -> None:
    assert put(owner, tab.id, "a", b"x" * 1000) == 204
    assert served.inside("uploads", tab.id) == [1000]


def test_nobody_uploads_into_anothers_tab(served: Served, other: Browser, tab: Tab) -> None:
    assert put(other, tab.id, "a", b"x") == 404
    assert put(served.browser(), tab.id, "a", b"x") == 401
    assert served.inside("uploads", tab.id) == []


def test_nobody_takes_anothers_upload_away(
    served: Served, owner: Browser, other: Browser, tab: Tab
) -> None:
    put(owner, tab.id, "a", b"kept")
    address = f"/_stcore/upload_file/{tab.id}/a"
    headers = {"X-Xsrftoken": other.http.cookies.get("_streamlit_xsrf") or ""}
    assert other.http.delete(address, headers=headers).status_code == 404
    assert served.inside("uploads", tab.id) == [4]


def test_an_upload_from_another_origin_is_refused(owner: Browser, tab: Tab) -> None:
    owner.http.headers["Origin"] = "http://evil.example"
    assert put(owner, tab.id, "a", b"x") == 403


def test_a_session_uploads_so_many_files_and_not_more(
    served: Served, owner: Browser, tab: Tab
) -> None:
    for number in range(uploads.MOST_FILES):
        assert put(owner, tab.id, str(number), b"x") == 204
    assert put(owner, tab.id, "more", b"x") == 413
    assert len(served.inside("uploads", tab.id)) == uploads.MOST_FILES


def test_a_session_uploads_so_many_bytes_and_not_more(owner: Browser, tab: Tab) -> None:
    large = b"x" * (20 * 1024 * 1024 - 1000)
    fits = uploads.MOST_BYTES // len(large)
    sent = [put(owner, tab.id, str(number), large) for number in range(fits + 1)]
    assert sent == [204] * fits + [413]


def test_what_has_been_sent_makes_room_again(served: Served, owner: Browser, tab: Tab) -> None:
    for number in range(uploads.MOST_FILES):
        put(owner, tab.id, str(number), b"x")
    served.inside("release", tab.id)
    assert served.inside("uploads", tab.id) == []
    assert put(owner, tab.id, "more", b"x") == 204


def test_an_upload_without_a_length_is_refused(owner: Browser, tab: Tab) -> None:
    answer = owner.http.put(f"/_stcore/upload_file/{tab.id}/a", content=iter([b"x"]))
    assert answer.status_code == 411


def test_media_are_shown_to_the_session_whose_page_shows_them(
    served: Served, owner: Browser, other: Browser, tab: Tab
) -> None:
    address = served.inside("show_media", tab.id, b"a photograph")
    assert owner.http.get(address).content == b"a photograph"
    assert other.http.get(address).status_code == 404
    assert served.browser().http.get(address).status_code == 401


def test_media_are_gone_when_the_session_is_over(served: Served, owner: Browser, tab: Tab) -> None:
    address = served.inside("show_media", tab.id, b"another photograph")
    cookie = owner.http.cookies["session"]
    owner.sign_out()
    owner.come_back_with(cookie)
    assert owner.http.get(address).status_code == 401


def test_media_that_no_page_shows_any_more_are_gone(served: Served, owner: Browser) -> None:
    with owner.tab() as tab:
        tab.run()
        address = served.inside("show_media", tab.id, b"a third photograph")
    with owner.tab() as later:
        later.run()
        assert owner.http.get(address).status_code == 404
