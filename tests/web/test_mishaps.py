"""When something fails inside, nobody reads what people wrote: not in a browser, not in a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.web import mishaps
from tests.web.conftest import TEACHERS, Served, serving

WORDS = "Lucy Pupil, bruise on her arm"


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("failing")) as running:
        yield running


def test_an_error_is_told_without_its_message(failing: Served) -> None:
    teacher = failing.signed_in(TEACHERS[0])
    with teacher.tab() as tab:
        tab.run()
        failing.inside("fail_with", WORDS)
        page = tab.run()
    answer = teacher.http.get("/change-password")
    file = teacher.http.get(f"/files/{'0' * 32}")
    assert "Something went wrong" in page and "Lucy" not in page
    assert file.status_code == 500 and "Something went wrong" in file.text
    assert file.headers["cache-control"] == "no-store"
    for text in (page, answer.text, file.text, failing.log.read_text()):
        assert "Lucy" not in text and "bruise" not in text and "Traceback" not in text
    assert failing.log.read_text().count("ValueError at ") >= 2


@pytest.fixture
def quiet() -> Iterator[None]:
    made = logging.getLogRecordFactory()
    mishaps.keep_words_out_of_logs()
    yield
    logging.setLogRecordFactory(made)


@pytest.mark.usefixtures("quiet")
def test_a_log_names_the_kind_of_an_error_and_its_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("any").exception("it failed\n%s", WORDS)
    assert caplog.messages == [f"it failed: ValueError at {__file__}:{_line()}"]
    assert WORDS not in caplog.text


def _line() -> int:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return lines.index("        raise ValueError(WORDS)") + 1


@pytest.mark.usefixtures("quiet")
def test_a_traceback_within_a_message_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("any").error("Stopped. Traceback (most recent call last):\n%s", WORDS)
    assert caplog.messages == ["Stopped."]
