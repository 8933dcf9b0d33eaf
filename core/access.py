"""Giving and taking full access: it takes two people who have it.

Policy: a lead cannot be the only one to give themselves or somebody else more. As long as a school
has one person with full access, that person names the second alone; the record shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core import people
from core.errors import Refused
from core.people import Details
from core.permissions import NotThere, Verb, demand
from core.person import Person, Role
from core.records import AccessProposal
from core.store import Store, new_id


@dataclass(frozen=True)
class Proposal:
    """A role that somebody with full access wants to give, until a second one agrees."""

    id: str
    person: str
    name: str
    email: str
    role: str
    post: str
    class_name: str
    recorded_by: str


def propose(store: Store, person_id: str | None, details: Details, *, by: Person) -> Person | None:
    """Asks for an account to get, keep or lose full access; None as person_id for a new account.

    Carried out at once, and the person returned, where nobody else could agree; otherwise it
    waits for a second person and None is returned. Raises `Refused`.
    """
    demand(by, Verb.GIVE_ACCESS)
    with store.alone():
        if person_id and not _is_open(store, person_id):
            raise NotThere("account")
        person_id = person_id or new_id()
        details = people.checked(store, person_id, details)
        _keep_a_lead(store, person_id, details.role)
        if not _others(store, {by.id, person_id}):
            return people.enter(store, person_id, details, by=by)
        store.append(_wish(person_id, details), by=by)
    return None


def waiting(store: Store, *, by: Person) -> list[Proposal]:
    """The proposals that nobody has agreed to yet, oldest first."""
    demand(by, Verb.GIVE_ACCESS)
    return store.ask(Proposal, "FROM proposals ORDER BY seq")


def agree(store: Store, proposal_id: str, *, by: Person) -> Person:
    """Carries a proposal out. Neither who made it nor whom it is about can agree to it."""
    with store.alone():
        found = [p for p in waiting(store, by=by) if p.id == proposal_id]
        if not found:
            raise NotThere("request")
        wish = found[0]
        if by.id in (wish.recorded_by, wish.person):
            raise Refused("This takes a second person: ask another lead or the head to agree.")
        details = Details(
            name=wish.name,
            email=wish.email,
            role=Role(wish.role),
            post=wish.post,
            class_name=wish.class_name,
        )
        _keep_a_lead(store, wish.person, details.role)
        return people.enter(store, wish.person, details, by=by)


def _wish(person_id: str, details: Details) -> AccessProposal:
    return AccessProposal(
        person=person_id,
        name=details.name,
        email=details.email,
        role=details.role,
        post=details.post,
        class_name=details.class_name,
    )


def _is_open(store: Store, person_id: str) -> bool:
    person = people.of(store, person_id)
    return person is not None and person.active


def _keep_a_lead(store: Store, person_id: str, role: Role) -> None:
    leads = {person.id for person in people.teaching(store) if person.role is Role.LEAD}
    if role is not Role.LEAD and leads == {person_id}:
        raise Refused("This is the last safeguarding lead: name another one first.")


def _others(store: Store, but: set[str]) -> list[Person]:
    full = (Role.LEAD, Role.HEAD)
    return [p for p in people.teaching(store) if p.role in full and p.id not in but]
