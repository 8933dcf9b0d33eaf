from __future__ import annotations

import pytest

from core import authenticators, passwords, people, sessions, sign_in
from core.errors import Refused
from core.person import Person, Role
from core.store import Store
from core.throttle import TooSoon
from tests.core import staffroom
from tests.core.staffroom import PASSWORD, Watch, code, enrolled


def signed_in(store: Store, person: Person) -> str:
    return sign_in.sign_in(store, person.email, PASSWORD, address="home").token


def test_the_right_password_begins_a_session_without_full_access(store: Store) -> None:
    lead = staffroom.with_password(store, Role.LEAD)
    outcome = sign_in.sign_in(store, lead.email, PASSWORD, address="home")
    session = sessions.of(store, outcome.token)
    assert session
    assert (session.person, session.code_given) == (lead.id, False)
    assert (outcome.person, outcome.refusal, outcome.wait) == (lead, "", 0)
    assert staffroom.events(store, lead.id) == ["signed_in"]


@pytest.mark.parametrize("case", ["wrong", "unknown", "closed", "without"])
def test_every_refusal_reads_the_same(store: Store, case: str) -> None:
    anna = staffroom.account(store) if case == "without" else staffroom.with_password(store)
    if case == "closed":
        staffroom.closed(store, anna)
    email = "nobody@oakfield.example" if case == "unknown" else anna.email
    typed = "wrong" if case == "wrong" else PASSWORD
    outcome = sign_in.sign_in(store, email, typed, address="home")
    assert outcome == sign_in.Outcome(refusal=sign_in.WRONG)
    known = case in ("wrong", "without")
    assert staffroom.events(store, anna.id if known else "") == ["sign_in_refused"]


def test_the_right_password_works_after_the_wait(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.with_password(store)
    for _ in range(4):
        sign_in.sign_in(store, anna.email, "wrong", address="home")
        watch.turn(seconds=1)
    outcome = sign_in.sign_in(store, anna.email.upper(), PASSWORD, address="home")
    assert (outcome.token, outcome.wait) == ("", 1)
    assert outcome.refusal == "Please wait 1 second, then try again."
    watch.turn(seconds=1)
    assert sign_in.sign_in(store, anna.email, PASSWORD, address="home").token
    assert staffroom.events(store, anna.id).count("sign_in_refused") == 4


@pytest.mark.parametrize("known", [True, False])
def test_after_ten_wrong_passwords_the_person_is_told_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.with_password(store)
    email = anna.email if known else "nobody@oakfield.example"
    warned = []
    for _ in range(11):
        warned.append(sign_in.sign_in(store, email, "wrong", address="home").warned)
        watch.turn(seconds=60)
    assert warned == [None] * 9 + [anna if known else None] + [None]
    assert staffroom.events(store, anna.id if known else "").count("many_refusals") == 1


def test_a_code_gives_a_new_token_and_ends_the_old_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    lead = staffroom.with_password(store, Role.LEAD)
    secret, _ = enrolled(store, lead)
    watch.turn(seconds=60)
    old = signed_in(store, lead)
    new = sign_in.give_code(store, old, code(secret))
    session = sessions.of(store, new)
    assert session
    assert session.code_given
    assert sessions.of(store, old) is None
    assert staffroom.events(store, lead.id)[-1] == "code_given"


def test_a_recovery_code_takes_the_place_of_a_code(store: Store) -> None:
    lead = staffroom.with_password(store, Role.LEAD)
    _, codes = enrolled(store, lead)
    session = sessions.of(store, sign_in.give_code(store, signed_in(store, lead), codes[4]))
    assert session
    assert session.code_given


def test_wrong_codes_leave_the_session_as_it_was_and_are_told_after_ten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    lead = staffroom.with_password(store, Role.LEAD)
    enrolled(store, lead)
    token, warned = signed_in(store, lead), []
    for _ in range(11):
        with pytest.raises(sign_in.WrongCode) as refusal:
            sign_in.give_code(store, token, "wrong")
        warned.append(refusal.value.warned)
        watch.turn(seconds=60)
        session = sessions.of(store, token)
        assert session
        assert not session.code_given
        sessions.touch(store, session.id)
    assert [person and person.id for person in warned] == [None] * 9 + [lead.id, None]
    assert staffroom.events(store, lead.id).count("code_refused") == 11


def test_codes_are_slowed_down_over_all_sessions_of_a_person(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    Watch(monkeypatch)  # stands still: the wait is a second
    lead = staffroom.with_password(store, Role.LEAD)
    _, codes = enrolled(store, lead)
    for _ in range(3):
        with pytest.raises(sign_in.WrongCode):
            sign_in.give_code(store, signed_in(store, lead), "wrong")
    with pytest.raises(TooSoon):
        sign_in.give_code(store, signed_in(store, lead), codes[0])


@pytest.mark.parametrize("token", ["", "unknown"])
def test_without_a_session_there_is_nothing_to_give_a_code_for(store: Store, token: str) -> None:
    with pytest.raises(Refused, match="sign in again"):
        sign_in.give_code(store, token, "123456")
    with pytest.raises(Refused, match="sign in again"):
        sign_in.change_password(store, token, PASSWORD, "A new 1, then")


def test_adding_an_authenticator_gives_full_access_at_once(store: Store) -> None:
    lead = staffroom.with_password(store, Role.LEAD)
    token = signed_in(store, lead)
    session = sessions.of(store, token)
    assert session
    secret = authenticators.begin(store, session.id, by=lead).secret
    added = sign_in.enrol(store, token, code(secret))
    now = sessions.of(store, added.token)
    assert now
    person = people.of(store, now.person, code_given=now.code_given)
    assert person
    assert person.full_access
    assert len(added.recovery_codes) == 10
    assert sessions.of(store, token) is None


def test_signing_out_ends_the_session_and_is_recorded(store: Store) -> None:
    anna = staffroom.with_password(store)
    one, two = signed_in(store, anna), signed_in(store, anna)
    for token in (one, one, None, "unknown"):
        sign_in.sign_out(store, token)
    assert sessions.of(store, one) is None
    assert sessions.of(store, two)
    assert staffroom.events(store, anna.id) == ["signed_in", "signed_in", "signed_out"]


def test_changing_the_password_ends_ones_other_sessions(store: Store) -> None:
    anna = staffroom.with_password(store)
    mine, other = signed_in(store, anna), signed_in(store, anna)
    with pytest.raises(Refused, match="current password"):
        sign_in.change_password(store, mine, "wrong", "A new 1, then")
    with pytest.raises(Refused, match="needs"):
        sign_in.change_password(store, mine, PASSWORD, "short")
    assert sessions.of(store, other)
    assert sign_in.change_password(store, mine, PASSWORD, "A new 1, then") == anna
    assert (bool(sessions.of(store, mine)), bool(sessions.of(store, other))) == (True, False)
    assert passwords.fits(store, anna.id, "A new 1, then")


def test_whoever_finds_a_screen_open_cannot_guess_the_password_there(store: Store) -> None:
    anna = staffroom.with_password(store)
    token = signed_in(store, anna)
    for _ in range(3):
        with pytest.raises(Refused, match="current password"):
            sign_in.change_password(store, token, "wrong", "A new 1, then")
    with pytest.raises(TooSoon):
        sign_in.change_password(store, token, PASSWORD, "A new 1, then")
