"""What is answered to whoever is not let through. None means: let through."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from core.sessions import Session
from core.store import texts
from core.web import addresses, runtime, sockets, ways
from core.web.ways import Way

READING = ("GET", "HEAD")

# Bytes that are taken at once; uploads have a limit of their own. A draft has room for all that a
# form takes, where each letter takes as many bytes as JSON can make of one.
LONGEST = 50_000
LONGEST_DRAFT = 6 * texts.LONGEST + LONGEST


def is_strange(asking: HTTPConnection) -> bool:
    """Whether a socket is refused, whoever asks for it."""
    host = asking.headers.get("host", "")
    return (
        asking.scope["path"] != ways.SOCKET
        or not addresses.is_ours(host)
        or not _is_from_here(asking)
    )


def of_anybody(request: Request, way: Way) -> Response | None:
    """Refuses strange names, what is not there, and what another site's page sends."""
    if not addresses.is_ours(request.headers.get("host", "")):
        return PlainTextResponse("The app does not answer to this name.", 421)
    if way is Way.NOWHERE:
        return PlainTextResponse("There is no such page.", 404)
    if request.method not in READING and not _is_from_here(request):
        return PlainTextResponse("This was sent by another site's page.", 403)
    if way is not Way.UPLOAD and _is_too_long(request):
        return PlainTextResponse("This is too long.", 413)
    return None


def of_session(request: Request, way: Way, session: Session | None, due: str) -> Response | None:
    """Refuses what takes a session, what comes after a step that is due, and what is another's."""
    if way is Way.DOOR:
        return None
    if session is None:
        return _sign_in_first(request) if way in (Way.PAGE, Way.STEP) else _plainly(401)
    if due:
        return RedirectResponse(due, 303)
    if way in (Way.UPLOAD, Way.MEDIA) and not _is_theirs(request, way, session):
        return _plainly(404)
    return None


def _is_from_here(asking: HTTPConnection) -> bool:
    headers = asking.headers
    return addresses.is_from_here(headers.get("origin", ""), headers.get("host", ""))


def _is_too_long(request: Request) -> bool:
    """Whether more comes than a form holds, or nobody says how much comes."""
    length = request.headers.get("content-length", "0")
    endless = "transfer-encoding" in request.headers
    most = LONGEST_DRAFT if request.scope["path"] == ways.DRAFT else LONGEST
    return endless or not length.isdecimal() or len(length) > 9 or int(length) > most


def _is_theirs(request: Request, way: Way, session: Session) -> bool:
    named, tabs = ways.named_in(request.scope["path"]), sockets.tabs(session.id)
    if way is Way.UPLOAD:
        return named in tabs
    return any(named in runtime.media_of(tab) for tab in tabs)


def _sign_in_first(request: Request) -> Response:
    # A link in a mail that is read in the browser comes from another site, and a strict cookie
    # then stays behind although the person is signed in. Loaded again from here, it comes along.
    if request.headers.get("sec-fetch-site") == "cross-site" and request.method in READING:
        return HTMLResponse(headers={"Refresh": "0"})
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse("/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted)}", 303)


def _plainly(status: int) -> Response:
    return PlainTextResponse("", status)
