"""The cookie that holds a session's token."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from core.web import addresses


def name() -> str:
    """Behind TLS the name itself forbids that another host or an unprotected page sets it."""
    return "__Host-session" if addresses.behind_tls() else "session"


def token(connection: HTTPConnection) -> str | None:
    """The token that came with a request or a socket."""
    return connection.cookies.get(name())


def put_on(response: Response, session_token: str) -> None:
    """Gives the browser a token; it forgets it when it is closed."""
    response.set_cookie(
        name(), session_token, httponly=True, samesite="strict", secure=addresses.behind_tls()
    )


def take_off(response: Response) -> None:
    """Takes the token away."""
    response.delete_cookie(name(), httponly=True, samesite="strict", secure=addresses.behind_tls())
