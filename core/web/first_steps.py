"""What to do with a school that is still empty."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core import example
from core.errors import Refused
from core.permissions import Verb, may
from core.web import onward, school, screens, visitor
from core.web.screens import Form

ON_TO = {"import": "/import", "school": "/"}

IN_IT = (
    "There are now children, staff and two years of incidents, all invented. Everybody signs in "
    f"with the password {example.PASSWORD}; the addresses are in the list of staff."
)


def door(request: Request, form: Form) -> Response:
    """The page with the choices, and the one that was made."""
    choice = form.get("do", "")
    if choice in ON_TO or not may(visitor.of(request), Verb.CHANGE_SETTINGS):
        return onward.to(ON_TO.get(choice, "/"))
    if choice == "demonstration":
        return _demonstration()
    return screens.draw("set_up_done", "Your school is set up")


def _demonstration() -> Response:
    store = school.store()
    try:
        for _ in example.open_accounts(store, example.enter(store)):
            pass
    except Refused as refusal:
        return screens.tell("Demonstration school", str(refusal), "/", "Go to the school")
    return screens.tell("Demonstration school", IN_IT, "/", "Go to the school")
