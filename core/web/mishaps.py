"""What goes wrong inside is written down without a word of what people wrote.

An exception's message may hold a child's name. So a log says what kind of error it was and where
it was raised, whoever logs it, and people are told one sentence.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import Refused
from core.store import NotKept
from core.web import screens

SENTENCE = (
    "Something went wrong, and what you asked for was not done. Please try again; "
    "if a child needs help now, tell a safeguarding lead in person."
)

ROOT = Path(__file__).parents[2]
OURS = {ROOT / "core", ROOT / "pages"}

log = logging.getLogger(__name__)


def place(error: BaseException | None) -> str:
    """The kind of an error and the line of ours at which it came up, else the line of a library."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    ours = [frame for frame in frames if OURS & {*Path(frame.filename).parents}]
    where = "".join(f" at {frame.filename}:{frame.lineno}" for frame in (ours or frames)[-1:])
    return f"{type(error).__name__}{where}"


def keep_words_out_of_logs() -> None:
    """Has every log of this process, Streamlit's too, name errors by `place` only."""
    made = logging.getLogRecordFactory()

    def plain(*given: Any, **more: Any) -> logging.LogRecord:
        record = made(*given, **more)
        record.msg, record.args = _said(record), ()
        record.exc_info = None
        return record

    logging.setLogRecordFactory(plain)
    threading.excepthook = lambda failed: log.error("a thread ended: %s", place(failed.exc_value))
    sys.unraisablehook = lambda failed: log.error("an object ended: %s", place(failed.exc_value))


def _said(record: logging.LogRecord) -> str:
    text = record.getMessage().partition("Traceback (most recent call last)")[0].strip()
    if not record.exc_info:
        return text
    # asyncio's second line shows the exception as it is.
    return f"{text.partition(chr(10))[0]}: {place(record.exc_info[1])}"


def on_page(error: Exception) -> bool:
    """Streamlit's hook for a page that failed: tells the person, and shows nothing of the error."""
    if isinstance(error, Refused):
        st.text(str(error))
    else:
        log.error("a page failed: %s", place(error))
        st.error(SENTENCE)
    return True


class Mishaps:
    """Answers a request that failed, so that this answer has its headers, too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = False

        async def note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, note)
        except Exception as error:  # noqa: BLE001 - whatever it was, it must not be shown
            log.error("a request failed: %s", place(error))
            if not begun:
                sentence = str(error) if isinstance(error, NotKept) else SENTENCE
                sorry = screens.tell("Sorry", sentence, "/", "Go on", status=500)
                await sorry(scope, receive, send)
