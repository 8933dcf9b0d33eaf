from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from core import authenticators, passwords, resets, sessions, sign_in
from core.errors import Refused
from core.permissions import NotAllowed
from core.person import Person, Role
from core.records import AccountEvent
from core.store import Store
from core.throttle import TooSoon
from tests.core import staffroom
from tests.core.staffroom import PASSWORD, Watch, code, enrolled

NEW = "A new 1, then"


def asked(store: Store, person: Person, address: str = "home") -> str:
    found = resets.ask(store, person.email, address=address)
    assert found.person == person
    return found.token


def test_a_link_gives_a_new_password_and_ends_all_sessions(store: Store) -> None:
    anna = staffroom.with_password(store)
    session = sessions.begin(store, anna.id, code_given=False)
    token = asked(store, anna)
    assert resets.whose(store, token) == anna
    assert sessions.of(store, session), "asking alone changes nothing"
    assert resets.redeem(store, token, NEW) == anna
    assert passwords.fits(store, anna.id, NEW)
    assert not passwords.fits(store, anna.id, PASSWORD)
    assert sessions.of(store, session) is None
    assert staffroom.events(store, anna.id) == ["reset_asked", "password_changed"]


def test_a_link_works_once(store: Store) -> None:
    anna = staffroom.account(store)
    token = asked(store, anna)
    resets.redeem(store, token, NEW)
    with pytest.raises(Refused, match="no longer works"):
        resets.redeem(store, token, "Another 1, please")


def test_a_link_works_for_thirty_minutes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    token = asked(store, anna)
    watch.turn(minutes=29, seconds=59)
    assert resets.whose(store, token) == anna
    watch.turn(seconds=1)
    assert resets.whose(store, token) is None
    with pytest.raises(Refused, match="no longer works"):
        resets.redeem(store, token, NEW)


def test_the_newest_link_is_the_only_one(store: Store) -> None:
    anna, ben = staffroom.account(store), staffroom.account(store)
    old, other, new = asked(store, anna), asked(store, ben), asked(store, anna)
    assert [resets.whose(store, token) for token in (old, other, new)] == [None, ben, anna]


def test_a_password_that_is_refused_leaves_the_link_as_it_was(store: Store) -> None:
    anna = staffroom.with_password(store)
    token = asked(store, anna)
    for password in ("short", PASSWORD):
        with pytest.raises(Refused, match="password"):
            resets.redeem(store, token, password)
    assert resets.whose(store, token) == anna


def test_only_the_hash_of_a_link_is_kept(store: Store) -> None:
    anna = staffroom.account(store)
    token = asked(store, anna)
    assert len(token) == 43
    assert resets.link(token).endswith(f"/reset?token={token}")
    [kept] = store.desk.ask(Kept, "FROM reset_links")
    assert kept.hash != token
    assert resets.whose(store, kept.hash) is None


@dataclass(frozen=True)
class Kept:
    hash: str


@pytest.mark.parametrize("case", ["known", "unknown", "closed"])
def test_asking_looks_the_same_whoever_has_the_address(store: Store, case: str) -> None:
    anna = staffroom.account(store)
    if case == "closed":
        staffroom.closed(store, anna)
    email = "nobody@oakfield.example" if case == "unknown" else anna.email
    found = resets.ask(store, f" {email.upper()} ", address="home")
    assert (len(found.token), found.person) == (43, anna if case == "known" else None)
    assert resets.whose(store, found.token) == found.person
    events = staffroom.events(store, anna.id if case == "known" else "")
    assert events[-1:] == ["reset_asked"]


def test_asking_again_and_again_is_slowed_down_alike(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    for email in (anna.email, "nobody@oakfield.example"):
        for _ in range(3):
            resets.ask(store, email, address="home")
        with pytest.raises(TooSoon, match="60 seconds"):
            resets.ask(store, email, address="home")
    watch.turn(seconds=60)
    assert asked(store, anna)


def test_a_link_of_an_account_that_was_closed_opens_nothing(store: Store) -> None:
    anna = staffroom.account(store)
    token = asked(store, anna)
    staffroom.closed(store, anna)
    assert resets.whose(store, token) is None


def issue(store: Store, person: Person, by: Person) -> bool:
    """Whether a link was issued."""
    try:
        token = resets.issue(store, person, by=by)
    except Refused:
        return False
    assert resets.whose(store, token) == person
    assert staffroom.events(store, person.id)[-1] == "reset_issued"
    return True


@pytest.mark.parametrize("has_one", [True, False])
@pytest.mark.parametrize("role", list(Role))
def test_who_issues_a_link_for_whom(store: Store, role: Role, has_one: bool) -> None:
    person = staffroom.account(store, role)
    if has_one:
        enrolled(store, person)
    simple = not has_one and role not in (Role.LEAD, Role.HEAD)
    for by_role, code_given in itertools.product(Role, (True, False)):
        by = replace(staffroom.account(store, by_role), code_given=code_given)
        full_access = code_given and by_role in (Role.LEAD, Role.HEAD)
        wanted = full_access or (simple and by_role is Role.OFFICE)
        assert issue(store, person, by) == wanted, (by_role, code_given)


@pytest.mark.parametrize("role", [Role.LEAD, Role.HEAD, Role.OFFICE])
def test_nobody_issues_a_link_for_themselves(store: Store, role: Role) -> None:
    by = staffroom.with_access(store, role)
    with pytest.raises(Refused):
        resets.issue(store, by, by=by)


def test_no_link_is_issued_for_a_closed_account(store: Store) -> None:
    anna = staffroom.closed(store, staffroom.account(store))
    with pytest.raises(Refused, match="closed"):
        resets.issue(store, anna, by=staffroom.with_access(store))


def reset(store: Store, person: Person, by: Person) -> bool:
    """Whether the Authenticator was reset."""
    try:
        authenticators.reset(store, person, by=by)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("first", "second"), [(issue, reset), (reset, issue)])
def test_nobody_takes_both_the_password_and_the_authenticator_from_a_lead(
    store: Store,
    first: Callable[[Store, Person, Person], bool],
    second: Callable[[Store, Person, Person], bool],
) -> None:
    victim = staffroom.account(store, Role.LEAD)
    enrolled(store, victim)
    one, two = staffroom.with_access(store), staffroom.with_access(store, Role.HEAD)
    assert first(store, victim, one)
    assert not second(store, victim, one)
    assert second(store, victim, two)


def test_not_even_when_the_lead_gives_a_code_before_the_link_is_used(store: Store) -> None:
    victim, one = staffroom.account(store, Role.LEAD), staffroom.with_access(store)
    staffroom.account(store, Role.HEAD)
    enrolled(store, victim)
    token = resets.issue(store, victim, by=one)
    store.append(AccountEvent(person=victim.id, event="code_given"), by=victim)
    resets.redeem(store, token, NEW)
    assert not reset(store, victim, one)


def test_once_the_lead_has_given_a_code_again_it_is_a_new_matter(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    victim, one = staffroom.with_password(store, Role.LEAD), staffroom.with_access(store)
    staffroom.account(store, Role.HEAD)
    secret, _ = enrolled(store, victim)
    assert issue(store, victim, one)
    watch.turn(minutes=31)
    token = sign_in.sign_in(store, victim.email, PASSWORD, address="home").token
    sign_in.give_code(store, token, code(secret))
    assert reset(store, victim, one)


def test_in_a_school_with_two_who_have_full_access_one_does_both(store: Store) -> None:
    victim, one = staffroom.account(store, Role.LEAD), staffroom.with_access(store, Role.HEAD)
    enrolled(store, victim)
    assert reset(store, victim, one)
    assert issue(store, victim, one)


def test_a_first_password_is_set_by_link_as_well(store: Store) -> None:
    anna, office = staffroom.account(store), staffroom.account(store, Role.OFFICE)
    resets.redeem(store, resets.issue(store, anna, by=office), NEW)
    assert sign_in.sign_in(store, anna.email, NEW, address="home").person == anna


@pytest.mark.parametrize("by_role", [Role.STAFF, Role.GOVERNOR])
def test_a_refusal_to_issue_says_that_it_is_not_theirs_to_do(store: Store, by_role: Role) -> None:
    with pytest.raises(NotAllowed):
        resets.issue(store, staffroom.account(store), by=staffroom.account(store, by_role))
