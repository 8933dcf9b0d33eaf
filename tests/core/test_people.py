from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest

from core import people
from core.errors import Refused
from core.people import Details
from core.permissions import NotAllowed, NotThere
from core.person import SYSTEM, Person, Role
from core.records import AccountEvent, PersonDetails
from core.store import Store, new_id
from tests.core.school import School, a_person, how_many, plain


def as_written(person: Person, **changed: Any) -> Details:
    kept = Details(
        name=person.name,
        email=person.email,
        role=person.role,
        post=person.post,
        class_name=person.class_name,
        is_chair=person.is_chair,
    )
    return replace(kept, **changed)


# Finding somebody.


def test_a_person_is_found_by_id_with_or_without_the_code(school: School) -> None:
    found = people.of(school.store, school.lead.id, code_given=True)
    assert found == school.lead
    assert found.full_access
    without = people.of(school.store, school.lead.id)
    assert without == plain(school.lead)
    assert not without.full_access
    assert people.of(school.store, "nobody") is None


def test_a_code_gives_full_access_to_leads_and_the_head_only(school: School) -> None:
    for person in (school.birch, school.office, school.governor, school.chair):
        with_code = people.of(school.store, person.id, code_given=True)
        assert with_code
        assert not with_code.full_access


@pytest.mark.parametrize("spelt", [str.upper, str.title, lambda email: f"  {email}\t"])
def test_a_person_is_found_by_address_however_it_is_spelt(school: School, spelt: Any) -> None:
    found = people.by_email(school.store, spelt(school.oak.email))
    assert found == school.oak


@pytest.mark.parametrize("address", ["", " ", "%", "_", "' OR 1=1 --", "nobody@school.example"])
def test_an_address_that_nobody_has_finds_nobody(school: School, address: str) -> None:
    assert people.by_email(school.store, address) is None


def test_an_open_account_is_found_before_a_closed_one_of_the_same_address(
    own_school: School,
) -> None:
    store, left = own_school.store, own_school.oak
    people.close(store, left.id, by=own_school.office)
    again = people.add(store, as_written(left), by=own_school.office)
    assert again.id != left.id
    assert people.by_email(store, left.email) == again


def test_the_lists_of_people_are_by_name_and_closed_ones_last(own_school: School) -> None:
    store = own_school.store
    people.close(store, own_school.oak.id, by=own_school.office)
    everyone = people.everyone(store, by=own_school.office)
    states = [person.active for person in everyone]
    assert states == sorted(states, reverse=True)
    names = [person.name for person in everyone if person.active]
    assert names == sorted(names)
    assert own_school.oak.name not in {p.name for p in people.teaching(store)}
    assert {p.name for p in people.colleagues(store, by=own_school.birch)} == {
        own_school.birch.name,
        own_school.assistant.name,
        *own_school.team,
    }


def test_names_are_known_of_whoever_ever_had_an_account(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    people.close(store, oak.id, by=own_school.office)
    assert people.names(store)[oak.id] == oak.name


def test_a_new_record_has_nobody(store: Store) -> None:
    assert not people.anybody(store)
    a_person(store, "Ms First")
    assert people.anybody(store)


# Opening an account.


@pytest.mark.parametrize("role", [Role.STAFF, Role.GOVERNOR, Role.OFFICE])
@pytest.mark.parametrize("who", ["office", "lead", "head"])
def test_whoever_keeps_the_lists_opens_accounts(own_school: School, who: str, role: Role) -> None:
    wanted = Details(name="  Ms   Łucja\tNowak ", email=" L.Nowak@school.example ", role=role)
    person = people.add(own_school.store, wanted, by=getattr(own_school, who))
    assert (person.name, person.email, person.role, person.active) == (
        "Ms Łucja Nowak",
        "L.Nowak@school.example",
        role,
        True,
    )


@pytest.mark.parametrize("role", [Role.LEAD, Role.HEAD])
@pytest.mark.parametrize("who", ["office", "lead", "head"])
def test_full_access_is_not_given_by_opening_an_account(
    school: School, who: str, role: Role
) -> None:
    wanted = Details(name="Mr Grab", email="grab@school.example", role=role)
    with pytest.raises(NotAllowed):
        people.add(school.store, wanted, by=getattr(school, who))


def test_the_office_does_not_name_the_chair_who_is_told_about_the_head(school: School) -> None:
    wanted = Details(name="Me", email="me@school.example", role=Role.GOVERNOR, is_chair=True)
    with pytest.raises(NotAllowed):
        people.add(school.store, wanted, by=school.office)
    with pytest.raises(NotAllowed):
        people.change(school.store, school.governor.id,
                      as_written(school.governor, is_chair=True), by=school.office)  # fmt: skip
    with pytest.raises(NotAllowed):
        taken_over = as_written(school.chair, email="me@school.example")
        people.change(school.store, school.chair.id, taken_over, by=school.office)
    with pytest.raises(NotAllowed):
        people.close(school.store, school.chair.id, by=school.office)


@pytest.mark.parametrize("who", ["birch", "governor", "chair"])
def test_nobody_else_keeps_the_lists(school: School, who: str) -> None:
    by: Person = getattr(school, who)
    closed = replace(school.office, active=False)
    for person in (by, plain(school.lead), plain(school.head), closed):
        before = how_many(school.store, PersonDetails)
        for call in (
            lambda p=person: people.everyone(school.store, by=p),
            lambda p=person: people.add(
                school.store, Details(name="X", email="x@school.example"), by=p
            ),
            lambda p=person: people.change(
                school.store, school.oak.id, as_written(school.oak), by=p
            ),
            lambda p=person: people.close(school.store, school.oak.id, by=p),
            lambda p=person: people.mark_relative(school.store, school.oak.id, school.amy.id, by=p),
            lambda p=person: people.relatives(school.store, school.amy.id, by=p),
        ):
            with pytest.raises(NotAllowed):
                call()
        assert how_many(school.store, PersonDetails) == before


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nowak",
        "nowak@school",
        "a b@school.example",
        "a@school.example, b@school.example",
        "a@school.example\nBcc: stranger@there.example",
        "Ann <ann@school.example>",
        "a@@school.example",
        "anna..nowak@school.example",
        ".anna@school.example",
        "łucja@school.example",
        "anna@schöol.example",
        "anna@-school.example",
        "“anna”@school.example",
    ],
)
def test_an_address_that_mail_does_not_take_is_refused(school: School, email: str) -> None:
    with pytest.raises(Refused, match="whole email address"):
        people.add(school.store, Details(name="Anna", email=email), by=school.office)


@pytest.mark.parametrize(
    "email",
    ["a.o'brien@school.example", "a+b@school.example", "A@B.CD", "x_1@sub.school-two.example"],
)
def test_unusual_addresses_are_taken(own_school: School, email: str) -> None:
    person = people.add(own_school.store, Details(name="X", email=email), by=own_school.office)
    assert person.email == email


def test_everybody_has_a_name_and_an_address_of_their_own(school: School) -> None:
    with pytest.raises(Refused, match="give a name"):
        people.add(school.store, Details(name=" ", email="x@school.example"), by=school.office)
    taken = school.birch.email.upper()
    with pytest.raises(Refused, match="Another account has this email address"):
        people.add(school.store, Details(name="X", email=taken), by=school.office)
    with pytest.raises(Refused, match="Another account has this email address"):
        people.change(school.store, school.oak.id, as_written(school.oak, email=taken),
                      by=school.office)  # fmt: skip


def test_an_address_is_given_once_however_many_ask_for_it_at_once(own_school: School) -> None:
    def add(name: str) -> bool:
        wanted = Details(name=name, email="same@school.example")
        try:
            people.add(own_school.store, wanted, by=own_school.office)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(add, "abcdefgh")) == 1


# Changing and closing one.


def test_a_change_is_a_new_record_beside_the_old_one(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    changed = people.change(store, oak.id, as_written(oak, name="Mrs Ann Elm", post="Teacher"),
                            by=own_school.office)  # fmt: skip
    assert people.of(store, oak.id) == changed
    assert (changed.name, changed.post) == ("Mrs Ann Elm", "Teacher")
    sql = "SELECT * FROM people_details WHERE person = $id ORDER BY seq"
    assert [each.name for each in store.ask(PersonDetails, sql, id=oak.id)] == [
        "Mrs Ann Oak",
        "Mrs Ann Elm",
    ]


def test_the_office_changes_nobody_who_has_full_access(school: School) -> None:
    for person in (school.lead, school.head):
        with pytest.raises(NotAllowed):
            people.change(school.store, person.id, as_written(person), by=school.office)
        with pytest.raises(NotAllowed):
            people.close(school.store, person.id, by=school.office)


@pytest.mark.parametrize("by", ["office", "lead", "head"])
def test_full_access_is_neither_given_nor_taken_by_a_change(school: School, by: str) -> None:
    for person, role in (
        (school.oak, Role.LEAD),
        (school.office, Role.HEAD),
        (school.deputy, Role.STAFF),
        (school.deputy, Role.HEAD),
        (school.head, Role.GOVERNOR),
    ):
        with pytest.raises(NotAllowed):
            people.change(school.store, person.id, as_written(person, role=role),
                          by=getattr(school, by))  # fmt: skip


def test_a_lead_changes_the_post_of_another(own_school: School) -> None:
    wanted = as_written(own_school.deputy, post="Pastoral lead")
    person = people.change(own_school.store, own_school.deputy.id, wanted, by=own_school.lead)
    assert person.post == "Pastoral lead"
    assert person.role is Role.LEAD


def test_a_closed_account_stays_and_is_recorded_as_closed(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    people.close(store, oak.id, by=own_school.office)
    assert people.of(store, oak.id) == replace(oak, active=False)
    sql = "FROM account_events WHERE person = $id"
    events = [each.event for each in store.ask(AccountEvent, sql, id=oak.id)]
    assert events == ["account_closed"]


def test_a_closed_account_is_not_opened_again_by_a_change(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    people.close(store, oak.id, by=own_school.office)
    for call in (
        lambda: people.change(store, oak.id, as_written(oak, post="New"), by=own_school.office),
        lambda: people.close(store, oak.id, by=own_school.office),
    ):
        with pytest.raises(Refused, match="This account is closed"):
            call()
    found = people.of(store, oak.id)
    assert found
    assert not found.active


def test_a_change_that_was_under_way_does_not_open_an_account_that_was_closed_meanwhile(
    own_school: School,
) -> None:
    store, oak, office = own_school.store, own_school.oak, own_school.office
    with ThreadPoolExecutor(1) as threads:
        with store.alone():
            wanted = as_written(oak, post="New")
            changing = threads.submit(people.change, store, oak.id, wanted, by=office)
            people.close(store, oak.id, by=office)
        assert isinstance(changing.exception(), Refused)
    found = people.of(store, oak.id)
    assert found
    assert not found.active


def test_somebody_with_full_access_gets_another_address_by_two_people_or_their_own_hand(
    own_school: School,
) -> None:
    store, deputy = own_school.store, own_school.deputy
    wanted = as_written(deputy, email="moved@school.example")
    for by in (own_school.lead, own_school.head):
        with pytest.raises(NotAllowed):
            people.change(store, deputy.id, wanted, by=by)
    assert people.change(store, deputy.id, wanted, by=deputy).email == "moved@school.example"


def test_the_last_lead_cannot_be_closed(own_school: School) -> None:
    store = own_school.store
    people.close(store, own_school.deputy.id, by=own_school.head)
    for by in (own_school.lead, own_school.head):
        with pytest.raises(Refused, match="last safeguarding lead"):
            people.close(store, own_school.lead.id, by=by)
    people.close(store, own_school.head.id, by=own_school.lead)


def test_two_leads_who_close_each_other_at_once_leave_one(own_school: School) -> None:
    store, lead, deputy = own_school.store, own_school.lead, own_school.deputy

    def close(pair: tuple[Person, Person]) -> None:
        whom, by = pair
        try:
            people.close(store, whom.id, by=by)
        except Refused:
            return

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(close, [(lead, deputy), (deputy, lead)]))
    assert sum(person.role is Role.LEAD for person in people.teaching(store)) == 1


def test_somebody_who_does_not_exist_is_neither_changed_nor_closed(school: School) -> None:
    for call in (
        lambda: people.change(school.store, "nobody", as_written(school.oak), by=school.office),
        lambda: people.close(school.store, "nobody", by=school.office),
        lambda: people.mark_relative(school.store, "nobody", school.amy.id, by=school.office),
        lambda: people.mark_relative(school.store, school.oak.id, "nobody", by=school.office),
    ):
        with pytest.raises(NotThere):
            call()


# Relatives.


def test_relatives_are_marked_and_the_mark_is_taken_off_by_another(own_school: School) -> None:
    store, amy, lead = own_school.store, own_school.amy.id, own_school.lead
    for person in (own_school.oak, own_school.oak):
        people.mark_relative(store, person.id, amy, by=own_school.office)
    with pytest.raises(NotAllowed):
        people.mark_relative(store, lead.id, amy, by=own_school.office)
    people.mark_relative(store, lead.id, amy, by=own_school.deputy)
    assert set(people.relatives(store, amy, by=own_school.office)) == {own_school.oak.id, lead.id}
    with pytest.raises(NotAllowed):
        people.mark_relative(store, lead.id, amy, ended=True, by=lead)
    people.mark_relative(store, lead.id, amy, ended=True, by=own_school.deputy)
    assert people.relatives(store, amy, by=lead) == (own_school.oak.id,)
    people.mark_relative(store, lead.id, amy, by=lead)
    assert set(people.relatives(store, amy, by=lead)) == {own_school.oak.id, lead.id}


def test_the_app_itself_writes_records_that_nobody_typed(store: Store) -> None:
    wanted = Details(name="Ms First", email="first@school.example", role=Role.LEAD)
    person = people.enter(store, new_id(), wanted, by=SYSTEM)
    (entered,) = store.ask(_By, "SELECT recorded_by FROM people_details")
    assert entered.recorded_by == "system"
    assert people.by_email(store, "FIRST@school.example") == person


@dataclass(frozen=True)
class _By:
    recorded_by: str
