from __future__ import annotations

import base64
import itertools
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import authenticators, clock, resets, sessions, spares, totp
from core.errors import Refused
from core.permissions import NotAllowed
from core.person import Role
from core.store import Store
from core.throttle import TooSoon
from tests.core import staffroom
from tests.core.staffroom import Watch, code, enrolled


def test_a_new_authenticator_gets_160_bits_and_an_address_for_the_qr_code(store: Store) -> None:
    anna = staffroom.account(store)
    begun = authenticators.begin(store, "a session", by=anna)
    address = urlsplit(begun.uri)
    assert len(base64.b32decode(begun.secret)) == 20
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [begun.secret]
    assert parse_qs(address.query)["issuer"] == ["Bigger Picture"]


def test_the_key_stays_the_same_when_the_page_is_loaded_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    first = authenticators.begin(store, "one", by=anna)
    assert authenticators.begin(store, "one", by=anna) == first
    assert authenticators.begin(store, "another browser", by=anna) != first
    watch.turn(minutes=31)
    assert authenticators.begin(store, "one", by=anna) != first


def test_it_counts_only_after_it_has_shown_a_right_code(store: Store) -> None:
    anna = staffroom.account(store)
    begun = authenticators.begin(store, "one", by=anna)
    wrong = "000000" if code(begun.secret) != "000000" else "111111"
    for session_id, typed in (("one", wrong), ("another browser", code(begun.secret))):
        with pytest.raises(Refused, match="not right"):
            authenticators.confirm(store, session_id, typed, by=anna)
    assert not authenticators.has(store, anna.id)
    assert len(set(authenticators.confirm(store, "one", code(begun.secret), by=anna))) == 10
    assert authenticators.has(store, anna.id)
    assert staffroom.events(store, anna.id) == ["authenticator_added"]


def test_each_code_works_once_and_half_a_minute_off(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    secret, _ = enrolled(store, anna)
    assert not authenticators.check(store, anna.id, code(secret)), "it confirmed the enrolment"
    watch.turn(seconds=90)
    assert not authenticators.check(store, anna.id, code(secret, steps=-2))
    assert authenticators.check(store, anna.id, code(secret, steps=-1))
    assert authenticators.check(store, anna.id, f" {code(secret)[:3]} {code(secret)[3:]}")
    assert authenticators.check(store, anna.id, code(secret, steps=1))
    assert not authenticators.check(store, anna.id, code(secret, steps=1))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-3, 3)), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_the_order_a_code_is_right_once_and_only_near_its_time(
    monkeypatch: pytest.MonkeyPatch, tries: Sequence[tuple[int, int]]
) -> None:
    watch, secret, newest = Watch(monkeypatch), totp.new_secret(), 0
    for passed, off in tries:
        watch.turn(seconds=30 * passed)
        step = int(watch.now.timestamp()) // 30 + off
        wanted = step if abs(off) <= 1 and step > newest else None
        assert totp.step(secret, code(secret, steps=off), after=newest) == wanted
        newest = wanted or newest


def test_ten_recovery_codes_of_80_bits_work_once_each(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = staffroom.account(store), staffroom.account(store)
    _, codes = enrolled(store, anna)
    enrolled(store, ben)
    assert {len(each.replace("-", "")) * 5 for each in codes} == {80}
    assert not authenticators.check(store, ben.id, codes[0])
    typed = [codes[0], codes[1].lower().replace("-", " "), codes[2].replace("O", "0"), *codes[3:]]
    assert all(authenticators.check(store, anna.id, each) for each in typed)
    assert spares.of(store, by=anna).codes == 0
    assert not authenticators.check(store, anna.id, codes[0])
    assert staffroom.events(store, anna.id).count("recovery_code_used") == 10


@pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "abcdef", "١٢٣", "\0", "-" * 500])
def test_what_is_no_code_is_wrong(store: Store, typed: str) -> None:
    anna = staffroom.account(store)
    enrolled(store, anna)
    assert not authenticators.check(store, anna.id, typed)


def test_nobody_without_an_authenticator_has_a_right_code(store: Store) -> None:
    assert not authenticators.check(store, staffroom.account(store).id, "123456")


def test_wrong_codes_are_slowed_down_and_a_right_one_works_after_the_wait(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    secret, _ = enrolled(store, anna)
    watch.turn(seconds=60)
    for _ in range(3):
        assert not authenticators.check(store, anna.id, "wrong")
    with pytest.raises(TooSoon, match="wait 1 second,"):
        authenticators.check(store, anna.id, code(secret))
    watch.turn(seconds=1)
    assert authenticators.check(store, anna.id, code(secret))


def test_two_authenticators_a_person_and_either_will_do(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    first, codes = enrolled(store, anna)
    second, more = enrolled(store, replace(anna, code_given=True))
    assert (len(codes), len(more)) == (10, 0)
    with pytest.raises(Refused, match="remove one"):
        authenticators.begin(store, "a session", by=replace(anna, code_given=True))
    watch.turn(seconds=60)
    assert authenticators.check(store, anna.id, code(second))
    assert authenticators.check(store, anna.id, code(first))


def test_a_stolen_password_is_not_enough_to_add_another(store: Store) -> None:
    anna = staffroom.account(store)
    enrolled(store, anna)
    with pytest.raises(Refused, match="give the code"):
        authenticators.begin(store, "a session", by=anna)


@pytest.mark.parametrize("at_the_same_moment", [False, True])
def test_one_that_was_begun_before_the_first_was_added_is_not_taken_after_it(
    store: Store, at_the_same_moment: bool
) -> None:
    anna = staffroom.account(store)
    thief = authenticators.begin(store, "a thief's session", by=anna)
    enrolled(store, anna)
    if at_the_same_moment:
        store.desk.change(
            "INSERT INTO enrolments VALUES ($session, $person, $secret, $now)",
            session="a thief's session",
            person=anna.id,
            secret=thief.secret,
            now=clock.now(),
        )
    with pytest.raises(Refused):
        authenticators.confirm(store, "a thief's session", code(thief.secret), by=anna)
    assert len(authenticators.of(store, anna.id)) == 1


def test_a_lost_phone_is_taken_away_by_its_owner_but_not_the_last_one(store: Store) -> None:
    anna = staffroom.account(store)
    enrolled(store, anna)
    with_code = replace(anna, code_given=True)
    enrolled(store, with_code)
    (lost, _), (kept, _) = spares.of(store, by=anna).authenticators
    with pytest.raises(NotAllowed):
        spares.remove(store, lost, by=anna)
    spares.remove(store, lost, by=with_code)
    with pytest.raises(Refused, match="only Authenticator"):
        spares.remove(store, kept, by=with_code)


def test_nobody_takes_anothers_authenticator_away_one_by_one(store: Store) -> None:
    anna, lead = staffroom.account(store), staffroom.with_access(store)
    enrolled(store, anna)
    with pytest.raises(NotAllowed):
        spares.remove(store, authenticators.of(store, anna.id)[0].id, by=lead)


def test_new_recovery_codes_take_the_place_of_the_old_ones(store: Store) -> None:
    anna = staffroom.account(store)
    _, old = enrolled(store, anna)
    with pytest.raises(NotAllowed):
        spares.renew_codes(store, by=anna)
    new = spares.renew_codes(store, by=replace(anna, code_given=True))
    assert not authenticators.check(store, anna.id, old[0])
    assert authenticators.check(store, anna.id, new[0])


@pytest.mark.parametrize("role", [Role.LEAD, Role.HEAD])
def test_full_access_resets_an_authenticator_and_both_are_to_be_told(
    store: Store, role: Role
) -> None:
    anna, by = staffroom.account(store, Role.LEAD), staffroom.with_access(store, role)
    _, codes = enrolled(store, anna)
    session = sessions.begin(store, anna.id, code_given=True)
    assert authenticators.reset(store, anna, by=by) == (anna, by)
    assert not authenticators.has(store, anna.id)
    assert not authenticators.check(store, anna.id, codes[0])
    assert sessions.of(store, session) is None
    assert "authenticator_reset" in staffroom.events(store, anna.id)


def test_nobody_without_full_access_resets_one(store: Store) -> None:
    anna = staffroom.account(store)
    enrolled(store, anna)
    session = sessions.begin(store, anna.id, code_given=True)
    for role, code_given in itertools.product(Role, (True, False)):
        by = replace(staffroom.account(store, role), code_given=code_given)
        if not by.full_access:
            with pytest.raises(NotAllowed):
                authenticators.reset(store, anna, by=by)
    assert authenticators.has(store, anna.id)
    assert sessions.of(store, session)


def test_nobody_resets_their_own(store: Store) -> None:
    lead = staffroom.with_access(store)
    enrolled(store, replace(lead, code_given=False))
    with pytest.raises(Refused, match="another lead"):
        authenticators.reset(store, lead, by=lead)


def test_a_link_that_was_made_before_stops_working_with_the_reset(store: Store) -> None:
    lead, head = staffroom.with_access(store), staffroom.with_access(store, Role.HEAD)
    token = resets.issue(store, lead, by=head)
    authenticators.reset(store, lead, by=staffroom.with_access(store))
    assert resets.whose(store, token) is None
