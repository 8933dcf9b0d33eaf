"""Who asks."""

from __future__ import annotations

from starlette.requests import Request

from core import people
from core.person import Person
from core.web import school


def of(request: Request) -> Person:
    """The person whose session it is, as they stand now; the guard has seen to the session."""
    session = request.state.session
    person = people.of(school.store(), session.person, code_given=session.code_given)
    assert person is not None  # noqa: S101 - nobody else is given a session
    return person
