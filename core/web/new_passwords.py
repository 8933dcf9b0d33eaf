"""New passwords: by a link for whoever forgot theirs, and the change that is due."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core import mail_server, mails, policy, resets, settings, sign_in
from core.errors import Refused
from core.person import Person
from core.web import cookie, onward, post, school, screens, steps
from core.web.screens import Form

RULES = list(policy.RULES)
NOT_THE_SAME = "The two are not the same: please type it again."


def forgotten(request: Request, form: Form) -> Response:
    """The page that asks for a link; the answer is the same whether or not there is an account."""
    mail, errors = mail_server.configured() is not None, {}
    if mail and "email" in form:
        try:
            address = screens.address(request)
            post.send_link(resets.ask(school.store(), form["email"], address=address))
            return screens.draw("forgotten_sent", "Look at your mail")
        except Refused as refusal:
            errors = {"form": str(refusal)}
    return screens.draw("forgotten", "Forgotten password", errors=errors, values=form, mail=mail)


def reset(request: Request, form: Form) -> Response:
    """The page behind a link, and the new password that it sends."""
    token = request.query_params.get("token", "")
    if resets.whose(school.store(), token) is None:
        sentence = "This link does not work, or no longer: each works once, for 30 minutes."
        return screens.tell("Reset password", sentence, "/forgotten", "Ask for a new link")
    errors = faults(form)
    if "password" in form and not errors:
        try:
            _tell(resets.redeem(school.store(), token, form["password"]))
            sentence = "Your new password is set, and you are signed out everywhere."
            return screens.tell("Reset password", sentence, "/sign-in", "Sign in")
        except Refused as refusal:
            errors = {"password": str(refusal)}
    return screens.draw("reset", "Reset password", errors=errors, rules=RULES)


def change(request: Request, form: Form) -> Response:
    """The page for a new password of one's own, because it is due or because one wants one."""
    errors = faults(form)
    if "password" in form and not errors:
        try:
            token = cookie.token(request) or ""
            old, new = form.get("current", ""), form["password"]
            _tell(sign_in.change_password(school.store(), token, old, new))
            return onward.to_wanted(request)
        except Refused as refusal:
            errors = {"form": str(refusal)}
    reason, title = _reason(request), "Change your password"
    return screens.draw("change", title, errors=errors, rules=RULES, reason=reason)


def faults(form: Form) -> dict[str, str]:
    """What is wrong with a new password and its repetition, by field."""
    faults = {}
    password = form.get("password")
    if password is not None and (fault := policy.Policy().diagnose_password(password)):
        faults["password"] = fault
    if password != form.get("repeat"):
        faults["repeat"] = NOT_THE_SAME
    return faults


def _reason(request: Request) -> str:
    store = school.store()
    if steps.is_password_due(store, request.state.session):
        days = settings.school(store).password_days
        return f"Passwords are changed every {days} days, and yours is older."
    return "You stay signed in here, and are signed out everywhere else."


def _tell(person: Person) -> None:
    mails.owe(school.store(), person.id, "password_changed")
