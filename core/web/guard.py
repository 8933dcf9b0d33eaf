"""The guard in front of Streamlit, which has no boundary of its own before a script runs.

Whoever has no session meets the sign-in pages and nothing else. Whoever has one reaches what is
their own: their tabs, their uploads, their sockets.
"""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from core import sessions
from core.sessions import Session
from core.web import cookie, refusals, school, sockets, steps, uploads, ways
from core.web.ways import Way

# Streamlit believes IDENTITY (server.trustedUserHeaders), so nobody else may send it.
RESERVED, IDENTITY = b"x-bigger-picture-", b"x-bigger-picture-session"


class Guard:
    """Lets through what may come through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decides about a request or a socket."""
        if scope["type"] == "http":
            await self._answer(Request(scope), receive, send)
        elif scope["type"] == "websocket":
            await self._connect(HTTPConnection(scope), receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        way = ways.of(request.scope["path"])
        refusal = await _refusal(request, way)
        if refusal is not None:
            await refusal(request.scope, receive, send)
        elif way is Way.UPLOAD and request.method == "PUT":
            await uploads.take(self._app, request, receive, send)
        else:
            await self._app(request.scope, receive, send)

    async def _connect(self, asking: HTTPConnection, receive: Receive, send: Send) -> None:
        session = None if refusals.is_strange(asking) else await _session(asking)
        if session is None or await _due(session):
            return await _close(asking.scope, receive, send)
        socket = sockets.admit(session, asking.scope, receive, send)
        if socket is None:
            return await _close(asking.scope, receive, send)
        try:
            await self._app(asking.scope, socket.receive, socket.send)
        finally:
            sockets.leave(socket)


_close = WebSocketClose(sockets.OVER)  # before a socket is accepted this answers 403


async def _refusal(request: Request, way: Way) -> Response | None:
    refusal = refusals.of_anybody(request, way)
    if refusal is None and way is not Way.STATIC:
        session = await _session(request)
        due = await _due(session) if session and way is Way.PAGE else ""
        refusal = refusals.of_session(request, way, session, due)
    return refusal


async def _session(asking: HTTPConnection) -> Session | None:
    """Whose session it is; told to our own routes, and to Streamlit by its header."""
    token = cookie.token(asking)
    session = await to_thread.run_sync(sessions.of, school.store(), token)
    asking.state.session = session
    sent = asking.scope["headers"]
    headers = [(name, value) for name, value in sent if not name.lower().startswith(RESERVED)]
    if session is not None:
        headers.append((IDENTITY, session.id.encode()))
    asking.scope["headers"] = headers
    return session


async def _due(session: Session) -> str:
    return await to_thread.run_sync(steps.due, school.store(), session)
