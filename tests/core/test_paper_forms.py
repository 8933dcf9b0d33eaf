"""What is written on paper: blank forms with a number each, and who wrote what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core import alerts, chronology, clock, corrections, forms, incidents, outlines, people
from core.errors import Refused
from core.forms import Form, Incomplete
from core.paper_sources import NOT_FOR_YOU
from core.paper_sources import Form as Source
from core.permissions import NotAllowed, Verb
from core.person import Person
from core.records import Incident, PaperForm, PaperSource
from core.reports import blank, downloads, pdf
from core.reports import chronology as reports
from core.store import NotKept
from tests.core.paper import Paper, squeezed
from tests.core.school import School, a_concern, disk_gone, how_many, plain, recorded

MOMENT = datetime(2026, 1, 5, tzinfo=UTC)


# Blank ones.


def printed(school: School, copies: int = 1, *, by: Person | None = None) -> Paper:
    return Paper(blank.make(school.store, copies, outlines.OLDER, by=by or school.birch).content)


def test_each_copy_has_a_number_of_its_own_and_numbers_run_on(new_school: School) -> None:
    first, second = printed(new_school, 3), printed(new_school)
    assert [f"Form {n}" in first.pages[3 * n - 3] for n in (1, 2, 3)] == [True] * 3
    assert len(first.pages) == 9 and len(second.pages) == 3
    assert all("Form 4" in page for page in second.pages)


def test_that_forms_were_printed_is_a_record_of_whom_and_how_many(new_school: School) -> None:
    store = new_school.store
    printed(new_school, 3)
    (form,) = store.ask(PaperForm, "FROM paper_forms")
    assert (form.number, form.copies) == (1, 3)
    assert store.ask(PaperForm, "FROM paper_forms WHERE recorded_by = $me", me=new_school.birch.id)


def test_a_form_holds_the_guide_and_every_outline_and_reads_aloud(new_school: School) -> None:
    paper = printed(new_school)
    for head, tip in forms.GUIDE:
        assert squeezed(head) in paper.whole and squeezed(tip) in paper.whole
    said = [str(figure["/Alt"]) for figure in paper.tags("/Figure")]
    assert sorted(said) == sorted(f"Outline: {outlines.SAID[view]}" for view in outlines.VIEWS)
    assert paper.root["/Lang"] == "en-GB"
    assert paper.reader.metadata and "paper form" in str(paper.reader.metadata.title)
    for text in ("Page 1 of 3", "Page 3 of 3", "999"):
        assert squeezed(text) in paper.whole


def test_a_form_holds_nothing_about_a_child(new_school: School) -> None:
    recorded(new_school, a_concern(new_school.amy), by=new_school.oak)
    paper = printed(new_school)
    assert squeezed(new_school.amy.name) not in paper.whole and "Birch" not in paper.whole


@pytest.mark.parametrize("who", ["birch", "assistant", "lead", "head", "office"])
def test_every_member_of_staff_and_the_office_prints_and_fetches_one(
    school: School, who: str
) -> None:
    by = plain(getattr(school, who))
    file = blank.make(school.store, 1, outlines.YOUNGER, by=by)
    token = downloads.offer(school.store, file, "one", Verb.PRINT_FORMS, by=by)
    assert downloads.fetch(school.store, token, "one", by=by) == file


@pytest.mark.parametrize("who", ["governor", "chair"])
def test_governors_print_none(school: School, who: str) -> None:
    before = how_many(school.store, PaperForm)
    with pytest.raises(NotAllowed):
        printed(school, by=getattr(school, who))
    assert how_many(school.store, PaperForm) == before


@pytest.mark.parametrize(("copies", "build"), [(0, "older"), (31, "older"), (1, "giant")])
def test_what_cannot_be_printed_takes_no_number(school: School, copies: int, build: str) -> None:
    before = how_many(school.store, PaperForm)
    with pytest.raises(Incomplete):
        blank.make(school.store, copies, build, by=school.birch)
    assert how_many(school.store, PaperForm) == before


# What comes back.


def a_paper(**chosen: Any) -> Source:
    written = clock.now().date() - timedelta(days=1)
    paper = Source(name="Mr Sam Supply", post="supply teacher", written_on=written,
                   original="Locked cabinet")  # fmt: skip
    return replace(paper, **chosen)


def entered(school: School, *, by: Person | None = None, **chosen: Any) -> Form:
    form = a_concern(school.amy, paper=a_paper(**chosen))
    incidents.add(school.store, form, by=by or school.lead)
    return form


def wrong(school: School, by: Person | None = None, **chosen: Any) -> dict[str, str]:
    form = a_concern(school.amy, paper=a_paper(**chosen))
    return forms.problems(school.store, form, by=by or school.lead)


def test_it_says_who_wrote_it_on_which_form_and_who_entered_it(own_school: School) -> None:
    printed(own_school)
    number = own_school.store.ask(PaperForm, "FROM paper_forms ORDER BY seq DESC")[0].number
    form = entered(own_school, number=number, written_on=date(2026, 3, 3))
    said = (f"Mr Sam Supply, supply teacher, on paper form {number}, 3 March 2026, "
            f"entered by {own_school.lead.name}")  # fmt: skip
    opened = incidents.open(own_school.store, form.id, by=own_school.head)
    assert opened.paper and opened.paper.said(opened.author) == said
    assert opened.paper.original == "Locked cabinet"
    (entry,) = chronology.of(own_school.store, own_school.amy.id, by=own_school.head).entries
    assert entry.source == said
    asked = reports.Form(pupil=own_school.amy.id, media_type=pdf.MEDIA_TYPE)
    report = reports.of(own_school.store, asked, clock.now(), by=own_school.head)
    whole = Paper(pdf.typeset("chronology", report, at=MOMENT)).whole
    assert squeezed(said) in whole and squeezed("The original form Locked cabinet") in whole


def test_a_member_of_staff_who_wrote_it_is_told_and_may_read_it(own_school: School) -> None:
    form = entered(own_school, author=own_school.oak.id, name="", post="")
    opened = incidents.open(own_school.store, form.id, by=own_school.oak)
    assert opened.paper and opened.paper.writer == own_school.oak.name
    assert form.id in {line.incident for line in alerts.unread(own_school.store, by=own_school.oak)}


def test_a_relative_who_wrote_it_is_not_told(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    people.mark_relative(store, oak.id, own_school.amy.id, by=own_school.lead)
    entered(own_school, author=oak.id)
    assert alerts.unread(store, by=oak) == []


def test_incident_and_paper_are_stored_together_or_not_at_all(own_school: School) -> None:
    store = own_school.store
    others = how_many(store, Incident) - how_many(store, PaperSource)
    with disk_gone(store), pytest.raises(NotKept):
        entered(own_school)
    assert how_many(store, Incident) - how_many(store, PaperSource) == others
    form, before = entered(own_school), how_many(store, PaperSource)
    assert incidents.add(store, form, by=own_school.lead)  # sent twice, recorded once
    assert how_many(store, PaperSource) == before
    form.paper = a_paper(name="Ms Else")
    with pytest.raises(Refused, match="before you changed it"):
        incidents.add(store, form, by=own_school.lead)


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        ({"name": " "}, "paper_author"),
        ({"post": ""}, "paper_post"),
        ({"author": "nobody"}, "paper_author"),
        ({"written_on": None}, "paper_written_on"),
        ({"written_on": date(2999, 1, 1)}, "paper_written_on"),
        ({"original": " "}, "paper_original"),
        ({"number": 99_999}, "paper_number"),
        ({"number": -1}, "paper_number"),
    ],
)
def test_what_is_missing_of_the_paper_is_told(
    school: School, chosen: dict[str, Any], named: str
) -> None:
    assert set(wrong(school, **chosen)) == {named}


def test_a_form_that_was_entered_is_not_entered_again(own_school: School) -> None:
    store = own_school.store
    printed(own_school)
    number = store.ask(PaperForm, "FROM paper_forms ORDER BY seq DESC")[0].number
    form = entered(own_school, number=number)
    assert incidents.add(store, form, by=own_school.lead)  # the same form, sent again
    assert "was entered as #" in wrong(own_school, number=number)["paper_number"]
    error = corrections.Form(incident=form.id, kind="error", account="Another child")
    corrections.add(store, error, by=own_school.lead)
    assert wrong(own_school, number=number) == {}


def test_whether_a_form_was_entered_is_not_told_to_whom_the_incident_is_hidden(
    own_school: School,
) -> None:
    printed(own_school)
    number = own_school.store.ask(PaperForm, "FROM paper_forms ORDER BY seq DESC")[0].number
    about = a_concern(own_school.amy, paper=a_paper(number=number), named=(own_school.deputy.id,))
    incidents.add(own_school.store, about, by=own_school.lead)
    assert wrong(own_school, number=number, by=own_school.deputy) == {}


def test_only_full_access_enters_one(school: School) -> None:
    for by in (school.birch, plain(school.lead)):
        assert wrong(school, by) == {"paper": NOT_FOR_YOU}
        with pytest.raises(Incomplete):
            entered(school, by=by)


def test_a_draft_keeps_what_the_paper_says(school: School) -> None:
    form = a_concern(school.amy, paper=a_paper(number=3))
    assert forms.from_draft(form.id, forms.to_draft(form)).paper == form.paper


def test_a_paper_form_that_was_only_opened_is_not_offered_again() -> None:
    assert not forms.is_begun(Form(paper=Source()))
    assert forms.is_begun(Form(paper=a_paper()))
