"""A long chronology: the newest entries, more of them, and those of a year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import chronology, clock, filters, pupils
from core.chronology import Wanted
from core.person import Person, Role
from core.records import Action, Incident
from core.web import school
from tests.pages.conftest import Sit, one, text

ENTRIES = 120


@pytest.fixture(scope="module")
def child(staff: list[Person]) -> str:
    """Somebody about whom something was written every ten days."""
    details = pupils.Details(name="Una Long", born_on=date(2017, 3, 1), class_name="4 Birch")
    lead = replace(one(staff, Role.LEAD), code_given=True)
    (id_,) = pupils.add(school.store(), [details], by=lead)
    incidents = [
        Incident(number=school.store().next_number(), pupil=id_, account=f"Entry {n}.",
                 occurred_at=clock.now() - timedelta(days=10 * n), parents_contacted=True,
                 categories=("injury" if n < 60 else "medical",))
        for n in range(ENTRIES)
    ]  # fmt: skip
    school.store().append(*incidents, by=lead)
    return id_


@pytest.fixture
def app(staff: list[Person], sit: Sit, child: str) -> AppTest:
    app = sit(one(staff, Role.LEAD))
    app.query_params["pupil"] = child
    return app.switch_page("pupils/chronology.py").run()


def entries(app: AppTest) -> list[int]:
    """Which of the entries are shown, in their order."""
    assert not app.exception
    words = text(app)
    found = [(words.find(f'"Entry {n}."'), n) for n in range(ENTRIES)]
    return [n for place, n in sorted(found) if place >= 0]


def test_the_newest_fifty_are_shown_and_fifty_more_when_asked(app: AppTest) -> None:
    assert entries(app) == list(range(50))
    assert f"{ENTRIES} of {ENTRIES} entries" in text(app) and "70 older entries." in text(app)
    for shown in (100, ENTRIES):
        next(b for b in app.button if b.label == "Show 50 more").click().run()
        assert entries(app) == list(range(shown))
    assert not [b for b in app.button if b.label == "Show 50 more"]


def test_what_was_written_today_is_told_so_on_this_day_alone(
    staff: list[Person], sit: Sit, child: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = one(staff, Role.LEAD)
    newest = max(chronology.of(school.store(), child, by=replace(lead, code_given=True)).entries,
                 key=lambda entry: entry.incident.occurred_at)  # fmt: skip
    action = Action(incident=newest.incident.id, kind="note", account="Rang home.")
    school.store().append(action, by=lead)
    a_day_on = clock.now() + timedelta(days=1)
    assert re.search(r"Today \d\d:\d\d", read(sit, lead, child))
    monkeypatch.setattr(clock, "now", lambda: a_day_on)
    assert not re.search(r"Today \d\d:\d\d", read(sit, lead, child))


def read(sit: Sit, lead: Person, child: str) -> str:
    app = sit(lead)
    app.query_params["pupil"] = child
    return text(app.switch_page("pupils/chronology.py").run())


def test_a_year_begins_with_its_last_entry(app: AppTest) -> None:
    (years,) = (box for box in app.selectbox if box.label == "Go to a year")
    last_year = clock.now().year - 1
    years.select(last_year).run()
    first = entries(app)[0]
    assert (clock.now() - timedelta(days=10 * first)).year == last_year
    assert first == 0 or (clock.now() - timedelta(days=10 * (first - 1))).year > last_year
    assert f"{first} newer entries are not shown." in text(app)


def test_filters_cover_what_is_not_shown(app: AppTest) -> None:
    (kinds,) = (pills for pills in app.button_group if pills.label == "Kinds of concern")
    kinds.select("medical").run()
    assert entries(app) == list(range(60, 110))
    assert f"60 of {ENTRIES} entries" in text(app)


def test_a_saved_filter_names_what_is_not_in_this_record(
    staff: list[Person], sit: Sit, child: str
) -> None:
    lead = replace(one(staff, Role.LEAD), code_given=True)
    office = one(staff, Role.OFFICE)
    wanted = Wanted(categories=("bullying_of_old", "medical"), author=office.id, household=True)
    kept = filters.save(school.store(), "Of *old*", wanted, by=lead)
    app = sit(lead)
    app.query_params["pupil"], app.query_params["filter"] = child, kept.id
    app.switch_page("pupils/chronology.py").run()
    assert entries(app) == [] and f"0 of {ENTRIES} entries" in text(app)
    assert "no longer in use" in text(app) and "fits what is chosen" in text(app)
    (author,) = (box for box in app.selectbox if box.label == "Written by")
    author.set_value(None).run()
    assert entries(app) == list(range(60, 110))
    filters.remove(school.store(), kept.id, by=lead)
    app.run()
    assert "no such saved filter any more" in text(app)
    assert entries(app) == list(range(60, 110))
