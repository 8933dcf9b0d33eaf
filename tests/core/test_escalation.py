"""What waits too long is told to the rest of the team: once, and to nobody with a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core import (
    actions,
    alerts,
    clock,
    corrections,
    dashboard,
    escalation,
    incidents,
    mails,
    people,
    settings,
    statuses,
)
from core.alerts import Waiting
from core.person import SYSTEM, Person, Role
from core.records import Action, Alert, Escalation, Mail, Relation
from core.store import Store, new_id
from tests.core.mail_room import MailRoom, a_mail_room, words
from tests.core.school import (
    KEY,
    School,
    a_concern,
    a_person,
    a_school,
    disk_gone,
    finish,
    how_many,
    plain,
)

# The mail server of these tests warns of what it is there to try: a login without encryption.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SetTo = Callable[[str | datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[SetTo]:
    """Puts the clock to a moment, given in UTC; it begins on a Tuesday at ten."""

    def set_to(moment: str | datetime) -> None:
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(TUESDAY)
    yield set_to


@pytest.fixture
def school(new_school: School, at: SetTo) -> School:
    return new_school


@pytest.fixture
def room(tmp_path: Path) -> Iterator[MailRoom]:
    with a_mail_room(tmp_path) as opened:
        yield opened


def a_fresh_concern(school: School, **more: Any) -> str:
    form = a_concern(school.amy, occurred_at=clock.now() - timedelta(minutes=5), **more)
    incidents.add(school.store, form, by=school.birch)
    return form.id


def escalations(store: Store) -> list[Escalation]:
    return store.ask(Escalation, "FROM escalations ORDER BY seq")


def told(school: School) -> set[tuple[str, frozenset[str]]]:
    """For whose delay who was told, by name."""
    names = people.names(school.store)
    return {(names[e.person], frozenset(names[person] for person in e.told))
            for e in escalations(school.store)}  # fmt: skip


def line(school: School, incident: str, by: Person) -> Waiting:
    (found,) = [each for each in alerts.unread(school.store, by=by) if each.incident == incident]
    return found


def read(school: School, incident: str, *persons: Person) -> None:
    for person in persons:
        alerts.mark_read(school.store, incident, by=person)


# When.


def test_nothing_is_escalated_before_the_schools_limit_and_all_of_it_after(
    school: School, at: SetTo
) -> None:
    a_fresh_concern(school)
    at("2026-11-24T12:00")
    assert escalation.escalate(school.store) == 0
    at("2026-11-24T12:01")
    assert escalation.escalate(school.store) == 3
    team = school.team
    assert told(school) == {(name, frozenset(team - {name})) for name in team}


@pytest.mark.parametrize(
    ("raised", "still_time", "too_late"),
    [
        ("2026-11-24T15:00", "2026-11-25T09:59", "2026-11-25T10:01"),  # over a night
        ("2026-11-20T15:00", "2026-11-23T09:59", "2026-11-23T10:01"),  # over a weekend
        ("2026-11-21T11:00", "2026-11-23T10:29", "2026-11-23T10:31"),  # raised on a Saturday
        ("2026-10-23T13:30", "2026-11-02T09:29", "2026-11-02T09:31"),  # half-term; the clock
        ("2027-03-25T15:30", "2027-04-12T09:29", "2027-04-12T09:31"),  # Easter; and on again
        ("2026-12-18T15:00", "2027-01-05T09:59", "2027-01-05T10:01"),  # over Christmas
    ],
)
def test_the_limit_is_counted_in_hours_of_school(
    school: School, at: SetTo, raised: str, still_time: str, too_late: str
) -> None:
    at(raised)
    a_fresh_concern(school)
    at(still_time)
    assert escalation.escalate(school.store) == 0
    at(too_late)
    assert escalation.escalate(school.store) == 3


def test_the_school_chooses_the_limit(school: School, at: SetTo) -> None:
    settings.choose(school.store, by=school.lead, unread_hours="4")
    a_fresh_concern(school)
    at("2026-11-24T13:59")
    assert escalation.escalate(school.store) == 0
    at("2026-11-24T14:01")
    assert escalation.escalate(school.store) == 3


@pytest.mark.parametrize("raised", ["2026-11-24T15:20", "2026-11-24T21:00", "2026-11-21T11:00"])
def test_what_is_urgent_waits_a_quarter_of_an_hour_by_the_clock(
    school: School, at: SetTo, raised: str
) -> None:
    at(raised)
    a_fresh_concern(school, urgent=True)
    at(clock.now() + timedelta(minutes=15))
    assert escalation.escalate(school.store) == 0
    at(clock.now() + timedelta(seconds=1))
    assert escalation.escalate(school.store) == 3


def test_what_is_added_to_an_urgent_concern_is_not_urgent_by_itself(
    school: School, at: SetTo
) -> None:
    incident = a_fresh_concern(school, urgent=True)
    read(school, incident, school.lead, school.deputy, school.head)
    form = actions.Form(incident=incident, account="Rang home.")
    actions.add(school.store, form, by=school.birch)
    at("2026-11-24T10:20")
    assert escalation.escalate(school.store) == 0


def test_what_waited_before_the_last_summer_is_not_mailed_any_more(
    school: School, at: SetTo
) -> None:
    a_fresh_concern(school)
    at("2027-02-24T12:00")
    assert escalation.escalate(school.store) == 0


# To whom.


def test_whoever_has_read_it_is_told_who_has_not(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.deputy, school.head)
    at("2026-11-24T12:01")
    assert escalation.escalate(school.store) == 1
    assert told(school) == {(school.lead.name, frozenset({school.deputy.name, school.head.name}))}
    for person in (school.deputy, school.head):
        waits = line(school, incident, person)
        assert (waits.unread_by, waits.is_action) == (school.lead.name, False)
        assert waits.author == school.birch.name
    assert line(school, incident, school.lead).unread_by == ""


def test_whoever_has_read_it_still_has_and_can_mark_the_escalation_as_read(
    school: School, at: SetTo
) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.deputy, school.head)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    readers = {r.person: r for r in alerts.readers(school.store, incident, by=school.deputy)}
    assert readers[school.deputy.id].read_at == TUESDAY
    assert incidents.open(school.store, incident, by=school.deputy).waits_for_me
    read(school, incident, school.deputy)
    assert not incidents.open(school.store, incident, by=school.deputy).waits_for_me


def test_whoever_has_not_read_it_either_gets_a_mark_and_no_second_alert(
    school: School, at: SetTo
) -> None:
    incident = a_fresh_concern(school)
    before = how_many(school.store, Alert)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    assert how_many(school.store, Alert) == before
    names = ", ".join(sorted((school.deputy.name, school.head.name)))
    assert line(school, incident, school.lead).unread_by == names


def test_what_teachers_have_not_read_is_not_escalated(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school, others=(school.assistant.id,))
    read(school, incident, school.lead, school.deputy, school.head)
    at("2026-11-25T12:00")
    assert escalation.escalate(school.store) == 0


@pytest.mark.parametrize("named", [True, False])
def test_whoever_has_a_conflict_of_interest_is_never_told(
    school: School, at: SetTo, named: bool
) -> None:
    if not named:
        school.store.append(Relation(person=school.head.id, pupil=school.amy.id), by=SYSTEM)
    incident = a_fresh_concern(school, named=(school.head.id,) if named else ())
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    assert told(school) == {
        (school.lead.name, frozenset({school.deputy.name})),
        (school.deputy.name, frozenset({school.lead.name})),
    }
    assert incident not in {each.incident for each in alerts.unread(school.store, by=school.head)}
    mailed = school.store.ask(Mail, "FROM mails WHERE purpose = 'unread'")
    assert {mail.person for mail in mailed} == {school.lead.id, school.deputy.id}


def test_whoever_becomes_a_relative_later_is_not_told_either(school: School, at: SetTo) -> None:
    a_fresh_concern(school)
    school.store.append(Relation(person=school.deputy.id, pupil=school.amy.id), by=SYSTEM)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    assert all(school.deputy.id not in each.told for each in escalations(school.store))
    assert all(school.deputy.id != each.person for each in escalations(school.store))
    waits = [notice.said for group in dashboard.now(school.store, by=school.lead)
             for notice in group.notices if group.kind == "unread"]  # fmt: skip
    assert waits and all(school.deputy.name not in said for said in waits)


def test_a_closed_account_is_told_nothing_and_waits_for_nothing(school: School, at: SetTo) -> None:
    a_fresh_concern(school)
    people.close(school.store, school.deputy.id, by=school.lead)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    assert told(school) == {
        (school.lead.name, frozenset({school.head.name})),
        (school.head.name, frozenset({school.lead.name})),
    }


def test_a_lead_who_came_later_is_told_as_well(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school)
    new = a_person(school.store, "Ms Nia New", Role.LEAD)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    assert line(school, incident, new).author == school.birch.name
    assert incidents.open(school.store, incident, by=plain(new)).incident.id == incident


def test_where_nobody_else_is_left_it_waits_until_there_is_somebody(
    school: School, at: SetTo
) -> None:
    for person in (school.deputy, school.head):
        people.close(school.store, person.id, by=school.lead)
    a_fresh_concern(school)
    at("2026-11-24T12:01")
    assert escalation.escalate(school.store) == 0
    a_person(school.store, "Ms Nia New", Role.LEAD)
    assert escalation.escalate(school.store) == 1


# Once.


def test_it_is_done_once_and_what_was_escalated_does_not_escalate_again(
    school: School, at: SetTo
) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.deputy, school.head)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    before = how_many(school.store, Mail)
    for moment in ("2026-11-24T12:02", "2026-11-24T15:00", "2026-11-26T12:00"):
        at(moment)
        assert escalation.escalate(school.store) == 0
    assert how_many(school.store, Mail) == before


def test_what_was_told_by_a_clock_that_was_ahead_is_told_again_when_it_is_late(
    school: School, at: SetTo
) -> None:
    form = a_concern(school.amy)
    incidents.add(school.store, form, by=school.oak)
    asked = actions.Form(incident=form.id, kind="note", account="Ring home",
                         asked_of=school.oak.id, due_on=date(2026, 11, 25))  # fmt: skip
    actions.add(school.store, asked, by=school.lead)
    read(school, form.id, school.lead, school.deputy, school.head)
    at("2026-12-10T10:00")
    assert escalation.escalate(school.store) == 1
    at("2026-11-24T11:00")
    assert escalation.escalate(school.store) == 0, "it is not late yet"
    at("2026-11-26T10:00")
    assert [escalation.escalate(school.store) for _ in range(2)] == [1, 0]


def test_eight_at_once_escalate_it_once(school: School, at: SetTo) -> None:
    a_fresh_concern(school)
    at("2026-11-24T12:01")
    with ThreadPoolExecutor(8) as threads:
        done = [threads.submit(escalation.escalate, school.store) for _ in range(8)]
    assert sum(each.result() for each in done) == 3
    assert how_many(school.store, Escalation) == 3


def test_another_alert_about_what_still_waits_is_not_escalated_by_itself(
    school: School, at: SetTo
) -> None:
    incident = a_fresh_concern(school)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    form = actions.Form(incident=incident, account="Rang home.")
    actions.add(school.store, form, by=school.birch)
    at("2026-11-25T12:01")
    assert escalation.escalate(school.store) == 0
    read(school, incident, school.lead, school.deputy, school.head)
    actions.add(school.store, actions.Form(incident=incident, account="More."), by=school.birch)
    at("2026-11-26T14:01")
    assert escalation.escalate(school.store) == 3


def test_what_cannot_be_kept_is_escalated_whole_the_next_time(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.deputy, school.head)
    at("2026-11-24T12:01")
    with disk_gone(school.store), pytest.raises(Exception):  # noqa: B017 - whatever it says
        escalation.escalate(school.store)
    escalation.escalate(school.store)
    assert how_many(school.store, Escalation) == 1
    mailed = school.store.ask(Mail, "FROM mails WHERE purpose = 'unread'")
    assert sorted(mail.person for mail in mailed) == sorted([school.deputy.id, school.head.id])


def test_a_restart_neither_loses_nor_doubles_it(tmp_path: Path, at: SetTo) -> None:
    store = Store.open(tmp_path / "school", KEY)
    a_fresh_concern(a_school(store))
    store.close()
    at("2026-11-24T12:01")
    for escalated in (3, 0):
        store = Store.open(tmp_path / "school", KEY)
        assert escalation.escalate(store) == escalated
        store.close()


# What does not wait.


def test_what_is_read_closed_or_entered_in_error_is_not_escalated(
    school: School, at: SetTo
) -> None:
    read(school, a_fresh_concern(school), school.lead, school.deputy, school.head)
    closed = a_fresh_concern(school)
    form = statuses.Form(incident=closed, status="closed", outcome="Explained")
    first = statuses.change(school.store, form, by=school.lead)
    agreed = statuses.Form(incident=closed, status="closed", seen=first.id)
    statuses.change(school.store, agreed, by=school.head)
    wrong = corrections.Form(incident=a_fresh_concern(school), kind="error", account="No")
    corrections.add(school.store, wrong, by=school.lead)
    at("2026-11-24T14:00")
    assert escalation.escalate(school.store) == 0


# Said on the desk, and by mail.


def test_the_desk_says_to_whom_it_was_escalated(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.lead, school.head)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    groups = {group.kind: group for group in dashboard.now(school.store, by=school.lead)}
    (notice,) = groups["unread"].notices
    names = ", ".join(sorted((school.lead.name, school.head.name)))
    assert notice.said.endswith(f"Not read by {school.deputy.name}. Escalated to {names}")


def test_whoever_is_late_is_not_said_to_have_been_told(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.lead)
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    groups = {group.kind: group for group in dashboard.now(school.store, by=school.lead)}
    (notice,) = groups["unread"].notices
    late = ", ".join(sorted((school.deputy.name, school.head.name)))
    assert notice.said.endswith(f"Not read by {late}. Escalated to {school.lead.name}")


def test_the_desk_shows_what_is_urgent_and_unread_as_soon_as_it_is_escalated(
    school: School, at: SetTo
) -> None:
    a_fresh_concern(school, urgent=True)
    at("2026-11-24T10:16")
    escalation.escalate(school.store)
    groups = {group.kind: group for group in dashboard.now(school.store, by=school.lead)}
    assert len(groups["unread"].notices) == 1


def test_one_mail_goes_to_each_and_says_who_raised_it_and_what_kind_and_no_more(
    room: MailRoom, school: School, at: SetTo
) -> None:
    incident = a_fresh_concern(school, urgent=True)
    mails.deliver_due(school.store, room.server())
    room.letters.clear()
    room.recipients.clear()
    at("2026-11-24T12:01")
    escalation.escalate(school.store)
    assert mails.deliver_due(school.store, room.server()) == 3
    team = (school.lead, school.deputy, school.head)
    assert sorted(room.recipients) == sorted([person.email] for person in team)
    for letter in room.letters:
        said = words(letter)
        assert letter["Subject"] == "A concern waits to be read"
        assert school.birch.name in said and "Injury" in said
        number = incidents.open(school.store, incident, by=school.lead).incident.number
        for secret in (
            "Amy",
            "Souza",
            "under the",
            "ehaviour",
            "rgent",
            "Deputy",
            "Shah",
            str(number),
        ):
            assert secret not in said, secret


# Actions that are overdue.


def asked(school: School, of: Person, due_on: date, by: Person | None = None) -> str:
    """Something that was asked of somebody, about a concern that everybody has read."""
    incident = a_fresh_concern(school)
    form = actions.Form(incident=incident, account="Please ring.", asked_of=of.id, due_on=due_on)
    actions.add(school.store, form, by=by or school.lead)
    read(school, incident, school.lead, school.deputy, school.head)
    return form.id


def purposes(store: Store) -> dict[str, set[str]]:
    """To whom something about an overdue action is mailed."""
    mailed = store.ask(Mail, "FROM mails WHERE purpose IN ('overdue', 'not_done')")
    return {
        p: {mail.person for mail in mailed if mail.purpose == p} for p in ("overdue", "not_done")
    }


def test_an_action_is_escalated_once_when_the_next_day_of_school_begins(
    school: School, at: SetTo
) -> None:
    asked(school, school.oak, date(2026, 11, 26))  # a Thursday; school is closed on the Friday
    for still_time in ("2026-11-26T23:00", "2026-11-27T12:00", "2026-11-30T08:29"):
        at(still_time)
        assert escalation.escalate(school.store) == 0
    at("2026-11-30T08:31")
    assert escalation.escalate(school.store) == 1
    assert escalation.escalate(school.store) == 0
    assert purposes(school.store) == {
        "overdue": {school.oak.id},
        "not_done": {school.lead.id, school.deputy.id, school.head.id},
    }
    waits = {each.not_done_by for each in alerts.unread(school.store, by=school.deputy)}
    assert waits == {school.oak.name}


def test_what_is_done_in_time_is_not_escalated(school: School, at: SetTo) -> None:
    action = asked(school, school.oak, date(2026, 11, 25))
    finish(school.store, action, by=school.oak)
    at("2026-11-26T12:00")
    assert escalation.escalate(school.store) == 0


def test_a_lead_who_was_asked_is_reminded_and_the_others_are_told(
    school: School, at: SetTo
) -> None:
    asked(school, school.deputy, date(2026, 11, 25), by=school.lead)
    at("2026-11-26T09:00")
    escalation.escalate(school.store)
    assert purposes(school.store) == {
        "overdue": {school.deputy.id},
        "not_done": {school.lead.id, school.head.id},
    }


def test_what_was_asked_of_somebody_who_has_left_is_told_to_the_team_alone(
    school: School, at: SetTo
) -> None:
    asked(school, school.oak, date(2026, 11, 25))
    people.close(school.store, school.oak.id, by=school.office)
    at("2026-11-26T09:00")
    escalation.escalate(school.store)
    assert purposes(school.store)["overdue"] == set()
    assert school.lead.id in purposes(school.store)["not_done"]


def test_whoever_was_asked_and_has_a_conflict_since_is_not_reminded(
    school: School, at: SetTo
) -> None:
    asked(school, school.oak, date(2026, 11, 25))
    school.store.append(Relation(person=school.oak.id, pupil=school.amy.id), by=SYSTEM)
    at("2026-11-26T09:00")
    escalation.escalate(school.store)
    assert purposes(school.store)["overdue"] == set()


def test_the_mails_about_an_action_say_who_asked_and_what_kind_and_no_more(
    room: MailRoom, school: School, at: SetTo
) -> None:
    asked(school, school.oak, date(2026, 11, 25), by=school.birch)
    mails.deliver_due(school.store, room.server())
    room.letters.clear()
    room.recipients.clear()
    at("2026-11-26T09:00")
    escalation.escalate(school.store)
    assert mails.deliver_due(school.store, room.server()) == 4
    subjects = {str(letter["To"]): letter["Subject"] for letter in room.letters}
    assert subjects[school.oak.email] == "Something you were asked to do is overdue"
    assert subjects[school.lead.email] == "An action is overdue"
    for letter in room.letters:
        said = words(letter)
        assert school.birch.name in said and "Injury" in said
        for secret in ("Amy", "Souza", "under the", "Please ring", "25 Nov", "2026-11-25"):
            assert secret not in said, secret


def test_an_action_of_a_year_ago_is_left_to_the_desk(school: School, at: SetTo) -> None:
    incident = a_fresh_concern(school)
    read(school, incident, school.lead, school.deputy, school.head)
    old = Action(id=new_id(), incident=incident, kind="note", account="x", asked_of=school.oak.id,
                 due_on=date(2025, 11, 25))  # fmt: skip
    school.store.append(old, by=school.lead)
    assert escalation.escalate(school.store) == 0
