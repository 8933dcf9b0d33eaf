"""Where to go once somebody is signed in."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.web import cookie, ways
from core.web.ways import Way


def to(address: str, *, token: str = "") -> Response:
    """On to another address; with the token of a new session, where there is one."""
    response = RedirectResponse(address, 303)
    if token:
        cookie.put_on(response, token)
    return response


def to_wanted(request: Request, *, token: str = "") -> Response:
    """On to the page that was asked for before the sign-in page came between."""
    return to(_wanted(request), token=token)


def to_step(address: str, request: Request, *, token: str = "") -> Response:
    """On to the next step, which remembers the page that was asked for."""
    wanted = _wanted(request)
    return to(address if wanted == "/" else f"{address}?next={quote(wanted)}", token=token)


def _wanted(request: Request) -> str:
    """A page of ours, whatever the address claims: a link must not lead on to another site."""
    wanted = request.query_params.get("next", "")
    parts = urlsplit(wanted)
    is_ours = not parts.scheme and not parts.netloc and ways.of(parts.path) in (Way.PAGE, Way.STEP)
    return wanted if is_ours else "/"
