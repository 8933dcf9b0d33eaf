"""Setting up a school: the one-time code from the terminal, the school's name, its first lead."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from core import founding, passwords, people, sessions, throttle
from core.errors import Refused
from core.people import Details
from core.person import SYSTEM
from core.store import Store, texts
from core.web import new_passwords, onward, school, screens
from core.web.screens import Form

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are read for each other

ANNOUNCEMENT = """
  This school is not set up yet. Open the address above and type this one-time code:

      {code}
"""

_code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def announce(store: Store) -> None:
    """Prints the code, if nobody has an account yet.

    Whoever reads this terminal runs the school's server; whoever else finds the page first does
    not know the code.
    """
    if founding.is_due(store):
        print(ANNOUNCEMENT.format(code=_code), flush=True)


def door(request: Request, form: Form) -> Response:
    """The page, and what it sends; once there is an account, this is over."""
    if not founding.is_due(school.store()):
        return onward.to("/")
    if request.method != "POST":
        return _page({}, {})
    errors = _wrong_code(request, form) | _faults(form)
    return _page(errors, form) if errors else _found(form)


def _found(form: Form) -> Response:
    store = school.store()
    try:
        lead = founding.found(store, form["school"], _lead(form))
    except Refused as refusal:
        return _page({"form": str(refusal)}, form)
    passwords.set_(store, lead.id, form["password"], by=SYSTEM)
    token = sessions.begin(store, lead.id, code_given=False)
    return onward.to("/authenticator?next=/first-steps", token=token)


def _lead(form: Form) -> Details:
    return Details(name=form.get("name", ""), email=form.get("email", ""))


def _faults(form: Form) -> dict[str, str]:
    """What has to be mended, by field: all at once."""
    faults = {}
    for name, missing in (("school", "Please give the school's name."),
                          ("name", "Please give a name.")):  # fmt: skip
        typed = form.get(name, "")
        if fault := texts.fault(typed, name) if typed.strip() else missing:
            faults[name] = fault
    if not people.ADDRESS.fullmatch(form.get("email", "").strip()):
        faults["email"] = "Please give a whole email address."
    return faults | new_passwords.faults(form)


def _wrong_code(request: Request, form: Form) -> dict[str, str]:
    store, address = school.store(), screens.address(request)
    try:
        throttle.admit(store, "set-up", address)
    except Refused as refusal:
        return {"one_time_code": str(refusal)}
    typed = "".join(filter(str.isalnum, form.get("one_time_code", ""))).upper()
    if not secrets.compare_digest(typed.encode(), _code.replace("-", "").encode()):
        return {"one_time_code": "This is not the code: copy it from the newest start."}
    throttle.forgive(store, "set-up", address)
    return {}


def _page(errors: Form, form: Form) -> Response:
    values = {name: form.get(name, "") for name in ("one_time_code", "school", "name", "email")}
    title, rules = "Set up your school", new_passwords.RULES
    return screens.draw("set_up", title, errors=errors, values=values, rules=rules)
