"""Two leads with the same page of a concern: the second sees what the first has changed."""

from __future__ import annotations

from dataclasses import replace

from core import incidents, pupils, statuses
from core.person import Person, Role
from core.web import school
from tests.core.school import a_concern
from tests.pages.conftest import Sit, one, text


def test_the_second_of_two_leads_is_told_sees_the_change_and_can_choose_again(
    staff: list[Person], sit: Sit
) -> None:
    store = school.store()
    first, second = (replace(one(staff, role), code_given=True) for role in (Role.HEAD, Role.LEAD))
    child = pupils.everyone(store, by=second)[0]
    form = a_concern(child)
    number = incidents.add(store, form, by=one(staff, Role.STAFF))
    app = sit(second)
    app.query_params["number"] = str(number)
    app.switch_page("incidents/follow_up.py").run()
    change = statuses.Form(incident=form.id, status="acted_on", told_reporter="We ring home.")
    statuses.change(store, change, by=first)

    (kinds,) = (pills for pills in app.button_group if pills.label == "How far is it?")
    kinds.select("monitored").run()
    (line,) = (area for area in app.text_area if area.label.startswith("A line for"))
    line.set_value("Thank you.").run()
    next(b for b in app.button if b.label == "Record the status").click().run()
    assert "has just changed this to" in text(app) and "We ring home." in text(app)
    (line,) = (area for area in app.text_area if area.label.startswith("A line for"))
    assert line.value == "Thank you."
    assert statuses.of(store, form.id, by=first).status == "acted_on"

    next(b for b in app.button if b.label == "Record the status").click().run()
    now = statuses.of(store, form.id, by=first)
    assert (now.status, now.told_reporter) == ("monitored", "Thank you.")
    assert not app.exception
