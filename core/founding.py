"""The first steps of a school: its name, and its first safeguarding lead."""

from __future__ import annotations

from dataclasses import replace

from core import people, term_dates, terms
from core.errors import Refused
from core.people import Details
from core.permissions import NotAllowed
from core.person import SYSTEM, Person, Role
from core.records import Setting
from core.store import Store, new_id, texts


def is_due(store: Store) -> bool:
    """Whether nobody has an account yet."""
    return not people.anybody(store)


def found(store: Store, school: str, lead: Details) -> Person:
    """Names the school, gives it the terms that come with the program until it gives its own, and
    opens the account of its first lead.

    Works once, while nobody has an account: `NotAllowed` after that. Raises `Refused` if the
    school's name, the lead's name or their address is missing. The caller has checked the code
    that the server printed, and gives the password and the Authenticator next.
    """
    with store.alone():
        if not is_due(store):
            raise NotAllowed
        if not school.strip():
            raise Refused("Please give the school's name.")
        people.check(lead)
        named = Setting(name="name", value=texts.line(school, "school"))
        store.append(named, *terms.records(term_dates.starter()), by=SYSTEM)
        return people.enter(store, new_id(), replace(lead, role=Role.LEAD), by=SYSTEM)
