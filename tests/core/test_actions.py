from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core import (
    action_forms,
    actions,
    alerts,
    attachments,
    chronology,
    clock,
    incidents,
    people,
    requests,
)
from core.actions import Form
from core.errors import Refused
from core.forms import Incomplete
from core.inspection import Inspected
from core.permissions import NotThere
from core.person import Person
from core.records import Action, Alert, Completion, Mail
from core.store import NotKept
from tests.core.school import (
    School,
    a_concern,
    disk_gone,
    finish,
    how_many,
    linked,
    plain,
    recorded,
)


@pytest.fixture
def concern(school: School) -> str:
    """An incident about Amy, by her class teacher."""
    return recorded(school, a_concern(school.amy), by=school.birch)


def added(school: School, incident: str, by: Person, **chosen: Any) -> Form:
    form = Form(incident=incident, account="Rang home; nobody there", **chosen)
    actions.add(school.store, form, by=by)
    return form


def lines(school: School, incident: str, by: Person) -> list[str]:
    return [line.id for line in actions.beneath(school.store, incident, by=by)]


def test_actions_stand_beneath_their_incident_in_order(school: School, concern: str) -> None:
    forms = [added(school, concern, by) for by in (school.lead, school.birch, school.head)]
    assert lines(school, concern, school.birch) == [form.id for form in forms]
    opened = incidents.open(school.store, concern, by=school.birch)
    assert [line.author for line in opened.actions] == [
        school.lead.name,
        school.birch.name,
        school.head.name,
    ]


def test_everything_about_an_action_is_read_again(school: School, concern: str) -> None:
    due = date(2030, 1, 7)
    added(school, concern, school.lead, kind="decision", asked_of=school.oak.id, due_on=due)
    (line,) = actions.beneath(school.store, concern, by=school.lead)
    assert (line.kind, line.account, line.asked_of, line.asked_name, line.due_on, line.done_at) == (
        "decision",
        "Rang home; nobody there",
        school.oak.id,
        school.oak.name,
        due,
        None,
    )


@pytest.mark.parametrize("kind", ["parent", "agency"])
def test_a_talk_says_with_whom_how_and_what_was_agreed(
    school: School, concern: str, kind: str
) -> None:
    talk = {"with_whom": "His gran, Mrs O’Brien", "how": "phone", "agreed": "She rings -> Monday."}
    form = added(school, concern, school.birch, kind=kind, **talk)
    actions.add(school.store, form, by=school.birch)  # sent twice it is the same
    (line,) = actions.beneath(school.store, concern, by=school.lead)
    assert {name: getattr(line, name) for name in talk} == talk
    (same,) = [e for e in chronology.of(school.store, school.amy.id, by=school.lead).entries
               if e.incident.id == concern]  # fmt: skip
    assert same.actions == (line,)


def test_what_is_no_talk_keeps_nothing_of_one(school: School, concern: str) -> None:
    added(school, concern, school.birch, kind="note", with_whom="x", how="phone", agreed="y")
    (line,) = actions.beneath(school.store, concern, by=school.lead)
    assert (line.with_whom, line.how, line.agreed) == ("", "", "")


def test_the_author_of_the_incident_hears_what_came_of_it(school: School, concern: str) -> None:
    added(school, concern, school.lead)
    (line,) = [
        each for each in alerts.unread(school.store, by=school.birch) if each.incident == concern
    ]
    assert line.is_action
    assert line.author == school.lead.name


def test_the_team_the_author_others_and_the_asked_are_told_once_each(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.assistant)
    form = Form(incident=id_, account="x", others=(school.oak.id, school.lead.id),
                asked_of=school.oak.id)  # fmt: skip
    names = [each.person.name for each in actions.told(school.store, form, by=school.deputy)]
    assert len(names) == len(set(names))
    others = {school.birch.name, school.assistant.name, school.oak.name}
    assert set(names) == school.team | others


def test_class_teachers_of_linked_pupils_are_told_of_actions_too(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy, linked=linked(school.ben)), by=school.birch)
    told = actions.told(school.store, Form(incident=id_), by=school.lead)
    assert school.oak.name in {each.person.name for each in told}


def test_whoever_wrote_an_action_is_not_alerted_about_it(school: School, concern: str) -> None:
    before = how_many(school.store, Alert), how_many(school.store, Mail)
    added(school, concern, school.birch)
    after = how_many(school.store, Alert), how_many(school.store, Mail)
    assert [new - old for old, new in zip(before, after, strict=True)] == [3, 3]


def test_named_staff_hear_of_no_action_and_cannot_be_asked(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy, named=(school.oak.id,)), by=school.birch)
    told = actions.told(school.store, Form(incident=id_, others=(school.oak.id,)), by=school.lead)
    assert school.oak.name not in {each.person.name for each in told}
    with pytest.raises(Incomplete):
        added(school, id_, school.lead, asked_of=school.oak.id)


def test_where_the_head_is_named_the_chair_hears_of_actions_too(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy, named=(school.head.id,)), by=school.birch)
    told = actions.told(school.store, Form(incident=id_), by=school.lead)
    names = {each.person.name for each in told}
    assert school.chair.name in names
    assert school.head.name not in names


# Sent twice.


def test_an_action_sent_twice_is_recorded_once(school: School, concern: str) -> None:
    form = added(school, concern, school.lead)
    before = how_many(school.store, Action), how_many(school.store, Alert)
    actions.add(school.store, form, by=school.lead)
    assert (how_many(school.store, Action), how_many(school.store, Alert)) == before


def test_an_action_sent_by_eight_threads_at_once_is_recorded_once(
    school: School, concern: str
) -> None:
    form = Form(incident=concern, account="Spoke to his gran")
    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(actions.add, school.store, form, by=school.lead) for _ in range(8)]
        for each in sent:
            each.result()
    assert lines(school, concern, school.lead) == [form.id]


def test_an_action_that_could_not_be_kept_is_recorded_once_when_it_is_sent_again(
    school: School, concern: str
) -> None:
    form = Form(incident=concern, account="Spoke to his gran")
    with disk_gone(school.store), pytest.raises(NotKept):
        actions.add(school.store, form, by=school.lead)
    actions.add(school.store, form, by=school.lead)
    assert lines(school, concern, school.lead) == [form.id]


def test_an_action_changed_after_it_was_recorded_is_not_lost_in_silence(
    school: School, concern: str
) -> None:
    form = added(school, concern, school.lead)
    with pytest.raises(Refused, match="before you changed it"):
        actions.add(school.store, replace(form, account="And then he came"), by=school.lead)


def test_a_form_with_the_id_of_somebody_elses_action_is_refused(
    school: School, concern: str
) -> None:
    theirs = added(school, concern, school.lead)
    with pytest.raises(Refused, match="sent already"):
        added(school, concern, school.birch, id=theirs.id)


# What is missing is told all at once.


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("account", {"account": " \n"}),
        ("kind", {"kind": "rumour"}),
        ("with_whom", {"kind": "parent", "with_whom": " "}),
        ("with_whom", {"kind": "agency"}),
        ("how", {"kind": "parent", "with_whom": "His gran", "how": "pigeon"}),
        ("asked_of", {"due_on": date(2030, 1, 7)}),
        ("others", {"others": ("nobody",)}),
        ("asked_of", {"asked_of": "nobody"}),
    ],
    ids=str,
)
def test_a_problem_is_told_beside_its_field(
    school: School, concern: str, field: str, change: dict[str, Any]
) -> None:
    form = replace(Form(incident=concern, account="Rang home"), **change)
    with pytest.raises(Incomplete) as told:
        actions.add(school.store, form, by=school.lead)
    assert told.value.problems.keys() == {field}


def test_everything_that_is_missing_is_told_at_once(school: School, concern: str) -> None:
    form = Form(incident=concern, kind="", due_on=date(2030, 1, 7), others=(school.office.id,))
    with pytest.raises(Incomplete) as told:
        actions.add(school.store, form, by=school.lead)
    assert told.value.problems.keys() == {"account", "kind", "asked_of", "others"}


@pytest.mark.parametrize("who", ["assistant", "office", "governor", "chair", "oak"])
def test_who_may_not_see_an_incident_adds_nothing_to_it(
    school: School, concern: str, who: str
) -> None:
    by: Person = getattr(school, who)
    for incident in (concern, "nothing"):
        with pytest.raises(NotThere):
            added(school, incident, by)
        with pytest.raises(NotThere):
            actions.told(school.store, Form(incident=incident), by=by)
    assert lines(school, concern, by) == []


def test_a_file_of_an_action_is_listed_with_it(school: School, concern: str) -> None:
    file = Inspected("letter.pdf", "application/pdf", b"%PDF-1.7 a letter")
    form = added(school, concern, school.lead, kind="file", files=(file,))
    (listed,) = attachments.beneath(school.store, concern, by=school.birch)
    assert (listed.action, listed.name, listed.size) == (form.id, "letter.pdf", len(file.content))


# Asking somebody to do something.


def test_what_is_asked_of_somebody_waits_until_it_is_done(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    assert requests.asked(store, by=oak) == []
    form = added(own_school, id_, own_school.lead, asked_of=oak.id)
    (request,) = requests.asked(store, by=oak)
    assert (request.id, request.incident, request.pupil_name) == (form.id, id_, own_school.amy.name)
    assert incidents.open(store, id_, by=oak).incident.id == id_
    finish(store, form.id, by=oak)
    assert requests.asked(store, by=oak) == []
    (line,) = actions.beneath(store, id_, by=own_school.lead)
    assert line.done_at is not None
    assert incidents.open(store, id_, by=oak).incident.id == id_


def test_what_was_done_is_a_further_action_and_says_so(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    asked = added(own_school, id_, own_school.lead, asked_of=oak.id)
    form = actions.Form(incident=id_, account="I rang her aunt.", answers=asked.id)
    for _ in range(2):  # sent twice
        actions.add(store, form, by=oak)
    before, answer = actions.beneath(store, id_, by=own_school.lead)
    assert before.done_at == answer.recorded_at and answer.account == "I rang her aunt."
    late = actions.Form(incident=id_, account="So did I.", answers=asked.id)
    actions.add(store, late, by=own_school.lead)
    assert actions.beneath(store, id_, by=oak)[0].done_at == answer.recorded_at


def test_nobody_answers_what_was_asked_of_somebody_else_or_elsewhere(own_school: School) -> None:
    store = own_school.store
    id_, other = (
        recorded(own_school, a_concern(own_school.amy), by=own_school.birch) for _ in range(2)
    )
    asked = added(own_school, id_, own_school.lead, asked_of=own_school.oak.id)
    form = actions.Form(incident=id_, account="Done.", answers=asked.id)
    with pytest.raises(Refused, match="Only the person who was asked"):
        actions.add(store, form, by=own_school.birch)
    for by in (own_school.birch, own_school.assistant, own_school.office, own_school.governor):
        assert requests.open(store, id_, asked.id, by=by) is None
    elsewhere = actions.Form(incident=other, account="Done.", answers=asked.id)
    with pytest.raises(NotThere):
        actions.add(store, elsewhere, by=own_school.lead)
    assert requests.open(store, other, asked.id, by=own_school.lead) is None
    assert len(actions.beneath(store, id_, by=own_school.lead)) == 1


def test_somebody_who_has_left_cannot_be_asked(own_school: School) -> None:
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    people.close(own_school.store, own_school.oak.id, by=own_school.office)
    with pytest.raises(Incomplete, match="cannot be asked any more"):
        added(own_school, id_, own_school.lead, asked_of=own_school.oak.id)


def test_nothing_is_asked_for_by_a_day_that_has_passed_at_school(
    own_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    oak, today = own_school.oak, date(2030, 7, 2)
    late = datetime(2030, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight at school
    monkeypatch.setattr(clock, "now", lambda: late)
    with pytest.raises(Incomplete, match="This day has passed"):
        added(own_school, id_, own_school.lead, asked_of=oak.id, due_on=today - timedelta(days=1))
    form = added(own_school, id_, own_school.lead, asked_of=oak.id, due_on=today)
    assert requests.overdue(own_school.store, by=oak) == []
    monkeypatch.setattr(clock, "now", lambda: late + timedelta(days=1))
    assert [each.id for each in requests.overdue(own_school.store, by=oak)] == [form.id]
    actions.add(own_school.store, form, by=own_school.lead)  # sent once more, it is recorded once
    finish(own_school.store, form.id, by=oak)
    assert requests.overdue(own_school.store, by=oak) == []


def test_what_is_due_first_comes_first_and_what_has_no_day_last(own_school: School) -> None:
    oak = own_school.oak
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    days = [None, date(2030, 1, 7), date(2029, 1, 7), None, date(2030, 1, 7)]
    ids = [added(own_school, id_, own_school.lead, asked_of=oak.id, due_on=day).id for day in days]
    asked = [request.id for request in requests.asked(own_school.store, by=oak)]
    assert asked == [ids[n] for n in (2, 1, 4, 0, 3)]


def test_done_twice_is_done_once(school: School, concern: str) -> None:
    form = added(school, concern, school.lead, asked_of=school.oak.id)
    before = how_many(school.store, Completion)
    with ThreadPoolExecutor(4) as threads:
        for by in (school.oak, school.oak, school.lead, school.deputy):
            threads.submit(finish, school.store, form.id, by=by).result()
    assert how_many(school.store, Completion) == before + 1


def test_only_who_was_asked_or_a_lead_says_that_it_is_done(school: School, concern: str) -> None:
    form = added(school, concern, school.lead, asked_of=school.oak.id)
    for by in (school.birch, plain(school.deputy)):
        with pytest.raises(Refused, match="Only the person who was asked"):
            finish(school.store, form.id, by=by)
    for by in (school.assistant, school.office, school.governor, school.chair):
        with pytest.raises(NotThere):
            finish(school.store, form.id, by=by)
    finish(school.store, form.id, by=school.deputy)


def test_an_action_that_asks_for_nothing_cannot_be_done(school: School, concern: str) -> None:
    form = added(school, concern, school.lead)
    with pytest.raises(NotThere):
        finish(school.store, form.id, by=school.lead)


def test_a_request_is_hidden_from_whoever_becomes_a_relative(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.birch)
    form = added(own_school, id_, own_school.lead, asked_of=oak.id)
    people.mark_relative(store, oak.id, own_school.amy.id, by=own_school.office)
    assert requests.asked(store, by=oak) == []
    with pytest.raises(NotThere):
        finish(store, form.id, by=oak)


def test_a_draft_of_an_action_becomes_the_same_form_again(school: School) -> None:
    incident = recorded(school, a_concern(school.amy), by=school.birch)
    form = actions.Form(incident=incident, kind="parent", account="Said so.", others=["a"],
                        with_whom="His gran", how="phone", agreed="Monday",
                        asked_of=school.oak.id, due_on=date(2026, 12, 1))  # fmt: skip
    kept = action_forms.to_draft(form)
    assert action_forms.from_draft(incident, form.id, kept) == form
    assert action_forms.from_draft("another", form.id, kept) is None
    assert action_forms.from_draft(incident, form.id, kept | {"action": "{"}) == actions.Form(
        id=form.id, incident=incident, account="Said so.", with_whom="His gran", agreed="Monday"
    )
    typed = {action_forms.draft_name(incident, "with_whom"): "His mum"}  # all that had arrived
    assert action_forms.from_draft(incident, form.id, typed) == actions.Form(
        id=form.id, incident=incident, with_whom="His mum"
    )
