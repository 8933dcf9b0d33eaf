"""When something fails inside, nobody reads what people wrote: not in a browser, not in a log."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.web import mishaps
from tests.prove import silence

WORDS = "Lucy Pupil, bruise on her arm"


def test_whatever_fails_inside_nobody_is_told_its_words(tmp_path: Path) -> None:
    with silence.at_work(tmp_path) as school:
        told = silence.tell(school, silence.one_each())
        refused = school.served.browser().http.get("/sign-in", headers={"Host": "evil.example"})
    assert told == []
    assert refused.headers["cache-control"] == "no-store"


@pytest.fixture
def quiet() -> Iterator[None]:
    made, thread_ends, object_ends = (
        logging.getLogRecordFactory(),
        threading.excepthook,
        sys.unraisablehook,
    )
    mishaps.keep_words_out_of_logs()
    yield
    logging.setLogRecordFactory(made)
    threading.excepthook, sys.unraisablehook = thread_ends, object_ends


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


@pytest.mark.usefixtures("quiet")
def test_an_error_that_nobody_can_catch_is_named_and_not_told(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    class Gone:
        def __del__(self) -> None:
            raise ValueError(WORDS)

    Gone()
    assert [message.split(" at ")[0] for message in caplog.messages] == [
        "an object ended: ValueError"
    ]
    assert "Lucy" not in capfd.readouterr().err
