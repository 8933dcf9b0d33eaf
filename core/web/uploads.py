"""How much may be uploaded in a session: Streamlit keeps it in memory as long as a tab is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Send

from core.web import runtime, sockets

MOST_FILES, MOST_BYTES = 40, 200_000_000

_coming: defaultdict[str, list[int]] = defaultdict(list)


async def take(app: ASGIApp, request: Request, receive: Receive, send: Send) -> None:
    """Hands an upload on, if there is room for it in the session."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        answer: ASGIApp = PlainTextResponse("The length is missing.", 411)
        return await answer(request.scope, receive, send)
    with _room(request.state.session.id, int(length)) as fits:
        answer = app if fits else PlainTextResponse("There are too many files.", 413)
        return await answer(request.scope, receive, send)


def release(tab: str) -> None:
    """Lets go of what was uploaded in a tab, once it has been sent and is kept in the record."""
    runtime.drop_uploads(tab)


@contextmanager
def _room(session_id: str, size: int) -> Iterator[bool]:
    held = [size for tab in sockets.tabs(session_id) for size in runtime.uploads_of(tab)]
    _coming[session_id].append(size)
    together = held + _coming[session_id]
    try:
        yield len(together) <= MOST_FILES and sum(together) <= MOST_BYTES
    finally:
        _coming[session_id].remove(size)
        if not _coming[session_id]:
            del _coming[session_id]
