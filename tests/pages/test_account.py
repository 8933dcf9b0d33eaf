"""My account: a lost phone is shut out, and there are codes on paper for the next one."""

from __future__ import annotations

from dataclasses import replace

from core import recovery_codes, spares
from core.person import Person, Role
from core.web import school
from tests.core import staffroom
from tests.pages.conftest import Sit, text


def a_lead_with(authenticators: int) -> Person:
    lead = staffroom.account(school.store(), Role.LEAD)
    for nth in range(authenticators):
        staffroom.enrolled(school.store(), replace(lead, code_given=nth > 0))
    return lead


def test_the_authenticator_of_a_lost_phone_is_taken_away(staff: list[Person], sit: Sit) -> None:
    lead = a_lead_with(2)
    (lost, _), (kept, _) = spares.of(school.store(), by=lead).authenticators
    app = sit(lead).switch_page("account/account.py").run()
    app.session_state["taking_away"] = lost
    app.run()
    assert "Is it the one of the phone you have lost?" in text(app)
    next(b for b in app.button if b.label == "Take it away for good").click().run()
    assert not app.exception
    assert [id_ for id_, _ in spares.of(school.store(), by=lead).authenticators] == [kept]
    assert "Take it away" not in text(app), "the last one stays"


def test_everywhere_somebody_is_signed_in_is_told(staff: list[Person], sit: Sit) -> None:
    lead = a_lead_with(0)
    sit(lead)
    app = sit(lead).switch_page("account/account.py").run()
    assert text(app).count("Signed in today") == 2 and text(app).count("Sign out there") == 1


def test_new_recovery_codes_are_shown_once_and_work(staff: list[Person], sit: Sit) -> None:
    lead = a_lead_with(1)
    app = sit(lead).switch_page("account/account.py").run()
    next(b for b in app.button if b.label == "Make new recovery codes").click().run()
    codes = app.session_state["recovery_codes"]
    assert len(codes) == 10 and all(code in text(app) for code in codes)
    next(b for b in app.button if b.label == "I have them").click().run()
    assert not app.exception and not any(code in text(app) for code in codes)
    assert recovery_codes.use(school.store(), lead.id, codes[0])
    assert "9 are left" in text(app.run())
