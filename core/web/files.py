"""Handing out files of the record and reports of it, to whoever may have them and nobody else."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from core import attachments, received, risk_assessments
from core.errors import Refused
from core.permissions import NotThere
from core.reports import downloads
from core.web import school, screens, visitor
from core.web.screens import Form

# Nothing in a file runs, even where a browser shows it instead of saving it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def hand_out(request: Request, form: Form) -> Response:
    """The file of the id in the address, to be saved and not shown.

    What may not be seen is answered like what is not there.
    """
    wanted = request.path_params["id"]
    try:
        file = attachments.open(school.store(), wanted, by=visitor.of(request))
    except Refused as refusal:
        return _not_there(refusal)
    return _attached(file.name, file.media_type, file.content)


def hand_out_assessment(request: Request, form: Form) -> Response:
    """The risk assessment of the id in the address, to be saved and not shown."""
    wanted = request.path_params["id"]
    try:
        file = risk_assessments.open(school.store(), wanted, by=visitor.of(request))
    except Refused as refusal:
        return _not_there(refusal)
    return _attached(file.name, file.media_type, file.content)


def hand_out_received(request: Request, form: Form) -> Response:
    """A part of what another school sent, of the id in the address; answered like a file."""
    wanted = request.path_params["id"]
    try:
        part = received.open(school.store(), wanted, by=visitor.of(request))
    except Refused as refusal:
        return _not_there(refusal)
    return _attached(part.name, part.media_type, part.content)


def hand_out_export(request: Request, form: Form) -> Response:
    """The report that waits under the token in the address: once, in the session that made it.

    Everybody else is answered as if there were none, signed in or not, and so is a browser that
    only asks whether it is there.
    """
    try:
        if request.state.session is None or request.method == "HEAD":
            raise NotThere("file")
        token, session = request.path_params["token"], request.state.session.id
        file = downloads.fetch(school.store(), token, session, by=visitor.of(request))
    except Refused as refusal:
        return _not_there(refusal)
    return _attached(file.name, file.media_type, file.content)


def _not_there(refusal: Refused) -> Response:
    return screens.tell("File", str(refusal), "/", "Go on", status=404)


def _attached(name: str, media_type: str, content: bytes) -> Response:
    quoted = quote(name, safe="")
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quoted}",
            "Content-Security-Policy": POLICY,
        },
    )
