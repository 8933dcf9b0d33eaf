"""What the record knows of a missing child: put before the incident's lead, and nobody else."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from core import collection, people, plans
from core.collection import CollectorForm, OrderForm
from core.errors import Refused
from core.inspection import Inspected
from core.missing import entries, facts, finding, known, photographs, roles, steps
from core.permissions import NotThere
from core.person import Person
from core.records import SearchCall
from core.reports import police
from tests.core.school import School, openings_of, plain
from tests.core.searching import At, a_clock, begun, done, leads, now


@pytest.fixture
def school(new_school: School) -> School:
    for name in ("Ms Bea Lee", "Mr Far Off"):
        form = CollectorForm(name=name, relation="parent", phone="07700 900123")
        collection.allow(new_school.store, new_school.amy.id, form, by=new_school.lead)
    order = OrderForm(name="Far Off", until=date(2030, 1, 1), account="He may not come near.")
    collection.forbid(new_school.store, new_school.amy.id, order, by=new_school.lead)
    plan = plans.Form(pupil=new_school.amy.id, kind="ehcp", since=date(2025, 1, 1), note="Signs")
    plans.record(new_school.store, plan, by=new_school.lead)
    plans.note(new_school.store, new_school.amy.id, "Carries an inhaler", by=new_school.lead)
    return new_school


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    return a_clock(monkeypatch)


def missing(school: School) -> str:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    return log


def told(school: School, log: str, by: Person) -> set[str]:
    found = known.of(school.store, log, by=by)
    return {f"{each.label}: {each.account}" for _, some in found for each in some}


def test_the_lead_of_the_incident_is_told_orders_plans_and_the_standing_note(
    school: School,
) -> None:
    log = missing(school)
    leads(school, log, school.head)
    assert told(school, log, school.head) == {
        "Must not collect: Far Off: He may not come near.",
        "Know this first: Carries an inhaler",
        "Education, health and care plan: Signs",
    }
    assert [each.what for each in openings_of(school.store, school.amy.id)] == ["known"]


def test_nobody_else_is_and_no_lead_without_the_code(school: School) -> None:
    log = missing(school)
    leads(school, log, school.head)
    for by in (school.birch, school.lead, school.office, plain(school.head)):
        assert told(school, log, by) == set()
    for by in (school.birch, school.office):
        leads(school, log, by)
        assert told(school, log, by) == set()
    assert openings_of(school.store, school.amy.id) == []


def test_a_relative_who_leads_is_told_no_danger_that_says_more_than_a_search_needs(
    school: School,
) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    for danger in ("order", "gate"):
        steps.press(school.store, log, "danger", danger, "holds", by=school.birch)
    leads(school, log, school.lead)
    told = [each.key for each in known.dangers(now(school, log), by=school.lead)]
    assert told == ["order", "gate"]
    people.mark_relative(school.store, school.lead.id, school.amy.id, by=school.head)
    told = [each.key for each in known.dangers(now(school, log), by=school.lead)]
    assert told == ["gate"]


def test_a_relative_who_leads_is_told_nothing_of_the_record(school: School) -> None:
    people.mark_relative(school.store, school.lead.id, school.amy.id, by=school.head)
    log = missing(school)
    leads(school, log, school.lead)
    assert told(school, log, school.lead) == set()
    assert all(not each.adults for each in known.contacts(school.store, log, by=school.lead))


@pytest.mark.parametrize("role", ["lead", "parents", "police"])
def test_whom_to_ring_is_told_to_who_rings_and_never_whom_an_order_keeps_away(
    school: School, role: str
) -> None:
    log = missing(school)
    assert known.contacts(school.store, log, by=school.oak) == []
    roles.take(school.store, log, role, by=school.oak)
    (of_amy,) = known.contacts(school.store, log, by=school.oak)
    assert [(a.name, a.phone) for a in of_amy.adults] == [("Ms Bea Lee", "07700 900123")]
    assert "contacts" in {each.what for each in openings_of(school.store, school.amy.id)}


# The page for the police.


def text(pdf: bytes) -> str:
    """What can be read in it, whatever the lines are broken at."""
    document = pypdfium2.PdfDocument(pdf)
    pages = (page.get_textpage().get_text_bounded() for page in document)
    return " ".join(" ".join(pages).split())


def a_photograph(name: str = "amy.png") -> Inspected:
    Image.new("RGB", (40, 60), "red").save(made := io.BytesIO(), "PNG")
    return Inspected(name, "image/png", made.getvalue())


def test_the_page_for_the_police_says_what_is_known_and_was_done(school: School, at: At) -> None:
    log = missing(school)
    leads(school, log, school.head)
    facts.saw(school.store, log, at(13, 50), "The *pond*", "Mo", by=school.birch)
    at(14, 3)
    facts.tell(school.store, log, clothing="A red coat", by=school.birch)
    done(school, log, "police")
    call = SearchCall(log=log, step="police", reference="CAD 112", officer="PC Lo")
    steps.say(school.store, log, call, by=school.birch)
    photographs.keep(school.store, log, a_photograph(), by=school.birch)
    file = police.make(school.store, log, by=school.head)
    said = text(file.content)
    for each in ("Amy D’Souza", "born 29 February 2016", "The *pond*", "A red coat", "CAD 112",
                 "PC Lo", "Ms Bea Lee", "07700 900123", "He may not come near.", "Signs",
                 "Police called: done", school.birch.name):  # fmt: skip
        assert each in said, each
    images = [o for o in pypdfium2.PdfDocument(file.content)[0].get_objects() if o.type == 3]
    assert images and "amy" not in file.name.lower()
    assert entries.of(school.store, log, by=school.oak)[0].said == "Page for the police made"


def test_who_does_not_lead_makes_it_without_what_only_the_lead_is_told(school: School) -> None:
    log = missing(school)
    steps.press(school.store, log, "danger", "harm", "holds", by=school.oak)
    said = text(police.make(school.store, log, by=school.birch).content)
    assert "Amy D’Souza" in said and "Ask the incident lead" in said
    for each in ("He may not", "inhaler", "Signs", "Bea Lee", "self-harm"):
        assert each not in said
    with pytest.raises(NotThere):
        police.make(school.store, log, by=school.chair)


def test_it_works_before_anything_is_known(school: School) -> None:
    log = begun(school)
    assert "Not known yet" in text(police.make(school.store, log, by=school.office).content)


def test_a_photograph_is_seen_as_the_log_is(school: School) -> None:
    log = missing(school)
    assert photographs.of(school.store, log, by=school.oak) is None
    with pytest.raises(Refused, match="no picture"):
        photographs.keep(school.store, log, Inspected("a.pdf", "application/pdf", b"%PDF"),
                         by=school.birch)  # fmt: skip
    photographs.keep(school.store, log, a_photograph(), by=school.birch)
    assert photographs.of(school.store, log, by=school.oak) == a_photograph().content
    finding.close(school.store, log, "mistake", "In the library", by=school.birch)
    assert photographs.of(school.store, log, by=school.oak) is None
    with pytest.raises(NotThere):
        police.make(school.store, log, by=school.oak)
