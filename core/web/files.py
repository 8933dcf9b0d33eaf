"""Handing out files that belong to the record, to whoever may see them and to nobody else."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from core import attachments
from core.errors import Refused
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
        return screens.tell("File", str(refusal), "/", "Go on", status=404)
    name = quote(file.name, safe="")
    return Response(
        file.content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": POLICY,
        },
    )
