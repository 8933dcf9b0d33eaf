"""Outings on screen: whose they are, who approves, and what is said about the ratio."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core import outings
from core.person import Person, Role
from core.ratios import NO_FIGURE
from core.web import school
from tests.pages.conftest import Sit, one, text

PLACES = ("Hill Farm", "Town museum")


def named(staff: list[Person], name: str) -> Person:
    return next(person for person in staff if person.name == name)


def outing(staff: list[Person], place: str) -> str:
    """The id of an outing of the demonstration school."""
    found = outings.listed(school.store(), by=one(staff, Role.OFFICE))
    return next(each.id for each in (*found.today, *found.coming) if each.place == place)


def opened(app: AppTest, file: str, id_: str) -> AppTest:
    app.query_params["outing"] = id_
    return app.switch_page(file).run()


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_a_teacher_sees_the_outings_that_are_theirs(staff: list[Person], sit: Sit) -> None:
    app = sit(named(staff, "Ms Priya Shah")).switch_page("outings/outings.py").run()
    assert not app.exception and "Hill Farm" in text(app) and "Town museum" not in text(app)
    app = sit(one(staff, Role.OFFICE)).switch_page("outings/outings.py").run()
    assert all(place in text(app) for place in PLACES)


def test_an_outing_of_somebody_else_looks_like_one_that_is_not_there(
    staff: list[Person], sit: Sit
) -> None:
    shah = named(staff, "Ms Priya Shah")
    for file in ("outings/outing.py", "outings/count.py"):
        shown = [text(opened(sit(shah), file, id_)).split('"bar"')[-1]
                 for id_ in (outing(staff, "Town museum"), "0" * 32)]  # fmt: skip
        assert shown[0] == shown[1] and "There is no such outing" in shown[0]


def test_the_head_alone_is_asked_to_approve(staff: list[Person], sit: Sit) -> None:
    id_ = outing(staff, "Town museum")
    for person in (named(staff, "Mr Gareth Pugh"), one(staff, Role.LEAD), one(staff, Role.HEAD)):
        app = opened(sit(person), "outings/outing.py", id_)
        app.button_group[0].set_value("risks").run()
        assert not app.exception and "Waits for the head" in text(app)
        assert ("Approve" in labels(app)) == (person.role is Role.HEAD), person.role


def test_the_screen_says_that_the_limit_is_the_schools_own(staff: list[Person], sit: Sit) -> None:
    app = opened(sit(one(staff, Role.OFFICE)), "outings/outing.py", outing(staff, "Hill Farm"))
    assert NO_FIGURE in text(app) and "the school’s limit for Year 4 and up is 10" in text(app)


def test_a_plan_that_is_refused_keeps_what_was_typed(staff: list[Person], sit: Sit) -> None:
    app = sit(named(staff, "Ms Priya Shah")).switch_page("outings/outings.py").run()
    app.text_input[0].set_value("The *mill*")
    next(b for b in app.button if b.label == "Plan it").click().run()
    assert "Please give the day" in text(app) and "Please give the times" in text(app)
    assert app.text_input[0].value == "The *mill*"
