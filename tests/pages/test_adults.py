"""Concerns about adults: raised by one, read by another, and shown to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import adults, clock
from core.adults import Form
from core.person import Person, Role
from core.web import school
from tests.pages.conftest import Sit, one, text

WORDS = "He shouted -> *at* them."


@pytest.fixture
def shah(staff: list[Person]) -> Person:
    return next(person for person in staff if person.class_name == "4 Birch")


@pytest.fixture
def bello(staff: list[Person]) -> Person:
    return next(person for person in staff if "Bello" in person.name)


def concern(adult: Person, *, by: Person, level: str = "low_level") -> str:
    form = Form(adult=adult.id, level=level, occurred_at=clock.now() - timedelta(hours=1),
                place="The hall", account=WORDS)  # fmt: skip
    adults.add(school.store(), form, by=by)
    return form.id


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def opened(app: AppTest, id_: str) -> str:
    app.query_params["concern"] = id_
    app.switch_page("team/adults.py").run()
    assert not app.exception
    return text(app)


def test_one_is_raised_and_its_reporter_reads_that_it_was_received(
    shah: Person, bello: Person, sit: Sit
) -> None:
    app = sit(shah).switch_page("team/adult.py").run()
    app.selectbox[0].select(bello.id).run()
    app.radio[0].set_value("allegation").run()
    app.text_input[1].set_value("The hall").run()
    app.text_area[0].set_value(WORDS).run()
    assert "Whom it is about is told nothing." in text(app)
    press(app, "Send")
    assert not app.exception
    assert "Received. Thank you for saying it." in text(app) and WORDS not in text(app)


def test_what_is_missing_is_told_beside_its_field(shah: Person, sit: Sit) -> None:
    app = press(sit(shah).switch_page("team/adult.py").run(), "Send")
    assert not app.exception
    for sentence in ("choose whom it is about", "say which it is", "where it happened"):
        assert sentence in text(app)


def test_the_head_reads_it_and_says_what_was_done(
    staff: list[Person], shah: Person, bello: Person, sit: Sit
) -> None:
    id_ = concern(bello, by=shah)
    app = sit(one(staff, Role.HEAD)).switch_page("alerts/alerts.py").run()
    assert "A concern about an adult waits for you" in text(app)
    assert WORDS in opened(app, id_) and bello.name in text(app)
    press(app, "Record it")
    assert "Please give the reason." in text(app)
    next(p for p in app.button_group if p.label == "What was done?").select("advice").run()
    app.text_area[0].set_value("Spoke to him.").run()
    press(app, "Record it")
    assert not app.exception
    assert "Advice given" in text(app) and "Spoke to him." in text(app)


def test_the_adult_is_shown_nothing_wherever_they_look(
    staff: list[Person], shah: Person, sit: Sit
) -> None:
    lead = next(p for p in staff if p.role is Role.LEAD)
    shown = []
    for _ in range(2):
        app = sit(lead)
        pages = ("alerts/alerts.py", "team/adults.py", "team/adult.py")
        shown.append([text(app.switch_page(page).run()) for page in pages])
        id_ = concern(lead, by=shah)
    assert shown[0] == shown[1]
    real, unreal = (opened(sit(lead), each).split('"bar"')[-1] for each in (id_, "0" * 32))
    assert real == unreal and "There is no such concern" in real


def test_an_address_of_one_shows_nothing_to_the_chair_who_may_not_see_it(
    staff: list[Person], shah: Person, bello: Person, sit: Sit
) -> None:
    app = sit(one(staff, Role.GOVERNOR))
    assert WORDS not in opened(app, concern(bello, by=shah))
    assert WORDS in opened(app, concern(one(staff, Role.HEAD), by=shah))
