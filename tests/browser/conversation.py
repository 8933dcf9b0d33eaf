"""What a page and its server say to each other, so that a test can wait for the end of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Request, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

DRAWN = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


class Conversation:
    """Listens to the socket of one tab. A run that is asked for may be asked for again while it
    goes on; what counts is that one has begun after the last question, and has come to its end.
    What the page asks by the clock, without anybody touching it, is no question."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._socket: WebSocket | None = None
        self._asked = self._begun = False
        self._fragment = ""  # the part of the page that was asked for; empty for all of it
        self._questions = 0
        page.on("request", self._leave)
        page.on("websocket", self._open)

    def settle(self) -> None:
        """Waits until everything that this tab has asked for is drawn."""
        self._page.evaluate("0")  # what was sent before this is known after it
        socket = self._socket or self._page.wait_for_event("websocket")
        if self._asked:
            socket.wait_for_event("framereceived", lambda _: not self._asked)

    @contextmanager
    def question(self) -> Iterator[None]:
        """Around what makes this tab ask its server for something; waits for the answer."""
        self.settle()
        assert self._socket
        before = self._questions
        with self._socket.expect_event("framesent", lambda _: self._questions > before):
            yield
        self.settle()

    def _leave(self, request: Request) -> None:
        if request.is_navigation_request():
            self._socket = None

    def _open(self, socket: WebSocket) -> None:
        self._socket, self._asked, self._begun = socket, True, False
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._came)

    def _sent(self, frame: bytes | str) -> None:
        if not isinstance(frame, bytes):
            return
        message = BackMsg.FromString(frame)
        asked = message.rerun_script
        if message.HasField("rerun_script") and not asked.is_auto_rerun:
            self._asked, self._begun, self._fragment = True, False, asked.fragment_id
            self._questions += 1

    def _came(self, frame: bytes | str) -> None:
        if not isinstance(frame, bytes):
            return
        message = ForwardMsg.FromString(frame)
        if message.HasField("new_session"):
            drawn = message.metadata.run.fragment_ids
            self._begun = not drawn or self._fragment in drawn
        elif message.HasField("script_finished") and message.script_finished in DRAWN:
            self._asked = self._asked and not self._begun
