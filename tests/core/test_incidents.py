from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import attachments, clock, forms, incidents
from core.errors import Refused
from core.forms import Form, Incomplete
from core.inspection import Inspected
from core.names import initials
from core.permissions import NotAllowed, NotThere
from core.records import Alert, Incident, LinkedPupil, Mail
from core.store import NotKept, Record, Store
from tests.core.school import (
    School,
    a_concern,
    disk_gone,
    how_many,
    linked,
    openings_of,
    plain,
    recorded,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def all_kinds(store: Store) -> dict[str, int]:
    kinds: tuple[type[Record], ...] = (Incident, LinkedPupil, Alert, Mail)
    return {kind.TABLE: how_many(store, kind) for kind in kinds}


def test_the_first_incident_of_a_school_is_1001_and_the_next_1002(new_school: School) -> None:
    numbers = [
        incidents.add(new_school.store, a_concern(new_school.amy), by=new_school.birch)
        for _ in range(2)
    ]
    assert numbers == [1001, 1002]


def test_everything_that_was_filled_in_is_read_again(school: School) -> None:
    form = a_concern(
        school.amy,
        about_time=True,
        child_words="“It’s a secret” ![](http://stranger.example) -> :smile:",
        parents_contacted=False,
        parents_why_not="Not before the lead has decided",
        told_in_person=school.lead.id,
        told_at="13:40",
        original_notes="Red book, cupboard 2",
        linked=linked(school.ben, part="alleged"),
        agencies=("police", "gp"),
        urgent=True,
    )
    incident = incidents.open(school.store, recorded(school, form, by=school.birch),
                              by=school.birch).incident  # fmt: skip
    for name in vars(form).keys() - {"linked", "others", "files", "body_map", "paper"}:
        assert getattr(incident, name) == getattr(form, name), name


@settings(max_examples=25, deadline=None)
@given(account=TEXT, child_words=TEXT)
def test_the_exact_words_are_kept(school: School, account: str, child_words: str) -> None:
    form = a_concern(school.amy, account=account, child_words=child_words)
    incident = incidents.open(school.store, recorded(school, form, by=school.birch),
                              by=school.birch).incident  # fmt: skip
    assert (incident.account, incident.child_words) == (account, child_words)


def test_the_reason_for_not_contacting_parents_goes_when_they_were_contacted(
    school: School,
) -> None:
    form = a_concern(school.amy, parents_contacted=True, parents_why_not="left over")
    opened = incidents.open(school.store, recorded(school, form, by=school.birch), by=school.birch)
    assert opened.incident.parents_why_not == ""


# What a form is sent twice for: a double click, a second tab, a lost answer.


def test_a_form_sent_twice_makes_one_incident(school: School) -> None:
    form = a_concern(school.amy, linked=linked(school.ben))
    first = incidents.add(school.store, form, by=school.birch)
    kept = all_kinds(school.store)
    assert incidents.add(school.store, form, by=school.birch) == first
    assert all_kinds(school.store) == kept


def test_a_form_sent_by_eight_threads_at_once_makes_one_incident(school: School) -> None:
    form = a_concern(school.amy)
    before = all_kinds(school.store)
    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(incidents.add, school.store, form, by=school.birch)
                for _ in range(8)]  # fmt: skip
        numbers = {each.result() for each in sent}
    assert len(numbers) == 1
    new = {kind: n - before[kind] for kind, n in all_kinds(school.store).items()}
    assert new == {"incidents": 1, "linked_pupils": 0, "alerts": 3, "mails": 3}


def test_eight_forms_sent_at_once_have_eight_numbers(school: School) -> None:
    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(incidents.add, school.store, a_concern(school.amy), by=school.oak)
                for _ in range(8)]  # fmt: skip
        numbers = {each.result() for each in sent}
    assert len(numbers) == 8


def test_a_form_with_the_id_of_somebody_elses_is_refused(school: School) -> None:
    theirs = a_concern(school.amy)
    incidents.add(school.store, theirs, by=school.birch)
    before = all_kinds(school.store)
    with pytest.raises(Refused, match="sent already"):
        incidents.add(school.store, a_concern(school.ben, id=theirs.id), by=school.oak)
    assert all_kinds(school.store) == before


@pytest.mark.parametrize(
    "change",
    [{"account": "And then he told me more"}, {"urgent": True}, {"categories": ("injury",)}],
    ids=str,
)
def test_what_was_typed_after_the_form_had_been_recorded_is_not_lost_in_silence(
    school: School, change: dict[str, Any]
) -> None:
    form = a_concern(school.amy)
    number = incidents.add(school.store, form, by=school.birch)
    with pytest.raises(Refused, match=f"recorded as #{number} before you changed it"):
        incidents.add(school.store, replace(form, **change), by=school.birch)


def test_another_linked_pupil_counts_as_a_change(school: School) -> None:
    form = a_concern(school.amy)
    incidents.add(school.store, form, by=school.birch)
    changed = replace(form, linked=linked(school.ben))
    with pytest.raises(Refused, match="before you changed it"):
        incidents.add(school.store, changed, by=school.birch)


# What is missing is told all at once.


def test_an_empty_form_is_told_everything_that_is_missing(school: School) -> None:
    with pytest.raises(Incomplete) as told:
        incidents.add(school.store, Form(), by=school.birch)
    assert told.value.problems.keys() == {
        "pupil",
        "occurred_at",
        "account",
        "parents_contacted",
        "categories",
    }
    assert all(text.startswith("Please ") for text in told.value.problems.values())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("pupil", {"pupil": "nobody"}),
        ("occurred_at", {"occurred_at": None}),
        ("occurred_at", {"occurred_at": clock.now() + timedelta(days=1)}),
        ("occurred_at", {"occurred_at": datetime(2016, 2, 28, 23, 59, tzinfo=UTC)}),
        ("account", {"account": " \n\t"}),
        ("parents_contacted", {"parents_contacted": None}),
        ("parents_why_not", {"parents_contacted": False, "parents_why_not": " "}),
        ("categories", {"categories": ()}),
        ("categories", {"categories": ("no such",)}),
        ("linked", {"linked": (("nobody", "witness"),)}),
        ("agencies", {"agencies": ("fbi",)}),
        ("others", {"others": ("nobody",)}),
        ("others", {"named": ("nobody",)}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_problem_is_told_beside_its_field(
    school: School, field: str, change: dict[str, Any]
) -> None:
    form = a_concern(school.amy, **change)
    assert forms.problems(school.store, form, by=school.birch).keys() == {field}
    with pytest.raises(Incomplete):
        incidents.add(school.store, form, by=school.birch)


@pytest.mark.parametrize(
    "wrong",
    [lambda s: linked(s.amy), lambda s: linked(s.ben, s.ben), lambda s: linked(s.ben, part="x")],
    ids=["the pupil", "twice", "no such part"],
)
def test_a_pupil_is_linked_once_with_a_part_and_not_to_themselves(
    school: School, wrong: Any
) -> None:
    form = a_concern(school.amy, linked=wrong(school))
    assert forms.problems(school.store, form, by=school.birch).keys() == {"linked"}


def test_nobody_is_alerted_who_does_not_work_with_children(school: School) -> None:
    for person in (school.office, school.governor, school.chair):
        form = a_concern(school.amy, others=(person.id,))
        assert forms.problems(school.store, form, by=school.birch).keys() == {"others"}


def test_what_happened_on_the_day_of_birth_can_be_recorded(school: School) -> None:
    born = datetime(2016, 2, 29, 0, 1, tzinfo=UTC)
    form = a_concern(school.amy, occurred_at=born)
    assert not forms.problems(school.store, form, by=school.birch)


def test_a_tablets_clock_may_be_a_little_ahead(school: School) -> None:
    form = a_concern(school.amy, occurred_at=clock.now() + timedelta(minutes=4))
    assert not forms.problems(school.store, form, by=school.birch)


@pytest.mark.parametrize("category", ["safeguarding", "child_in_need", "early_help"])
def test_categories_for_leads_are_refused_to_others(school: School, category: str) -> None:
    form = a_concern(school.amy, categories=("injury", category))
    for by in (school.birch, plain(school.lead), plain(school.head)):
        assert forms.problems(school.store, form, by=by).keys() == {"categories"}
    for by in (school.lead, school.head):
        assert not forms.problems(school.store, form, by=by)


def test_a_draft_becomes_the_same_form_again(school: School) -> None:
    form = a_concern(school.amy, linked=[*linked(school.ben)], categories=["injury"], others=[],
                     named=[], agencies=[])  # fmt: skip
    assert forms.from_draft(form.id, forms.to_draft(form)) == form
    assert forms.from_draft("x", {}) == Form(id="x")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "[]",
        "{",
        '{"account": 5}',
        '{"urgent": 2}',
        '{"categories": "injury"}',
        '{"linked": [["a"]]}',
        '{"occurred_at": "yesterday"}',
        '{"parents_contacted": "no"}',
    ],
)
def test_a_draft_that_no_page_kept_is_let_go_of(forged: str) -> None:
    form = forms.from_draft("x", {"form": forged, "account": "Typed", "body_map": forged})
    assert form == Form(id="x", account="Typed")


def test_a_moment_without_a_zone_is_no_moment() -> None:
    kept = {"form": '{"occurred_at": "2026-11-25T13:30:00"}'}
    assert forms.from_draft("x", kept).occurred_at is None


def test_a_file_or_a_person_that_was_added_after_sending_is_not_lost_in_silence(
    school: School,
) -> None:
    form = a_concern(school.amy)
    incidents.add(school.store, form, by=school.birch)
    for changed in (
        replace(form, files=(Inspected("a.pdf", "application/pdf", b"%PDF-1.7"),)),
        replace(form, others=(school.assistant.id,)),
    ):
        with pytest.raises(Refused, match="before you changed it"):
            incidents.add(school.store, changed, by=school.birch)
    assert incidents.add(school.store, replace(form, others=(school.lead.id,)), by=school.birch)


def test_texts_typed_after_the_draft_was_kept_win(school: School) -> None:
    kept = forms.to_draft(a_concern(school.amy)) | {"account": "Newer", "pupil": "not a text"}
    form = forms.from_draft("x", kept)
    assert (form.account, form.pupil) == ("Newer", school.amy.id)


# Reading.


def test_a_number_that_is_none_or_hidden_or_absurd_is_answered_alike(school: School) -> None:
    hidden = a_concern(school.amy)
    number = incidents.add(school.store, hidden, by=school.lead)
    said = set()
    for each in (number, number + 10_000, 0, -1, 2**63, 10**40):
        with pytest.raises(NotThere) as refusal:
            incidents.find(school.store, each, by=school.oak)
        said.add(str(refusal.value))
    for id_ in (hidden.id, "nothing", ""):
        with pytest.raises(NotThere) as refusal:
            incidents.open(school.store, id_, by=school.oak)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_the_author_finds_theirs_newest_first(own_school: School) -> None:
    forms_ = [a_concern(own_school.amy) for _ in range(3)]
    for form in forms_:
        recorded(own_school, form, by=own_school.oak)
    recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    recorded(own_school, a_concern(own_school.amy, named=(own_school.oak.id,)), by=own_school.oak)
    mine = incidents.mine(own_school.store, by=own_school.oak)
    assert [each.id for each in mine] == [form.id for form in reversed(forms_)]
    assert mine[0].title == f"#{mine[0].number} Injury, Behaviour"


def test_linked_pupils_are_initials_but_for_the_author_and_full_access(school: School) -> None:
    form = a_concern(school.amy, linked=linked(school.ben, school.cai),
                     others=(school.assistant.id,))  # fmt: skip
    recorded(school, form, by=school.birch)
    names = [school.ben.name, school.cai.name]
    for by in (school.birch, school.lead, school.head):
        opened = incidents.open(school.store, form.id, by=by)
        assert [each.name for each in opened.linked] == names
    for by in (school.oak, school.assistant, plain(school.lead), plain(school.head)):
        opened = incidents.open(school.store, form.id, by=by)
        assert [each.name for each in opened.linked] == [initials(name) for name in names]
        assert [each.part for each in opened.linked] == ["witness", "witness"]


def test_a_file_is_recorded_with_its_incident_and_read_again(school: School) -> None:
    file = Inspected("note.pdf", "application/pdf", b"%PDF-1.7 a scanned note")
    form = a_concern(school.amy, files=(file,))
    recorded(school, form, by=school.birch)
    (listed,) = incidents.open(school.store, form.id, by=school.birch).files
    kept = attachments.open(school.store, listed.id, by=school.lead)
    assert (kept.name, kept.media_type, kept.content) == (file.name, file.media_type, file.content)
    with pytest.raises(NotThere):
        attachments.open(school.store, listed.id, by=school.oak)


# Recorded, or not shown; recorded, or not acknowledged.


def test_opening_an_incident_is_recorded_once_in_ten_minutes(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.birch)
    for by in (school.birch, school.lead, school.birch):
        incidents.open(school.store, id_, by=by)
    assert [each.what for each in openings_of(school.store, id_)] == ["incident", "incident"]


def test_what_cannot_be_recorded_as_read_is_not_shown(school: School) -> None:
    file = Inspected("note.pdf", "application/pdf", b"%PDF-1.7 another")
    form = a_concern(school.amy, files=(file,))
    recorded(school, form, by=school.birch)
    (listed,) = incidents.open(school.store, form.id, by=school.birch).files
    with disk_gone(school.store):
        with pytest.raises(NotKept):
            incidents.open(school.store, form.id, by=school.lead)
        with pytest.raises(NotKept):
            attachments.open(school.store, listed.id, by=school.lead)
    assert incidents.open(school.store, form.id, by=school.lead).incident.id == form.id


def test_a_refused_read_leaves_no_trace_of_reading(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.lead)
    with pytest.raises(NotThere):
        incidents.open(school.store, id_, by=school.oak)
    assert not openings_of(school.store, id_)


def test_a_form_that_could_not_be_kept_is_one_incident_when_it_is_sent_again(
    new_school: School,
) -> None:
    store, form = new_school.store, a_concern(new_school.amy)
    with disk_gone(store), pytest.raises(NotKept, match="not certain that this was saved"):
        incidents.add(store, form, by=new_school.birch)
    number = incidents.add(store, form, by=new_school.birch)
    assert incidents.find(store, number, by=new_school.birch) == form.id
    assert all_kinds(store) == {"incidents": 1, "linked_pupils": 0, "alerts": 3, "mails": 3}
    assert store.head
    assert store.journal.seq == store.head.seq


def test_only_staff_add_incidents(school: School) -> None:
    for by in (school.office, school.governor, school.chair, replace(school.lead, active=False)):
        with pytest.raises(NotAllowed):
            incidents.add(school.store, a_concern(school.amy), by=by)
        with pytest.raises(NotAllowed):
            incidents.told(school.store, a_concern(school.amy), by=by)
