"""What the script in every page tells and asks every few seconds, from `static/guard.js`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core import drafts, passwords, sessions, throttle
from core.errors import Refused
from core.web import school, shell, visitor
from core.web.screens import Form

NOTHING, NOT_THIS_SESSION, NOT_TAKEN = 204, 409, 422

Call = Callable[[Request], Awaitable[Response]]


def from_own_page(call: Call) -> Call:
    """Refuses a page that is left over from an earlier session, maybe of somebody else."""

    async def checked(request: Request) -> Response:
        if request.headers.get("x-page-session") != shell.name_of(request.state.session.id):
            return Response(status_code=NOT_THIS_SESSION)
        return await call(request)

    return checked


@from_own_page
async def alive(request: Request) -> Response:
    """Whether the session lives; the guard has answered no otherwise. Asking is no activity."""
    return Response(status_code=NOTHING)


@from_own_page
async def activity(request: Request) -> Response:
    """Somebody is at work in the page."""
    await to_thread.run_sync(sessions.touch, school.store(), request.state.session.id)
    return Response(status_code=NOTHING)


@from_own_page
async def draft(request: Request) -> Response:
    """Keeps what was typed into a form: `{"form": id, "fields": {name: text}}`."""
    try:
        sent = json.loads(await request.body())
        form, fields = str(sent["form"]), {str(k): str(v) for k, v in sent["fields"].items()}
        await to_thread.run_sync(_keep, request, form, fields)
    except (Refused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Response(status_code=NOT_TAKEN)
    return Response(status_code=NOTHING)


def _keep(request: Request, form: str, fields: dict[str, str]) -> None:
    drafts.keep(school.store(), form, fields, by=visitor.of(request))


def unlock(request: Request, form: Form) -> Response:
    """Whether the password is right with which a person comes back to their blank screen."""
    store, me = school.store(), visitor.of(request)
    try:
        throttle.admit(store, me.id, what=throttle.OLD_PASSWORD)
        if not passwords.fits(store, me.id, form.get("password", "")):
            raise Refused("The password is not right.")
    except Refused as refusal:
        return JSONResponse({"ok": False, "message": str(refusal)})
    throttle.forgive(store, me.id, what=throttle.OLD_PASSWORD)
    return JSONResponse({"ok": True, "message": ""})
