"""What one person may not do alone: take over the account of somebody with full access.

Whoever takes the Authenticator off an account may not also issue the link for its password, or the
other way round: with both they would be that person. A second one does the other half, as long as
the school has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from core import people
from core.errors import Refused
from core.person import Person, Role
from core.store import Store

FULL_ACCESS = (Role.LEAD, Role.HEAD)
PROOF = ("code_given", "recovery_code_used")


def demand_another(store: Store, person: Person, other_half: str, *, by: Person) -> None:
    """Raises `Refused` if `by` has done the other half, and somebody else could do this one.

    `other_half` is the event of an account: `authenticator_reset` or `reset_issued`. It counts
    until the person has shown who they are: by a code, with the password that they have now.
    """
    if _did(store, person, other_half, by) and _others(store, person, by):
        raise Refused("This takes a second person: ask another lead or the head to do it.")


@dataclass(frozen=True)
class _Event:
    event: str
    recorded_by: str


def _did(store: Store, person: Person, event: str, by: Person) -> bool:
    """Whether `by` did it; looks back from now to the newest proof.

    A code that was given before the newest change of password proves nothing: the link may have
    been used since.
    """
    sql = "SELECT event, recorded_by FROM account_events WHERE person = $person ORDER BY seq DESC"
    same_password = True
    for past in store.ask(_Event, sql, person=person.id):
        if past.event in PROOF and same_password:
            return False
        if past.event == event and past.recorded_by == by.id:
            return True
        same_password = same_password and past.event != "password_changed"
    return False


def _others(store: Store, person: Person, by: Person) -> bool:
    able = {each.id for each in people.teaching(store) if each.role in FULL_ACCESS}
    return bool(able - {person.id, by.id})
