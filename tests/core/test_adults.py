"""Concerns about adults: who reads them, who is told, and that the adult notices nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from core import (
    adult_files,
    adults,
    alerts,
    chronology,
    clock,
    dashboard,
    incidents,
    mails,
    patterns,
    people,
    permissions,
    search,
)
from core.adult_files import Deed
from core.adults import Form
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotAllowed, NotThere, Standing
from core.person import SYSTEM, Person, Role
from core.pupils import Pupil
from core.records import AdultAction, AdultConcern, Incident, Mail, PersonDetails, Relation
from tests.core.mail_room import a_mail_room, words
from tests.core.school import School, a_concern, a_person, how_many, openings_of, plain, recorded
from tests.core.staffroom import Watch

LOW, SERIOUS = "low_level", "allegation"
WORDS = "He shouted “Sit -> down”.  Twice.\n\n– at 13:30"


@pytest.fixture
def school(own_school: School) -> School:
    """People about whom nothing has been written yet."""
    return own_school


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def about(adult: Person | str, level: str = LOW, **more: Any) -> Form:
    """A form that can be sent, about an account or a name that is typed."""
    name, id_ = (adult, "") if isinstance(adult, str) else ("", adult.id)
    form = Form(level=level, occurred_at=clock.now() - timedelta(hours=1), place="The hall",
                account=WORDS, adult=id_, adult_name=name)  # fmt: skip
    return replace(form, **more)


def raised(school: School, form: Form, *, by: Person | None = None) -> str:
    adults.add(school.store, form, by=by or school.oak)
    return form.id


def sees(school: School, person: Person, concern: str) -> bool:
    """Whether a person sees a concern: in the list, by its id, and counted; all or none."""
    try:
        listed = concern in {line.id for line in adult_files.seen(school.store, by=person)}
    except NotAllowed:
        listed = False
    try:
        adult_files.open(school.store, concern, by=person)
        opened = True
    except NotThere:
        opened = False
    assert listed == opened
    return opened


def everybody(school: School) -> dict[str, Person]:
    names = ("birch", "oak", "assistant", "lead", "deputy", "head", "governor", "chair", "office")
    return {name: getattr(school, name) for name in names}


def who_sees(school: School, concern: str) -> set[str]:
    return {name for name, each in everybody(school).items() if sees(school, each, concern)}


def mailed(school: School) -> list[Mail]:
    return school.store.ask(Mail, "FROM mails WHERE purpose = 'adult' ORDER BY seq")


# Who sees what.


@pytest.mark.parametrize(
    ("adult", "level", "seen_by"),
    [
        ("birch", LOW, {"head", "lead", "deputy"}),
        ("birch", SERIOUS, {"head"}),
        ("office", LOW, {"head", "lead", "deputy"}),
        ("lead", LOW, {"head", "deputy"}),
        ("lead", SERIOUS, {"head"}),
        ("head", LOW, {"chair"}),
        ("head", SERIOUS, {"chair"}),
        ("chair", LOW, {"head", "lead", "deputy"}),
        ("oak", SERIOUS, {"head"}),  # about oneself
    ],
)
def test_the_head_sees_them_leads_the_low_level_ones_and_the_chair_those_about_the_head(
    school: School, adult: str, level: str, seen_by: set[str]
) -> None:
    concern = raised(school, about(getattr(school, adult), level))
    assert who_sees(school, concern) == seen_by


def test_one_about_a_name_that_was_typed_is_seen_the_same(school: School) -> None:
    assert who_sees(school, raised(school, about("Jo Supply"))) == {"head", "lead", "deputy"}


def test_nobody_sees_one_without_the_code_or_with_a_closed_account(school: School) -> None:
    concern = raised(school, about(school.birch))
    for person in (school.head, school.lead):
        assert not sees(school, plain(person), concern)
        assert not sees(school, replace(person, active=False), concern)
    about_head = raised(school, about(school.head))
    assert not sees(school, replace(school.chair, active=False), about_head)


def test_a_relative_of_a_child_in_it_does_not_see_it(school: School) -> None:
    school.store.append(Relation(person=school.head.id, pupil=school.amy.id), by=SYSTEM)
    form = about(school.birch, SERIOUS, children=(school.amy.id,))
    assert adults.told(school.store, form, by=school.oak) == [school.chair]
    assert who_sees(school, raised(school, form)) == {"chair"}  # in the head's place


def test_a_chair_who_stood_down_does_not_see_it(school: School) -> None:
    concern = raised(school, about(school.head))
    school.store.append(_details(school.chair, is_chair=False), by=SYSTEM)
    assert not sees(school, school.chair, concern)


# Accounts that come and go.


def _details(person: Person, **more: Any) -> PersonDetails:
    kept = ("name", "email", "role", "post", "class_name", "is_chair")
    return PersonDetails(person=person.id, **{name: getattr(person, name) for name in kept} | more)


def test_of_two_heads_neither_sees_what_is_about_the_other(school: School) -> None:
    second = a_person(school.store, "Ms Second Head", Role.HEAD)
    both = raised(school, about(school.birch, SERIOUS))
    assert sees(school, school.head, both) and sees(school, second, both)
    one = raised(school, about(school.head, SERIOUS))
    assert not sees(school, second, one) and sees(school, school.chair, one)
    assert [p.id for p in adults.told(school.store, about(second), by=school.oak)] == [
        school.chair.id
    ]


def test_without_a_head_the_chair_sees_what_the_head_would_until_there_is_one(
    school: School,
) -> None:
    school.store.append(_details(school.head, active=False), by=SYSTEM)
    concern = raised(school, about(school.birch, SERIOUS))
    assert sees(school, school.chair, concern)
    new = a_person(school.store, "Ms New Head", Role.HEAD)
    assert sees(school, new, concern) and not sees(school, school.chair, concern)


def test_what_is_about_a_head_stays_with_the_chair_when_another_one_comes(school: School) -> None:
    concern = raised(school, about(school.head, LOW))
    school.store.append(_details(school.head, active=False), by=SYSTEM)
    new = a_person(school.store, "Ms New Head", Role.HEAD)
    assert not sees(school, new, concern) and sees(school, school.chair, concern)
    assert not sees(school, school.lead, concern)


def test_what_was_about_a_lead_goes_to_the_chair_once_they_are_the_head(school: School) -> None:
    concern = raised(school, about(school.lead))
    school.store.append(_details(school.lead, role=Role.HEAD), by=SYSTEM)
    new_head = replace(school.lead, role=Role.HEAD)
    assert not sees(school, new_head, concern)
    assert who_sees(school, concern) == {"chair"}


def test_what_is_about_somebody_who_was_the_head_before_is_the_heads(school: School) -> None:
    school.store.append(_details(school.lead, role=Role.HEAD), by=SYSTEM)
    school.store.append(_details(school.lead), by=SYSTEM)
    concern = raised(school, about(school.lead))
    assert who_sees(school, concern) == {"head", "deputy"}


def test_what_is_about_a_head_who_had_left_is_the_new_heads(school: School) -> None:
    school.store.append(_details(school.head, active=False), by=SYSTEM)
    new = a_person(school.store, "Ms New Head", Role.HEAD)
    form = about(school.head, SERIOUS)
    assert adults.told(school.store, form, by=school.oak) == [replace(new, code_given=False)]
    assert sees(school, new, raised(school, form))


@pytest.mark.parametrize("same", ["email", "name"])
def test_whoever_comes_back_with_another_account_does_not_see_it(school: School, same: str) -> None:
    whom: Person | str = school.birch if same == "email" else "Jo  SUPPLY"
    concern = raised(school, about(whom))
    school.store.append(_details(school.birch, active=False), by=SYSTEM)
    back = a_person(school.store, "Jo Supply" if same == "name" else "Tom B.", Role.LEAD)
    if same == "email":
        school.store.append(_details(back, email=school.birch.email.upper()), by=SYSTEM)
    assert not sees(school, back, concern)
    assert sees(school, school.deputy, concern)


def test_a_name_is_linked_to_an_account_later_and_from_then_on_hidden_from_it(
    school: School,
) -> None:
    concern = raised(school, about("The new deputy"))
    assert sees(school, school.deputy, concern)
    deed = Deed(concern=concern, kind="linked", reason="It was him", adult=school.deputy.id)
    adult_files.act(school.store, deed, by=school.head)
    assert not sees(school, school.deputy, concern)
    found = adult_files.open(school.store, concern, by=school.head)
    assert found.line.adult_name == school.deputy.name


def test_a_name_that_turns_out_to_be_the_heads_goes_to_the_chair_who_is_told(
    school: School,
) -> None:
    concern = raised(school, about("A visitor"))
    deed = Deed(concern=concern, kind="linked", reason="It was her", adult=school.head.id)
    adult_files.act(school.store, deed, by=school.lead)
    assert who_sees(school, concern) == {"chair"}
    assert mailed(school)[-1].person == school.chair.id


def test_a_low_level_one_that_turns_out_serious_is_no_longer_the_leads(school: School) -> None:
    concern = raised(school, about(school.birch))
    before = len(mailed(school))
    adult_files.act(school.store, Deed(concern=concern, kind="raised", reason="A pattern"),
                    by=school.lead)  # fmt: skip
    assert who_sees(school, concern) == {"head"}
    assert [mail.person for mail in mailed(school)[before:]] == [school.head.id]


# Who is told.


@pytest.mark.parametrize(
    ("adult", "told"),
    [("birch", "head"), ("lead", "head"), ("chair", "head"), ("head", "chair"), ("oak", "head")],
)
@pytest.mark.parametrize("level", [LOW, SERIOUS])
def test_whoever_is_told_is_the_head_or_in_the_heads_place_the_chair_and_sees_it(
    school: School, adult: str, told: str, level: str
) -> None:
    form = about(getattr(school, adult), level)
    shown = adults.told(school.store, form, by=school.oak)
    concern, before = form.id, len(mailed(school))
    raised(school, form)
    persons = [mail.person for mail in mailed(school)[before:]]
    assert persons == [person.id for person in shown] == [getattr(school, told).id]
    assert sees(school, getattr(school, told), concern)


def test_where_nobody_may_know_nobody_is_told(school: School) -> None:
    school.store.append(_details(school.chair, active=False), by=SYSTEM)
    assert adults.told(school.store, about(school.head), by=school.oak) == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_a_mail_names_neither_the_adult_nor_what_it_is_about(
    school: School, tmp_path: Path
) -> None:
    with a_mail_room(tmp_path) as room:
        mails.deliver_due(school.store, room.server())
        room.letters.clear()
        raised(school, about(school.birch, SERIOUS))
        raised(school, about(school.oak), by=school.oak)
        assert mails.deliver_due(school.store, room.server()) == 2
        by_other, by_themself = (f"{each['Subject']} {words(each)}" for each in room.letters)
    assert school.oak.name in by_other and "Category: Confidential" in by_other
    for text in (by_other, by_themself):
        assert school.birch.name not in text and "shouted" not in text
    assert school.oak.name not in by_themself


def test_whoever_raised_it_reads_that_it_was_received_and_no_more(school: School) -> None:
    concern = raised(school, about(school.birch))
    (received,) = adults.received(school.store, by=school.oak)
    assert vars(received).keys() == {"recorded_at"}
    assert adults.received(school.store, by=school.birch) == []
    assert not sees(school, school.oak, concern)


# What the adult is answered.


def _lists(school: School, me: Person) -> list[Any]:
    """Everything that is listed, counted or found for somebody, with refusals as they are told."""

    def answered(call: Callable[..., Any], *args: Any, **more: Any) -> Any:
        try:
            return call(school.store, *args, **more, by=me)
        except Refused as refusal:
            return str(refusal)

    pupil: Pupil = school.amy
    return [
        answered(alerts.unread), answered(alerts.read), answered(alerts.count_unread),
        answered(incidents.mine), answered(dashboard.now), answered(patterns.pointed),
        answered(mails.waiting_long), answered(search.found, "Sit -> down"),
        answered(search.found, school.birch.name), answered(chronology.of, pupil.id),
        answered(adult_files.seen), answered(adult_files.waiting), answered(adults.received),
        answered(adults.choices), answered(people.colleagues), answered(people.everyone),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "adult", ["birch", "lead", "deputy", "head", "chair", "office", "governor"]
)
@pytest.mark.parametrize("level", [LOW, SERIOUS])
def test_two_worlds_that_differ_in_a_concern_about_somebody_look_the_same_to_them(
    school: School, adult: str, level: str, watch: Watch
) -> None:
    me = getattr(school, adult)
    recorded(school, a_concern(school.amy), by=school.oak)
    for other in {"birch", "lead", "head"} - {adult}:
        raised(school, about(getattr(school, other), LOW))
    watch.turn(hours=2)  # past the hour after which mail that did not go is counted
    before = _lists(school, me)
    watch.turn(hours=-2)
    concern = raised(school, about(me, level, children=(school.amy.id,)))
    adult_files.act(school.store, Deed(concern=concern, kind="lado_consulted", reason=WORDS),
                    by=school.chair if me is school.head else school.head)  # fmt: skip
    watch.turn(hours=2)
    assert _lists(school, me) == before
    number = incidents.add(school.store, a_concern(school.ben), by=school.oak)
    assert number == _newest(school)  # an incident's number has no gap


def _newest(school: School) -> int:
    return 1000 + how_many(school.store, Incident)


def test_what_may_not_be_seen_is_answered_like_what_does_not_exist(school: School) -> None:
    concern = raised(school, about(school.lead, SERIOUS))
    told = []
    for id_ in (concern, "0" * 32):
        for call in (
            lambda: adult_files.open(school.store, id_, by=school.lead),  # noqa: B023
            lambda: adult_files.act(school.store, Deed(concern=id_), by=school.lead),  # noqa: B023
        ):
            with pytest.raises(NotThere) as refused:
                call()
            told.append(str(refused.value))
    assert len(set(told)) == 1
    assert openings_of(school.store, concern) == []


def test_a_reference_tells_nothing_of_how_many_there_are(school: School) -> None:
    for _ in range(3):
        raised(school, about(school.birch))
    found = [int(line.reference[2:]) for line in adult_files.seen(school.store, by=school.head)]
    assert not {after - before for before, after in pairwise(found)} <= {1, -1}


# Filling it in.


def test_everything_that_is_missing_is_told_at_once(school: School) -> None:
    with pytest.raises(Incomplete) as refused:
        raised(school, Form())
    assert set(refused.value.problems) == {"adult", "level", "occurred_at", "place", "account"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("adult_name", "Jo Supply"),  # beside an account
        ("level", "grave"),
        ("adult", "0" * 32),
        ("place", " "),
        ("account", " "),
        ("occurred_at", clock.now() + timedelta(days=900)),
    ],
)
def test_what_is_filled_in_wrongly_is_told_beside_its_field(
    school: School, field: str, value: Any
) -> None:
    form = replace(about(school.birch), **{field: value})
    wrong = adults.problems(school.store, form, by=school.oak)
    assert list(wrong) == ["adult" if field == "adult_name" else field]


def test_a_typed_name_of_somebody_on_the_list_has_to_be_chosen(school: School) -> None:
    wrong = adults.problems(school.store, about(" dr ha HEAD"), by=school.oak)
    assert wrong == {"adult": "Somebody on the list is called so: please choose them there."}


def test_a_form_that_is_sent_twice_is_recorded_once_and_mailed_once(school: School) -> None:
    form, before = about(school.birch), len(mailed(school))
    for _ in range(2):
        raised(school, form)
    assert len(mailed(school)) == before + 1
    assert len(adults.received(school.store, by=school.oak)) == 1
    with pytest.raises(Refused, match="before you changed it"):
        raised(school, replace(form, account="Something else"))


def test_only_staff_raise_one(school: School) -> None:
    for person in (school.governor, school.chair, school.office):
        with pytest.raises(NotAllowed):
            raised(school, about(school.birch), by=person)


# What was done.


def test_what_was_done_is_read_with_its_reason(school: School) -> None:
    concern = raised(school, about(school.birch, children=(school.amy.id,)))
    for kind in ("advice", "nothing"):
        adult_files.act(school.store, Deed(concern=concern, kind=kind, reason=WORDS),
                        by=school.lead)  # fmt: skip
    found = adult_files.open(school.store, concern, by=school.head)
    assert [(each.kind, each.reason, each.author) for each in found.done] == [
        ("advice", WORDS, school.lead.name), ("nothing", WORDS, school.lead.name),
    ]  # fmt: skip
    assert (found.account, found.place, found.author) == (WORDS, "The hall", school.oak.name)
    assert found.children == ("Amy D’Souza, 4 Birch",) and found.line.outcome == "nothing"


def test_the_chair_acts_on_what_is_about_the_head(school: School) -> None:
    concern = raised(school, about(school.head))
    deed = Deed(concern=concern, kind="lado_referred", reason="x")
    for _ in range(2):
        adult_files.act(school.store, deed, by=school.chair)
    assert [d.kind for d in adult_files.open(school.store, concern, by=school.chair).done] == [
        "lado_referred"
    ]


@pytest.mark.parametrize(
    ("deed", "field"),
    [
        ({"kind": "sacked", "reason": "x"}, "kind"),
        ({"kind": "advice", "reason": " "}, "reason"),
        ({"kind": "linked", "reason": "x"}, "adult"),
        ({"kind": "raised", "reason": "x"}, "kind"),
    ],
)
def test_what_was_done_needs_a_kind_and_a_reason(
    school: School, deed: dict[str, str], field: str
) -> None:
    concern = raised(school, about(school.birch, SERIOUS))
    with pytest.raises(Incomplete) as refused:
        adult_files.act(school.store, Deed(concern=concern, **deed), by=school.head)
    assert set(refused.value.problems) == {field}


def test_reading_is_recorded_and_a_concern_is_new_until_then(school: School) -> None:
    before = adult_files.waiting(school.store, by=school.head)
    concern = raised(school, about(school.birch))
    assert adult_files.waiting(school.store, by=school.head) == before + 1
    assert adult_files.seen(school.store, by=school.head)[0].id == concern
    assert openings_of(school.store, concern) == []
    adult_files.open(school.store, concern, by=school.head)
    assert len(openings_of(school.store, concern)) == 1
    assert adult_files.waiting(school.store, by=school.head) == before
    assert adult_files.seen(school.store, by=school.lead)[0].is_new


# Every filter.

FILTERS = {
    "the adult is let in": (Standing.LEAD, permissions.NOT_BARRED, "TRUE"),
    "the adult is let in as the head": (Standing.HEAD, permissions.NOT_BARRED, "TRUE"),
    "leads see allegations": (Standing.LEAD, "a.level = 'low_level'", "TRUE"),
    "leads see what is about the head": (Standing.LEAD, "NOT a.about_head", "TRUE"),
    "heads see what is about another head": (Standing.HEAD, "NOT a.about_head", "TRUE"),
    "the chair sees all": (Standing.GOVERNOR, "(a.about_head OR a.headless)", "TRUE"),
    "the chair never steps in": (Standing.GOVERNOR, "OR a.headless", ""),
}


@pytest.mark.parametrize("mutant", FILTERS)
def test_no_filter_can_be_changed_unnoticed(
    school: School, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    second = a_person(school.store, "Ms Second Head", Role.HEAD)
    concerns = {
        "birch": raised(school, about(school.birch, SERIOUS)),
        "lead": raised(school, about(school.lead)),
        "head": raised(school, about(school.head)),
        "headless": raised(school, about(school.birch, children=(school.amy.id,))),
    }
    heads = (school.head, second)
    school.store.append(*(Relation(person=h.id, pupil=school.amy.id) for h in heads), by=SYSTEM)

    def picture() -> list[tuple[str, str]]:
        people_ = {**everybody(school), "second": second}
        return [(who, what) for who, each in people_.items()
                for what, id_ in concerns.items() if sees(school, each, id_)]  # fmt: skip

    before = picture()
    standing, condition, instead = FILTERS[mutant]
    sql = permissions.ABOUT_ADULTS[standing].replace(condition, instead)
    if "$me" not in sql:
        sql += " AND $me IS NOT NULL"
    monkeypatch.setattr(permissions, "ABOUT_ADULTS", {**permissions.ABOUT_ADULTS, standing: sql})
    assert picture() != before


def test_records_are_of_their_own_kinds(school: School) -> None:
    before = [how_many(school.store, kind) for kind in (AdultConcern, AdultAction)]
    concern = raised(school, about(school.birch))
    adult_files.act(school.store, Deed(concern=concern, kind="note", reason="x"), by=school.head)
    after = [how_many(school.store, kind) for kind in (AdultConcern, AdultAction)]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1]
