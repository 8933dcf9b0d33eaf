from __future__ import annotations

import string
from collections.abc import Callable

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import passwords, settings
from core.errors import Refused
from core.passwords import Policy
from core.permissions import NotAllowed
from core.person import SYSTEM, Person, Role
from core.store import Store
from tests.core import staffroom
from tests.core.staffroom import PASSWORD, Watch

PRINTABLE = string.ascii_letters + string.digits + "!£€'\"–§ \\" + "éÉßŁł٣"


def cheap(store: Store, person: Person, watch: Watch, password: str) -> None:
    """A new password, kept with little work."""
    watch.turn(seconds=1)
    hash_ = bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()
    passwords.keep(store, person.id, hash_, by=person)


@pytest.mark.parametrize(
    "password",
    [
        "Passw0rd£",
        "Four w0rds are fine!",
        "Łódź – 1905",
        "aB1'aB1'",
        "x" * 60 + "aB1 !",
        "Ab1\\Ab1\\",
    ],
)
def test_a_password_of_four_kinds_of_characters_is_taken(password: str) -> None:
    assert Policy().validate_password(password)


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("aB1!aB1", "at least 8 characters"),
        ("ABCDEF1!", "a lower-case letter"),
        ("abcdef1!", "an upper-case letter"),
        ("abcdefG!", "a digit"),
        ("abcdefG1", "a symbol, such as £ or !"),
        ("abcdef G1", "a symbol, such as £ or !"),
        (" abcdefG1!", "no space at either end"),
        ("abcdefG1!" + "é" * 32, "at most 72 bytes"),
    ],
)
def test_what_a_password_lacks_is_named(password: str, missing: str) -> None:
    assert Policy().problems(password) == [missing]
    assert Policy().diagnose_password(password) == f"The new password needs {missing}."


@given(st.text(PRINTABLE, max_size=80))
def test_the_policy_is_the_schools_and_nothing_else(password: str) -> None:
    def some(kind: Callable[[str], bool]) -> bool:
        return any(kind(character) for character in password)

    wanted = (
        len(password) >= 8
        and len(password.encode()) <= 72
        and some(str.islower)
        and some(str.isupper)
        and some(str.isdigit)
        and some(lambda each: not each.isalnum() and each != " ")
        and not password.startswith(" ")
        and not password.endswith(" ")
    )
    assert Policy().validate_password(password) == wanted


@pytest.mark.parametrize(
    ("email", "fine"),
    [
        ("anna.o'brien@oakfield.example", True),
        ("a@b.example", True),
        ("anna", False),
        ("anna@oakfield", False),
        ("a b@oakfield.example", False),
    ],
)
def test_addresses_are_those_that_people_have(email: str, fine: bool) -> None:
    assert Policy().validate_email(email) == fine


def test_a_password_is_kept_as_a_hash_and_found_right(store: Store) -> None:
    anna = staffroom.account(store)
    passwords.set_(store, anna.id, "Zoë’s 1st cat!", by=anna)
    decomposed = "Zoe\u0308’s 1st cat!"
    assert passwords.is_right(store, anna.email.upper(), decomposed) == anna
    assert passwords.is_right(store, anna.email, "Zoë’s 1st cat") is None
    assert staffroom.events(store, anna.id) == ["password_changed"]


def test_a_password_beyond_72_bytes_is_refused_and_never_cut(store: Store) -> None:
    anna = staffroom.with_password(store, password="aB1!" + "x" * 68)
    with pytest.raises(Refused, match="at most 72 bytes"):
        passwords.set_(store, anna.id, "aB1!" + "x" * 69, by=anna)
    assert passwords.is_right(store, anna.email, "aB1!" + "x" * 69) is None
    assert passwords.is_right(store, anna.email, "aB1!" + "x" * 68) == anna


@pytest.mark.parametrize("case", ["wrong", "unknown", "closed", "without", "too long"])
def test_whatever_is_wrong_costs_one_hash(
    store: Store, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = staffroom.account(store)
    if case != "without":
        passwords.set_(store, anna.id, PASSWORD, by=SYSTEM)
    if case == "closed":
        staffroom.closed(store, anna)
    email = "nobody@oakfield.example" if case == "unknown" else anna.email
    typed = "x" * 73 if case == "too long" else PASSWORD if case != "wrong" else "wrong"
    passwords.is_right(store, "nobody@oakfield.example", "the first one makes the decoy")
    costs: list[bytes] = []
    check = bcrypt.checkpw

    def checked(password: bytes, hash_: bytes) -> bool:
        right = check(password, hash_)
        costs.append(hash_[:7])
        return right

    monkeypatch.setattr(bcrypt, "checkpw", checked)
    assert passwords.is_right(store, email, typed) is None
    assert costs == [b"$2b$12$"]


def test_the_last_five_are_not_taken_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.with_password(store, password="Number 0 !")
    for number in range(1, 6):
        cheap(store, anna, watch, f"Number {number} !")
    used = [passwords.was_used(store, anna.id, f"Number {number} !") for number in range(6)]
    assert used == [False, True, True, True, True, True]
    with pytest.raises(Refused, match="one of the last 5"):
        passwords.set_(store, anna.id, "Number 5 !", by=anna)


def test_a_password_runs_out_after_sixty_days(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna, ben = staffroom.with_password(store), staffroom.account(store)
    watch.turn(days=60)
    assert not passwords.is_expired(store, anna.id)
    watch.turn(seconds=1)
    assert passwords.is_expired(store, anna.id)
    assert not passwords.is_expired(store, ben.id), "there is none that could run out"
    cheap(store, anna, watch, "A new 1, then")
    assert not passwords.is_expired(store, anna.id)


def test_a_session_is_not_interrupted_when_the_password_runs_out_in_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.with_password(store)
    watch.turn(days=59, hours=23)
    began_at = watch.now
    watch.turn(hours=2)
    assert passwords.is_expired(store, anna.id)
    assert not passwords.is_expired(store, anna.id, at=began_at)


def test_a_school_can_turn_the_change_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.with_password(store)
    settings.choose(store, by=staffroom.with_access(store), password_days="0")
    watch.turn(days=4000)
    assert not passwords.is_expired(store, anna.id)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_sets_somebody_elses_password(store: Store, role: Role) -> None:
    anna, other = staffroom.account(store), staffroom.with_access(store, role)
    with pytest.raises(NotAllowed):
        passwords.set_(store, anna.id, PASSWORD, by=other)
