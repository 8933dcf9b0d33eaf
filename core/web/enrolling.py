"""Adding an Authenticator: its QR code, the first code from it, and the recovery codes."""

from __future__ import annotations

import segno
from starlette.requests import Request
from starlette.responses import Response

from core import authenticators, settings, sign_in
from core.errors import Refused
from core.web import cookie, onward, school, screens, visitor
from core.web.screens import Form


def door(request: Request, form: Form) -> Response:
    """The page, and what it sends. "later" and "kept" go on to the page that was asked for."""
    may_skip = settings.school(school.store()).code_for_all != "yes"
    done = form.get("do")
    if done == "kept" or (done == "later" and may_skip):
        return onward.to_wanted(request)
    if "code" in form:
        return _confirm(request, form["code"], may_skip)
    return _page(request, may_skip, {})


def _confirm(request: Request, code: str, may_skip: bool) -> Response:
    try:
        enrolled = sign_in.enrol(school.store(), cookie.token(request) or "", code)
    except Refused as refusal:
        return _page(request, may_skip, {"code": str(refusal)})
    if not enrolled.recovery_codes:
        return onward.to_wanted(request, token=enrolled.token)
    codes = enrolled.recovery_codes
    response = screens.draw("recovery_codes", "Your recovery codes", codes=codes)
    cookie.put_on(response, enrolled.token)
    return response


def _page(request: Request, may_skip: bool, errors: Form) -> Response:
    try:
        session_id, me = request.state.session.id, visitor.of(request)
        enrolment = authenticators.begin(school.store(), session_id, by=me)
    except Refused as refusal:
        return screens.tell("Authenticator", str(refusal), "/", "Go on")
    return screens.draw(
        "set_up_authenticator",
        "Add an Authenticator",
        errors=errors,
        qr=segno.make(enrolment.uri).svg_data_uri(scale=6, border=2),
        key=enrolment.secret,
        may_skip=may_skip,
    )
