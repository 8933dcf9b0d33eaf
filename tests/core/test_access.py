from __future__ import annotations

from dataclasses import replace

import pytest

from core import access, people
from core.errors import Refused
from core.people import Details
from core.permissions import NotAllowed, NotThere
from core.person import Person, Role
from core.records import AccessProposal
from core.store import Store
from tests.core.school import School, a_person, how_many, plain


def wanted(person: Person, role: Role) -> Details:
    return Details(name=person.name, email=person.email, role=role, post=person.post)


NEW = Details(name="Ms New", email="new@school.example", role=Role.LEAD, post="Deputy lead")


def role_of(school: School, person: Person) -> Role:
    found = people.of(school.store, person.id)
    assert found
    return found.role


def test_full_access_takes_two_people_who_have_it(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    assert access.propose(store, oak.id, wanted(oak, Role.LEAD), by=own_school.lead) is None
    assert role_of(own_school, oak) is Role.STAFF
    (wish,) = access.waiting(store, by=own_school.deputy)
    assert (wish.person, wish.name, wish.role, wish.recorded_by) == (
        oak.id,
        oak.name,
        "lead",
        own_school.lead.id,
    )
    assert access.agree(store, wish.id, by=own_school.deputy).role is Role.LEAD
    assert role_of(own_school, oak) is Role.LEAD
    assert access.waiting(store, by=own_school.deputy) == []


def test_a_new_account_with_full_access_is_proposed_in_the_same_way(own_school: School) -> None:
    store = own_school.store
    assert access.propose(store, None, NEW, by=own_school.head) is None
    assert people.by_email(store, NEW.email) is None
    (wish,) = access.waiting(store, by=own_school.lead)
    person = access.agree(store, wish.id, by=own_school.lead)
    assert people.by_email(store, NEW.email) == person
    assert (person.role, person.post) == (Role.LEAD, "Deputy lead")


def test_neither_who_proposed_nor_whom_it_is_about_can_agree(own_school: School) -> None:
    store, deputy = own_school.store, own_school.deputy
    access.propose(store, deputy.id, wanted(deputy, Role.HEAD), by=own_school.lead)
    (wish,) = access.waiting(store, by=deputy)
    for by in (own_school.lead, deputy):
        with pytest.raises(Refused, match="takes a second person"):
            access.agree(store, wish.id, by=by)
    assert role_of(own_school, deputy) is Role.LEAD
    assert access.agree(store, wish.id, by=own_school.head).role is Role.HEAD


def test_nobody_gives_themselves_more_alone(own_school: School) -> None:
    store, lead = own_school.store, own_school.lead
    assert access.propose(store, lead.id, wanted(lead, Role.HEAD), by=lead) is None
    assert role_of(own_school, lead) is Role.LEAD


def test_it_is_carried_out_once(own_school: School) -> None:
    store = own_school.store
    access.propose(store, None, NEW, by=own_school.head)
    (wish,) = access.waiting(store, by=own_school.lead)
    access.agree(store, wish.id, by=own_school.lead)
    with pytest.raises(NotThere):
        access.agree(store, wish.id, by=own_school.deputy)


def test_a_later_change_to_the_account_settles_a_proposal(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    access.propose(store, oak.id, wanted(oak, Role.LEAD), by=own_school.lead)
    (wish,) = access.waiting(store, by=own_school.head)
    people.close(store, oak.id, by=own_school.office)
    assert access.waiting(store, by=own_school.head) == []
    with pytest.raises(NotThere):
        access.agree(store, wish.id, by=own_school.head)


def test_the_only_person_with_full_access_names_the_second_alone(store: Store) -> None:
    lead = a_person(store, "Ms Only", Role.LEAD)
    person = access.propose(store, None, NEW, by=lead)
    assert person
    assert person.role is Role.LEAD
    assert access.propose(store, None, replace(NEW, email="third@school.example"), by=lead) is None


def test_full_access_is_taken_away_in_the_same_way(own_school: School) -> None:
    store, deputy = own_school.store, own_school.deputy
    access.propose(store, deputy.id, wanted(deputy, Role.STAFF), by=own_school.lead)
    assert role_of(own_school, deputy) is Role.LEAD
    (wish,) = access.waiting(store, by=own_school.head)
    access.agree(store, wish.id, by=own_school.head)
    assert role_of(own_school, deputy) is Role.STAFF


def test_the_last_lead_stays_one_whoever_asks(own_school: School) -> None:
    store, lead = own_school.store, own_school.lead
    people.close(store, own_school.deputy.id, by=lead)
    for by in (lead, own_school.head):
        with pytest.raises(Refused, match="last safeguarding lead"):
            access.propose(store, lead.id, wanted(lead, Role.STAFF), by=by)
    people.close(store, own_school.head.id, by=lead)
    with pytest.raises(Refused, match="last safeguarding lead"):
        access.propose(store, lead.id, wanted(lead, Role.HEAD), by=lead)
    assert role_of(own_school, lead) is Role.LEAD


def test_somebody_who_became_the_last_lead_stays_one(own_school: School) -> None:
    store, deputy = own_school.store, own_school.deputy
    access.propose(store, deputy.id, wanted(deputy, Role.STAFF), by=own_school.lead)
    (wish,) = access.waiting(store, by=own_school.head)
    people.close(store, own_school.lead.id, by=own_school.head)
    with pytest.raises(Refused, match="last safeguarding lead"):
        access.agree(store, wish.id, by=own_school.head)


def test_what_cannot_be_an_account_is_not_proposed(own_school: School) -> None:
    store, lead = own_school.store, own_school.lead
    before = how_many(store, AccessProposal)
    for details in (
        replace(NEW, name=" "),
        replace(NEW, email="nowhere"),
        replace(NEW, email=own_school.oak.email.upper()),
    ):
        with pytest.raises(Refused, match=r"^(Please|Another)"):
            access.propose(store, None, details, by=lead)
    people.close(store, own_school.birch.id, by=lead)
    for person_id in ("nobody", own_school.birch.id):
        with pytest.raises(NotThere):
            access.propose(store, person_id, NEW, by=lead)
    assert how_many(store, AccessProposal) == before


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_proposes_or_agrees(school: School, who: str) -> None:
    closed = replace(school.head, active=False)
    for by in (getattr(school, who), plain(school.lead), plain(school.head), closed):
        with pytest.raises(NotAllowed):
            access.propose(school.store, None, NEW, by=by)
        with pytest.raises(NotAllowed):
            access.waiting(school.store, by=by)
        with pytest.raises(NotAllowed):
            access.agree(school.store, "any", by=by)
