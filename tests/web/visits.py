"""A browser's part, without a browser: cookies, forms, and Streamlit's socket."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from core.web import shell

PASSWORD = "Rain-on-Tuesday-7"
PATIENCE = 30  # seconds, for a machine that is busy

DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


@dataclass
class Tab:
    """One open page: its socket, and the id that Streamlit gave it."""

    socket: ClientConnection
    id: str = ""

    def say(self, **said: Any) -> None:
        """Sends one message, such as `clear_cache=True`."""
        self.socket.send(BackMsg(**said).SerializeToString())

    def run(self, page: str = "", query: str = "") -> str:
        """Has a page drawn, and returns all that came for it, as text."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        self.socket.send(message.SerializeToString())
        came = []
        while True:
            came.append(ForwardMsg.FromString(self.socket.recv(PATIENCE, decode=False)))
            self.id = came[-1].new_session.initialize.session_id or self.id
            if (
                came[-1].WhichOneof("type") == "script_finished"
                and came[-1].script_finished in DONE
            ):
                return "\n".join(map(_told, came)).replace('\\"', '"')

    def closed_with(self) -> int:
        """Waits until the server closes the socket, and returns the code it gives."""
        try:
            while True:
                self.socket.recv(PATIENCE)
        except ConnectionClosed as closed:
            assert closed.rcvd
            return closed.rcvd.code


def _told(message: ForwardMsg) -> str:
    """All that a message says, what it carries as bytes too."""
    return f"{message}{message.delta.new_element.bidi_component.bytes.decode()}"


@dataclass
class Browser:
    """Somebody at the app, signed in or not."""

    address: str
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        headers = {"Origin": self.address}
        self.http = httpx.Client(
            base_url=self.address, headers=headers, timeout=PATIENCE, trust_env=False
        )

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        """Sends the sign-in form."""
        return self.http.post("/sign-in", data={"email": email, "password": password})

    def sign_out(self) -> httpx.Response:
        return self.http.post("/sign-out")

    @property
    def cookie(self) -> dict[str, str]:
        """The session's cookie as a header, for a socket of its own."""
        token = self.http.cookies.get("session")
        return {"Cookie": f"session={token}"} if token else {}

    @property
    def session_id(self) -> str:
        """What the server knows the session by."""
        return hashlib.sha256((self.http.cookies.get("session") or "").encode()).hexdigest()

    def come_back_with(self, token: str) -> None:
        """Puts a cookie from before into the browser again."""
        self.http.cookies.clear()
        self.http.cookies.set("session", token)

    @property
    def from_page(self) -> dict[str, str]:
        """The headers of what the script in a page of this session sends."""
        return {"X-Page-Session": shell.name_of(self.session_id)}

    @contextmanager
    def tab(
        self,
        *,
        origin: str | None = "",
        going_on: str = "",
        path: str = "/_stcore/stream",
        **headers: str,
    ) -> Iterator[Tab]:
        """Opens a page's socket. `origin=None` sends none; `going_on` asks for a tab by its id."""
        protocols = ["streamlit", "none", going_on] if going_on else ["streamlit"]
        with connect(
            self.address.replace("http", "ws") + path,
            origin=None if origin is None else Origin(origin or self.address),
            subprotocols=[Subprotocol(each) for each in protocols],
            additional_headers=self.cookie | headers,
            compression=None,
            max_size=None,
            proxy=None,
        ) as socket:
            yield Tab(socket)

    def status_of_socket(self, **asked: Any) -> int:
        """The answer to a socket that is asked for: 101, or the refusal's status."""
        try:
            with self.tab(**asked):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code
