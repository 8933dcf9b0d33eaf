from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from core import actions, alerts, clock, incidents, people, recipients
from core.forms import Form
from core.permissions import NotAllowed, NotThere
from core.person import Person, Role
from core.records import Alert, Mail, Reading
from tests.core.school import School, a_concern, a_person, how_many, linked, plain, recorded


def told(school: School, form: Form, by: Person) -> set[str]:
    return {each.person.name for each in incidents.told(school.store, form, by=by)}


def unread(school: School, by: Person) -> list[str]:
    return [each.incident for each in alerts.unread(school.store, by=by)]


def read(school: School, by: Person) -> list[str]:
    return [each.incident for each in alerts.read(school.store, by=by)]


# Who is told.


def test_the_team_the_head_and_the_class_teacher_are_always_told(school: School) -> None:
    assert told(school, a_concern(school.amy), school.oak) == school.team | {school.birch.name}


def test_the_class_teachers_of_linked_pupils_are_told_as_well(school: School) -> None:
    form = a_concern(school.amy, linked=linked(school.ben))
    teachers = {school.birch.name, school.oak.name}
    assert told(school, form, school.assistant) == school.team | teachers


def test_others_are_told_when_they_are_chosen_and_nobody_twice(school: School) -> None:
    others = (school.assistant.id, school.birch.id, school.lead.id, school.assistant.id)
    owed = incidents.told(school.store, a_concern(school.amy, others=others), by=school.oak)
    names = [each.person.name for each in owed]
    assert len(names) == len(set(names))
    assert set(names) == school.team | {school.birch.name, school.assistant.name}


def test_each_is_told_why(school: School) -> None:
    form = a_concern(school.amy, others=(school.assistant.id,))
    owed = incidents.told(school.store, form, by=school.oak)
    assert {each.person.name: each.why for each in owed} == {
        school.lead.name: "Designated safeguarding lead",
        school.deputy.name: "Deputy safeguarding lead",
        school.head.name: "Head teacher",
        school.birch.name: "Class teacher, 4 Birch",
        school.assistant.name: "Teaching assistant",
    }


def test_nobody_is_alerted_about_what_they_wrote_themselves(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.birch)
    readers = alerts.readers(school.store, id_, by=school.birch)
    assert {each.name for each in readers} == school.team


def test_an_alert_and_a_mail_are_stored_for_each(school: School) -> None:
    before = how_many(school.store, Alert), how_many(school.store, Mail)
    recorded(school, a_concern(school.amy), by=school.oak)
    after = how_many(school.store, Alert), how_many(school.store, Mail)
    assert [new - old for old, new in zip(before, after, strict=True)] == [4, 4]


# A conflict of interest comes first, and nothing says so.


def test_a_relative_is_not_told_whatever_their_role(own_school: School) -> None:
    store, lead = own_school.store, own_school.lead
    for person in (own_school.deputy, own_school.birch, own_school.assistant):
        people.mark_relative(store, person.id, own_school.ben.id, by=lead)
    form = a_concern(own_school.amy, linked=linked(own_school.ben),
                     others=(own_school.assistant.id,))  # fmt: skip
    names = {lead.name, own_school.head.name, own_school.oak.name}
    assert told(own_school, form, own_school.oak) == names
    id_ = recorded(own_school, form, by=own_school.oak)
    for person in (own_school.deputy, own_school.birch, own_school.assistant):
        assert unread(own_school, person) == []
        with pytest.raises(NotThere):
            incidents.open(store, id_, by=person)


def test_a_mark_that_was_taken_off_hides_nothing_any_more(own_school: School) -> None:
    store, deputy, amy = own_school.store, own_school.deputy, own_school.amy
    people.mark_relative(store, deputy.id, amy.id, by=own_school.lead)
    id_ = recorded(own_school, a_concern(amy), by=own_school.oak)
    people.mark_relative(store, deputy.id, amy.id, ended=True, by=own_school.lead)
    assert incidents.open(store, id_, by=deputy).incident.id == id_
    assert deputy.name in told(own_school, a_concern(amy), own_school.oak)


def test_an_alert_from_before_the_mark_is_hidden_by_it(own_school: School) -> None:
    store, birch, amy = own_school.store, own_school.birch, own_school.amy
    id_ = recorded(own_school, a_concern(amy), by=own_school.oak)
    assert unread(own_school, birch) == [id_]
    people.mark_relative(store, birch.id, amy.id, by=own_school.office)
    assert unread(own_school, birch) == []
    assert alerts.count_unread(store, by=birch) == 0
    with pytest.raises(NotThere):
        alerts.mark_read(store, id_, by=birch)


def test_named_staff_are_not_told_and_the_next_lead_is(school: School) -> None:
    form = a_concern(school.amy, named=(school.lead.id, school.birch.id))
    assert told(school, form, school.oak) == {school.deputy.name, school.head.name}


def test_about_the_head_the_chair_of_governors_is_told_and_may_read_it(school: School) -> None:
    form = a_concern(school.amy, named=(school.head.id,))
    names = {school.lead.name, school.deputy.name, school.birch.name, school.chair.name}
    assert told(school, form, school.oak) == names
    id_ = recorded(school, form, by=school.oak)
    assert unread(school, school.chair) == [id_]
    assert incidents.open(school.store, id_, by=school.chair).incident.account == form.account
    alerts.mark_read(school.store, id_, by=school.chair)
    assert read(school, school.chair) == [id_]
    for by in (school.head, school.governor, school.office):
        with pytest.raises(NotThere):
            incidents.open(school.store, id_, by=by)
    with pytest.raises(NotThere):
        actions.told(school.store, actions.Form(incident=id_), by=school.chair)


def test_where_nobody_of_the_team_is_left_the_chair_is_told_and_may_read_it(
    own_school: School,
) -> None:
    store = own_school.store
    for person in (own_school.lead, own_school.deputy, own_school.head):
        people.mark_relative(store, person.id, own_school.amy.id, by=own_school.deputy)
    form = a_concern(own_school.amy)
    names = {own_school.birch.name, own_school.chair.name}
    assert told(own_school, form, own_school.oak) == names
    id_ = recorded(own_school, form, by=own_school.oak)
    assert incidents.open(store, id_, by=own_school.chair).incident.id == id_


def test_a_chair_who_is_a_relative_is_not_told(own_school: School) -> None:
    people.mark_relative(own_school.store, own_school.chair.id, own_school.amy.id,
                         by=own_school.lead)  # fmt: skip
    form = a_concern(own_school.amy, named=(own_school.head.id,))
    assert own_school.chair.name not in told(own_school, form, own_school.oak)


def test_a_chair_sees_nothing_that_a_teacher_was_told_before(own_school: School) -> None:
    store, oak = own_school.store, own_school.oak
    id_ = recorded(own_school, a_concern(own_school.ben, named=(own_school.birch.id,)),
                   by=own_school.assistant)  # fmt: skip
    assert unread(own_school, oak) == [id_]
    wanted = people.Details(name=oak.name, email=oak.email, role=Role.GOVERNOR, is_chair=True)
    chair = people.change(store, oak.id, wanted, by=own_school.lead)
    assert unread(own_school, chair) == []
    with pytest.raises(NotThere):
        incidents.open(store, id_, by=chair)


def test_a_chair_who_stands_down_sees_it_no_more(own_school: School) -> None:
    store, chair = own_school.store, own_school.chair
    id_ = recorded(own_school, a_concern(own_school.amy, named=(own_school.head.id,)),
                   by=own_school.oak)  # fmt: skip
    wanted = people.Details(name=chair.name, email=chair.email, role=Role.GOVERNOR)
    people.change(store, chair.id, wanted, by=own_school.lead)
    with pytest.raises(NotThere):
        incidents.open(store, id_, by=chair)


def test_a_lead_who_gave_no_code_is_told_and_reads_what_they_were_told(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.oak)
    assert id_ in unread(school, plain(school.lead))
    assert incidents.open(school.store, id_, by=plain(school.lead)).incident.id == id_


@pytest.mark.parametrize("who", ["office", "governor", "chair"])
def test_who_may_add_nothing_is_not_told_who_would_be_alerted(school: School, who: str) -> None:
    with pytest.raises(NotAllowed):
        recipients.owed(school.store, [school.amy.id], by=getattr(school, who))


def test_closed_accounts_are_not_told(own_school: School) -> None:
    people.close(own_school.store, own_school.birch.id, by=own_school.office)
    assert told(own_school, a_concern(own_school.amy), own_school.oak) == own_school.team


# The inbox.


def test_urgent_comes_first_and_then_the_newest(own_school: School) -> None:
    ids = [
        recorded(own_school, a_concern(own_school.amy, urgent=urgent), by=own_school.oak)
        for urgent in (False, True, False, True, False)
    ]
    assert unread(own_school, own_school.birch) == [ids[n] for n in (3, 1, 4, 2, 0)]


def test_an_incident_is_one_line_at_the_place_of_its_newest_alert(own_school: School) -> None:
    store, lead = own_school.store, own_school.lead
    first, second = (
        recorded(own_school, a_concern(own_school.amy), by=own_school.oak) for _ in range(2)
    )
    actions.add(store, actions.Form(incident=first, account="Rang home"), by=own_school.deputy)
    lines = alerts.unread(store, by=lead)
    assert [line.incident for line in lines] == [first, second]
    assert [line.is_action for line in lines] == [True, False]
    assert [line.author for line in lines] == [own_school.deputy.name, own_school.oak.name]
    for id_ in (second, first):
        alerts.mark_read(store, id_, by=lead)
    assert read(own_school, lead) == [first, second]


def test_a_line_says_which_incident_it_is(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy, urgent=True), by=school.oak)
    line = next(each for each in alerts.unread(school.store, by=school.birch)
                if each.incident == id_)  # fmt: skip
    assert line.title == f"#{line.number} Injury, Behaviour"
    assert (line.pupil_name, line.class_name, line.author, line.urgent, line.read_at) == (
        school.amy.name,
        "4 Birch",
        school.oak.name,
        True,
        None,
    )


def test_marking_as_read_is_recorded_and_takes_nothing_away(own_school: School) -> None:
    store, birch = own_school.store, own_school.birch
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.oak)
    before = clock.now()
    assert incidents.open(store, id_, by=birch).waits_for_me
    alerts.mark_read(store, id_, by=birch)
    assert unread(own_school, birch) == []
    assert read(own_school, birch) == [id_]
    opened = incidents.open(store, id_, by=birch)
    assert not opened.waits_for_me
    at = {each.name: each.read_at for each in opened.readers}
    mine = at.pop(birch.name)
    assert mine is not None
    assert before <= mine <= clock.now()
    assert set(at.values()) == {None}
    assert unread(own_school, own_school.lead) == [id_]


def test_an_alert_is_marked_once_however_often_and_by_how_many_threads(school: School) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.oak)
    before = how_many(school.store, Reading)
    with ThreadPoolExecutor(8) as threads:
        for each in [
            threads.submit(alerts.mark_read, school.store, id_, by=school.birch) for _ in range(8)
        ]:
            each.result()
    alerts.mark_read(school.store, id_, by=school.birch)
    assert how_many(school.store, Reading) == before + 1


def test_a_new_action_makes_an_incident_wait_again(own_school: School) -> None:
    store, birch = own_school.store, own_school.birch
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.oak)
    alerts.mark_read(store, id_, by=birch)
    actions.add(store, actions.Form(incident=id_, account="Rang home"), by=own_school.lead)
    assert (unread(own_school, birch), read(own_school, birch)) == ([id_], [])
    assert alerts.count_unread(store, by=birch) == 1
    reader = next(r for r in alerts.readers(store, id_, by=birch) if r.person == birch.id)
    assert reader.read_at is None
    alerts.mark_read(store, id_, by=birch)
    assert (unread(own_school, birch), read(own_school, birch)) == ([], [id_])


def test_what_was_read_can_be_asked_for_since_a_moment(own_school: School) -> None:
    store, birch = own_school.store, own_school.birch
    earlier, later = (
        recorded(own_school, a_concern(own_school.amy), by=own_school.oak) for _ in range(2)
    )
    alerts.mark_read(store, earlier, by=birch)
    between = clock.now()
    alerts.mark_read(store, later, by=birch)
    since = alerts.read(store, since=between, by=birch)
    assert [each.incident for each in since] == [later]


def test_the_count_is_of_incidents_and_not_of_alerts(own_school: School) -> None:
    store = own_school.store
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.oak)
    for account in ("Rang home", "Rang again"):
        actions.add(store, actions.Form(incident=id_, account=account), by=own_school.lead)
    assert alerts.count_unread(store, by=own_school.birch) == 1


MARKERS: dict[str, Callable[[School], Person]] = {
    "not alerted": lambda s: s.assistant,
    "author": lambda s: s.oak,
    "office": lambda s: s.office,
    "governor": lambda s: s.governor,
    "closed": lambda s: replace(s.birch, active=False),
}


@pytest.mark.parametrize("who", MARKERS)
def test_nobody_marks_what_they_were_not_alerted_to(school: School, who: str) -> None:
    id_ = recorded(school, a_concern(school.amy), by=school.oak)
    for incident in (id_, "nothing"):
        with pytest.raises(NotThere):
            alerts.mark_read(school.store, incident, by=MARKERS[who](school))


def test_readers_are_in_the_order_in_which_they_were_alerted(own_school: School) -> None:
    store = own_school.store
    id_ = recorded(own_school, a_concern(own_school.amy), by=own_school.oak)
    form = actions.Form(incident=id_, account="Ask him", others=(own_school.assistant.id,))
    actions.add(store, form, by=own_school.lead)
    names = [each.name for each in alerts.readers(store, id_, by=own_school.lead)]
    assert set(names[:4]) == own_school.team | {own_school.birch.name}
    assert names[4:] == [own_school.oak.name, own_school.assistant.name]


def test_a_teacher_who_becomes_lead_is_told_from_then_on(own_school: School) -> None:
    newcomer = a_person(own_school.store, "Ms New Lead", Role.LEAD)
    assert newcomer.name in told(own_school, a_concern(own_school.amy), own_school.oak)
