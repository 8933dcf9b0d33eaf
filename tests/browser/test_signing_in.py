"""How people come in: with a password alone, with the Authenticator's code, or without it."""

from __future__ import annotations

import pyotp

from core import clock
from tests.browser.conftest import Oakfield
from tests.browser.somebody import PHONE, Meet

TEACHER, LEAD = "Mr Tunde Bello", "Mrs Helen Whitlock"


def test_a_teacher_comes_in_by_a_password_alone(meet: Meet, oakfield: Oakfield) -> None:
    account = oakfield.accounts[TEACHER]
    teacher = meet(oakfield.served.address, PHONE)
    teacher.sign_in(account.email, account.password)
    assert not teacher.link("Today").count()
    assert teacher.witness.complaints == []


def test_a_lead_has_full_access_with_the_code_and_is_staff_without(
    meet: Meet, oakfield: Oakfield
) -> None:
    account = oakfield.accounts[LEAD]
    code = pyotp.TOTP(account.totp_secret).at(clock.now())
    with_code, without = meet(oakfield.served.address), meet(oakfield.served.address)
    with_code.sign_in(account.email, account.password, code)
    with_code.go("Today")
    without.sign_in(account.email, account.password, "")
    assert not without.link("Today").count()
    assert with_code.witness.complaints + without.witness.complaints == []
