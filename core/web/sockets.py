"""The open sockets: how many a session may have, what may come through, and closing them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from core.sessions import Session
from core.web import runtime, school

AT_MOST = 8  # tabs of a session; each is a whole Streamlit page in memory

OVER, COME_AGAIN = 1008, 1012


class Socket:
    """One connection of one tab, between the browser and Streamlit."""

    def __init__(self, session: Session, receive: Receive, send: Send) -> None:
        self.session = session
        self.opened_after = school.newest()
        self.tab = ""  # not known before Streamlit has said it
        self.closed_with = 0
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """The next message from the browser, without those that no page sends."""
        while True:
            message = await self._receive()
            if self.closed_with:
                return {"type": "websocket.disconnect", "code": self.closed_with}
            if message["type"] != "websocket.receive":
                return message
            if runtime.is_said_by_pages(message.get("bytes")):
                return message

    async def send(self, message: Message) -> None:
        """Passes on what Streamlit says; once the socket is closed, nothing more."""
        if self.closed_with:
            return
        if message["type"] == "websocket.send":
            self.tab = self.tab or runtime.tab_named_in(message.get("bytes"))
        await self._send(message)

    def close(self, code: int) -> None:
        """Closes it: from now on nothing comes through, whether or not the browser still hears."""
        if not self.closed_with:
            self.closed_with = code
            # Not awaited: with a browser that has gone silent it takes until its time is out.
            self._farewell = asyncio.create_task(self._say_farewell())

    async def _say_farewell(self) -> None:
        with suppress(OSError, RuntimeError):  # it has gone already
            await self._send({"type": "websocket.close", "code": self.closed_with})


_open: list[Socket] = []


def admit(session: Session, scope: Scope, receive: Receive, send: Send) -> Socket | None:
    """A new socket for a session; None if it has as many as it may.

    A tab that comes again, after the wifi was gone, takes the place of its own dead socket.
    """
    tab = runtime.tab_asked_for(Headers(scope=scope))
    for socket in _of(session.id):
        if tab and socket.tab == tab:
            socket.close(COME_AGAIN)
            _open.remove(socket)
    if len(_of(session.id)) >= AT_MOST:
        return None
    _open.append(socket := Socket(session, receive, send))
    return socket


def leave(socket: Socket) -> None:
    """The connection has ended. Of a session that is over nothing is kept in memory."""
    if socket in _open:
        _open.remove(socket)
    if socket.closed_with == OVER and socket.tab:
        runtime.forget(socket.tab)


def sessions() -> set[str]:
    """The ids of the sessions that have open sockets."""
    return {socket.session.id for socket in _open}


def tabs(session_id: str) -> set[str]:
    """The tabs of a session that are open now."""
    return {socket.tab for socket in _of(session_id) if socket.tab}


def end(session_id: str) -> None:
    """Closes the sockets of a session that is over."""
    for socket in _of(session_id):
        socket.close(OVER)


def renew(person_id: str, changed_by: int) -> None:
    """Closes the sockets of a person whose account was changed by a record of this number.

    Their pages connect again by themselves, with the rights that the account has now.
    """
    for socket in _open:
        if socket.session.person == person_id and socket.opened_after < changed_by:
            socket.close(COME_AGAIN)


def _of(session_id: str) -> list[Socket]:
    return [socket for socket in _open if socket.session.id == session_id]
