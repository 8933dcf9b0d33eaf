"""All marks of a child together: the slider, the pictures and the table beneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import body_history, clock, incidents, outlines, pupils
from core.forms import Form as Concern
from core.map_forms import Form, Mark
from core.person import Person, Role
from core.pupils import Pupil
from core.store import new_id
from core.web import school
from tests.pages.conftest import Sit, one, text

WORDS = "“It was -> *him*.”"


def seen(pupil: Pupil, days: float, *, by: Person) -> None:
    """A map of what was seen so many days ago."""
    at = clock.now() - timedelta(days=days)
    x, y = outlines.view("back", outlines.OLDER).centre_of("left-forearm")
    mark = Mark(id=new_id(), view="back", x=x, y=y, region="left-forearm", kind="bruise",
                child_words=WORDS)  # fmt: skip
    drawn = Form(build=outlines.OLDER, marks=[mark], seen_by="x", seen_at=at,
                 advice_sought=False, advice="x")  # fmt: skip
    form = Concern(pupil=pupil.id, occurred_at=at, account="x", parents_contacted=True,
                   categories=("injury",), body_map=drawn)  # fmt: skip
    incidents.add(school.store(), form, by=by)


@pytest.fixture
def child(staff: list[Person]) -> Pupil:
    """Somebody about whom nothing has been written yet."""
    details = pupils.Details(name="Uma Test", born_on=date(2017, 3, 1), class_name="4 Birch")
    lead = replace(one(staff, Role.LEAD), code_given=True)
    (id_,) = pupils.add(school.store(), [details], by=lead)
    return pupils.of(school.store(), id_, by=lead)


def opened(sit: Sit, lead: Person, pupil: Pupil) -> AppTest:
    app = sit(lead)
    app.query_params["pupil"] = pupil.id
    app.switch_page("pupils/body_maps.py").run()
    assert not app.exception
    return app


def test_the_slider_takes_away_what_had_not_been_seen_yet(
    staff: list[Person], sit: Sit, child: Pupil
) -> None:
    lead = one(staff, Role.LEAD)
    for days in (40, 3):
        seen(child, days, by=lead)
    app = opened(sit, lead, child)
    assert "2 of 2 marks." in text(app) and text(app).count('"item"') == 2
    assert WORDS.strip("“”") in text(app)
    (slider,) = app.select_slider
    full = replace(lead, code_given=True)
    slider.set_value(body_history.of(school.store(), child.id, by=full).days[0])
    app.run()
    assert not app.exception
    assert "1 of 2 marks." in text(app) and text(app).count('"item"') == 1


def test_one_day_needs_no_slider(staff: list[Person], sit: Sit, child: Pupil) -> None:
    lead = one(staff, Role.LEAD)
    seen(child, 3, by=lead)
    app = opened(sit, lead, child)
    assert not app.select_slider and text(app).count('"item"') == 1


def test_a_child_without_marks_is_told_in_a_sentence(
    staff: list[Person], sit: Sit, child: Pupil
) -> None:
    app = opened(sit, one(staff, Role.LEAD), child)
    assert "No mark has been set on a body map of this student." in text(app)
