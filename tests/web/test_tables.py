"""Addresses and hosts, as tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.testing.v1 import AppTest

from core.web import addresses, runtime, ways
from core.web.ways import Way
from pages.parts.menu import PLACES


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    yield
    addresses.behind_tls.cache_clear()
    addresses._allowed.cache_clear()


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/", Way.PAGE),
        ("/add-incident", Way.PAGE),
        ("/sign-in", Way.DOOR),
        ("/code", Way.STEP),
        ("/session/alive", Way.CALL),
        ("/files/0123456789abcdef0123456789abcdef", Way.PAGE),
        ("/risk-assessments/0123456789abcdef0123456789abcdef", Way.PAGE),
        ("/files/../../etc/passwd", Way.NOWHERE),
        ("/_stcore/upload_file/a/b", Way.UPLOAD),
        ("/_stcore/upload_file/a/b/c", Way.NOWHERE),
        ("/media/0123abcd.png", Way.MEDIA),
        ("/media/../app.py", Way.NOWHERE),
        ("/_stcore/metrics", Way.NOWHERE),
        ("/_stcore/agent/mcp", Way.NOWHERE),
        ("/static/none.js", Way.NOWHERE),
        ("/index.html", Way.NOWHERE),
        ("/Alerts", Way.NOWHERE),
        ("/alerts/", Way.NOWHERE),
        ("//", Way.NOWHERE),
        ("", Way.NOWHERE),
    ],
)
def test_every_address_asks_for_what_it_should(path: str, way: Way) -> None:
    assert ways.of(path) is way


def test_every_page_has_an_address_that_asks_for_a_session() -> None:
    assert {ways.of(f"/{place.path}") for place in PLACES} == {Way.PAGE}


def test_streamlits_files_are_static_and_its_page_is_not_among_them() -> None:
    files = runtime.static_files()
    assert len(files) > 100
    assert all(path.startswith("/static/") and not path.endswith(".html") for path in files)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost:8501", True),
        ("127.0.0.1", True),
        ("[::1]:8501", True),
        ("app.school.example", True),
        ("APP.school.example.", True),
        ("tablet.school.example:443", True),
        ("evil.example", False),
        ("app.school.example.evil.example", False),
        ("localhost@evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_the_app_answers_to_its_own_names(
    monkeypatch: pytest.MonkeyPatch, host: str, own: bool
) -> None:
    monkeypatch.setenv("ADDRESS", "https://app.school.example")
    monkeypatch.setenv("ALLOWED_HOSTS", "tablet.school.example, other.example")
    assert addresses.is_ours(host) is own


@pytest.mark.parametrize(
    ("address", "origin", "host", "own"),
    [
        ("http://localhost:8501", "http://localhost:8501", "localhost:8501", True),
        ("http://localhost:8501", "http://localhost:8600", "localhost:8600", True),
        ("http://localhost:8501", "http://localhost:8501", "localhost:8600", False),
        ("http://app.local", "http://app.local", "127.0.0.1:8501", True),
        ("http://localhost:8501", "http://localhost:8600", "localhost:8601", False),
        ("http://localhost:8501", "http://127.0.0.1:8501", "localhost:8501", False),
        ("http://localhost:8501", "", "localhost:8501", False),
        ("http://localhost:8501", "null", "localhost:8501", False),
        ("https://a.example", "https://a.example", "a.example", True),
        ("https://a.example", "https://a.example", "127.0.0.1:8501", True),
        ("https://a.example", "http://a.example", "a.example", False),
        ("https://a.example", "http://localhost:8501", "localhost:8501", True),
    ],
)
def test_only_pages_of_our_own_are_from_here(
    monkeypatch: pytest.MonkeyPatch, address: str, origin: str, host: str, own: bool
) -> None:
    monkeypatch.setenv("ADDRESS", address)
    assert addresses.is_from_here(origin, host) is own


def test_every_kind_of_message_is_known_to_be_said_by_pages_or_not() -> None:
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    dropped = {
        "clear_cache",
        "load_git_info",
        "set_run_on_save",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
    }
    assert kinds == dropped | runtime.SAID_BY_PAGES


@pytest.mark.parametrize(
    ("protocols", "tab"),
    [
        ("streamlit", ""),
        ("streamlit, token", ""),
        ("streamlit, token, tab", "tab"),
        ("streamlit,,tab", "tab"),
        (None, ""),
    ],
)
def test_the_tab_that_a_socket_goes_on_with_is_its_third_protocol(
    protocols: str | None, tab: str
) -> None:
    headers = Headers({"sec-websocket-protocol": protocols} if protocols else {})
    assert runtime.tab_asked_for(headers) == tab


def test_streamlit_says_which_media_a_tab_shows_where_it_is_looked_for() -> None:
    def script() -> None:
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        from core.web import runtime

        st.download_button("Save", b"a file")
        context = get_script_run_ctx()
        st.text(str(len(runtime.media_of(context.session_id if context else ""))))

    assert AppTest.from_function(script).run().text[0].value == "1"
