"""The way in and the way out: the password, the Authenticator's code, signing out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core import authenticators, founding, mails, settings, sign_in
from core.errors import Refused
from core.person import Person, Role
from core.sign_in import WrongCode
from core.web import cookie, onward, school, screens
from core.web.screens import Form

CODES = {"code": "code", "recovery": "recovery_code"}  # what is to be done: the field it is in


def door(request: Request, form: Form) -> Response:
    """The sign-in page, and what it sends."""
    if founding.is_due(school.store()):
        return onward.to("/set-up")
    if request.method == "POST":
        return _try(request, form)
    if request.state.session is not None:
        return onward.to_wanted(request)
    notice = "You are signed out." if "signed-out" in request.query_params else ""
    return screens.draw("sign_in", "Sign in", notice=notice)


def _try(request: Request, form: Form) -> Response:
    email, password = form.get("email", ""), form.get("password", "")
    address = screens.address(request)
    outcome = sign_in.sign_in(school.store(), email, password, address=address)
    _warn(outcome.warned)
    if outcome.person is None:
        errors = {"form": outcome.refusal}
        return screens.draw("sign_in", "Sign in", errors=errors, values={"email": email})
    return _onward(request, outcome.person, outcome.token)


def _onward(request: Request, person: Person, token: str) -> Response:
    if authenticators.has(school.store(), person.id):
        return onward.to_step("/code", request, token=token)
    if person.role in (Role.LEAD, Role.HEAD):
        return onward.to_step("/authenticator", request, token=token)
    return onward.to_wanted(request, token=token)


def code(request: Request, form: Form) -> Response:
    """The page for the Authenticator's code, and what it sends."""
    store, session = school.store(), request.state.session
    if not session.code_given and not authenticators.has(store, session.person):
        return onward.to_step("/authenticator", request)
    may_skip = settings.school(store).code_for_all != "yes"
    if session.code_given or (may_skip and form.get("do") == "skip"):
        return onward.to_wanted(request)
    if form.get("do") in CODES:
        return _give(request, CODES[form["do"]], form, may_skip)
    return _code_page(may_skip, {})


def _give(request: Request, field: str, form: Form, may_skip: bool) -> Response:
    try:
        token = sign_in.give_code(school.store(), cookie.token(request) or "", form.get(field, ""))
    except Refused as refusal:
        _warn(refusal.warned if isinstance(refusal, WrongCode) else None)
        return _code_page(may_skip, {field: str(refusal)})
    return onward.to_wanted(request, token=token)


def _code_page(may_skip: bool, errors: Form) -> Response:
    return screens.draw("code", "Authenticator code", errors=errors, may_skip=may_skip)


def out(request: Request, form: Form) -> Response:
    """Signing out; the sockets are closed with the session."""
    sign_in.sign_out(school.store(), cookie.token(request))
    response = onward.to("/sign-in?signed-out")
    cookie.take_off(response)
    return response


def _warn(person: Person | None) -> None:
    if person is not None:
        mails.owe(school.store(), person.id, "many_refusals")
