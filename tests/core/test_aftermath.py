"""After a search: the incident, the accounts of those who took part, the inquiry, the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core import (
    alerts,
    body_history,
    body_maps,
    chronology,
    dashboard,
    incidents,
    map_forms,
    people,
    search,
)
from core.errors import Refused
from core.forms import Incomplete
from core.missing import accounts, ends, facts, finding, investigation, joined, logs
from core.missing.finding import Form
from core.permissions import NotAllowed, NotThere
from core.person import Person, Role
from core.records import AuthorityReport, Export, Mail
from core.reports import authority
from core.sign_in import WrongCode
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import School, openings_of, plain
from tests.core.searching import begun, done, leads
from tests.core.staffroom import Watch

INQUIRY = investigation.Form(
    findings="The side gate was not locked.",
    causes="Nobody was named to check it.",
    changes="The caretaker checks it at 9 and at 13.",
    changes_by=date(2026, 12, 1),
    risks="Site risk assessment, line 14.",
)


@pytest.fixture
def school(new_school: School) -> School:
    return new_school


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch(monkeypatch)
    watch.now = datetime(2026, 9, 14, 13, 0, tzinfo=UTC)
    return watch


def searched(school: School, watch: Watch, *, police: bool = True, by: Person | None = None) -> str:
    """Amy was missing for half an hour: Mr Birch opened the log, Mrs Oak found her."""
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    leads(school, log, school.deputy)
    watch.turn(minutes=4)
    for step in ("parents", "police") if police else ():
        done(school, log, step, school.birch)
    watch.turn(minutes=26)
    form = Form(pupil=school.amy.id, found_at=watch.now, place="The bicycle shed",
                found_by="Mrs Ann Oak")  # fmt: skip
    finding.found(school.store, log, form, by=school.oak)
    facts.tell(school.store, log, by=school.oak, child_words="I only wanted to see my bike.")
    finding.close(school.store, log, "found", "She was found", by=by or school.birch)
    return log


# The incident.


def test_closing_a_log_adds_one_incident_for_each_child_and_tells_the_team(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    (one,) = joined.of(school.store, log, by=school.head)
    opened = incidents.open(school.store, one.incident, by=school.head)
    assert (opened.pupil.id, opened.incident.categories) == (school.amy.id, ("missing",))
    assert "Found on Mon 14 Sep 2026, 14:30: The bicycle shed" in opened.incident.account
    assert opened.incident.child_words == "I only wanted to see my bike."
    assert (opened.incident.parents_contacted, opened.incident.agencies) == (True, ("police",))
    told = {each.name for each in alerts.readers(school.store, one.incident, by=school.head)}
    assert told == school.team
    (entry,) = chronology.of(school.store, school.amy.id, by=school.head).entries
    assert entry.incident.number == one.number
    found = joined.log_of(school.store, one.incident, by=school.head)
    assert found and found.id == log


def test_what_was_drawn_of_a_child_in_the_log_stands_in_the_childs_record(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    drawn_by(school, log)
    (entry,) = chronology.of(school.store, school.amy.id, by=school.lead).entries
    (drawn,) = entry.body_maps
    assert [mark.kind for mark in drawn.marks] == ["bruise"]
    (seen,) = body_history.of(school.store, school.amy.id, by=school.lead).sightings
    assert seen.incident == entry.incident.number


def test_what_was_drawn_in_the_log_is_seen_by_those_who_see_the_incident_and_nobody_else(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    drawn_by(school, log)
    (one,) = joined.of(school.store, log, by=school.lead)
    sees = {by.name: bool(body_maps.beneath(school.store, one.incident, by=by))
            for by in (school.lead, school.head, school.birch, school.oak, school.assistant,
                       school.office, school.governor, school.chair)}  # fmt: skip
    assert [name for name, seen in sees.items() if seen] == [
        school.lead.name, school.head.name, school.birch.name,  # who teaches her and was alerted
    ]  # fmt: skip
    assert search.found(school.store, "plaster", by=school.lead).places
    people.mark_relative(school.store, school.lead.id, school.amy.id, by=school.head)
    assert not body_maps.beneath(school.store, one.incident, by=school.lead)
    assert not search.found(school.store, "plaster", by=school.lead).places


def test_what_was_drawn_where_two_were_missing_stays_in_the_log(
    school: School, watch: Watch
) -> None:
    log = begun(school)
    for child in (school.amy, school.ben):
        facts.name(school.store, log, child.id, by=school.birch)
    drawn_by(school, log)
    finding.close(school.store, log, "police", "Handed over", by=school.lead)
    for child in (school.amy, school.ben):
        (entry,) = chronology.of(school.store, child.id, by=school.lead).entries
        assert entry.body_maps == ()
    assert body_maps.of_search(school.store, log, by=school.lead)


def drawn_by(school: School, log: str) -> None:
    """Mr Birch draws a bruise into the log."""
    form = map_forms.opened(school.amy.born_on, by=school.birch)
    map_forms.touched(form, [{"id": "0" * 32, "view": "front", "x": 0.5, "y": 0.3}])
    form.marks[0].kind, form.advice_sought, form.advice = "bruise", False, "A plaster"
    finding.hurt(school.store, log, form, by=school.birch)


def test_nobody_was_missing_so_nothing_is_added_and_nothing_is_owed(school: School) -> None:
    log = begun(school)
    facts.name(school.store, log, school.amy.id, by=school.birch)
    finding.close(school.store, log, "mistake", "She was in the library", by=school.birch)
    assert joined.of(school.store, log, by=school.head) == []
    assert accounts.asked(school.store, by=school.birch) == []
    assert ends.waiting(school.store, by=school.head) == []


def test_a_log_is_closed_once(school: School, watch: Watch) -> None:
    log = searched(school, watch, police=False)
    with pytest.raises(Refused, match="closed"):
        finding.close(school.store, log, "found", "Again", by=school.oak)
    assert len(joined.of(school.store, log, by=school.head)) == 1


def test_the_office_closes_a_log_and_sees_no_incident(school: School, watch: Watch) -> None:
    log = searched(school, watch, police=False, by=school.office)
    (one,) = joined.of(school.store, log, by=school.head)
    with pytest.raises(Refused):
        incidents.open(school.store, one.incident, by=school.office)


def test_a_relative_who_searched_reads_neither_the_log_nor_the_incident(
    school: School, watch: Watch
) -> None:
    people.mark_relative(school.store, school.oak.id, school.amy.id, by=school.head)
    log = searched(school, watch)
    (one,) = joined.of(school.store, log, by=school.head)
    assert joined.log_of(school.store, one.incident, by=school.oak) is None
    with pytest.raises(NotThere):
        joined.of(school.store, log, by=school.oak)
    (asked,) = accounts.asked(school.store, by=school.oak)
    accounts.record(school.store, log, "I found her.", by=school.oak)
    assert asked.log == log and not accounts.asked(school.store, by=school.oak)


# The accounts.


def test_an_account_is_asked_of_everybody_who_took_part_and_of_nobody_else(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    owing = {each.name for each in accounts.standing(school.store, log, by=school.head)}
    assert owing == {school.birch.name, school.oak.name, school.deputy.name}
    for person in (school.birch, school.oak, school.deputy):
        assert [each.log for each in accounts.asked(school.store, by=person)] == [log]
    assert accounts.asked(school.store, by=school.assistant) == []
    mails = school.store.ask(Mail, "FROM mails WHERE purpose = 'account_asked'")
    assert {each.person for each in mails} == {school.oak.id, school.deputy.id}


def test_nobody_reads_the_others_before_they_have_written_their_own(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    accounts.record(school.store, log, "I locked the gate at two.", by=school.birch)
    with pytest.raises(Refused, match="your own account first"):
        accounts.of(school.store, log, by=school.deputy)
    accounts.record(school.store, log, "I took the lead.", by=school.deputy)
    read = accounts.of(school.store, log, by=school.deputy)
    assert [each.account for each in read] == ["I locked the gate at two.", "I took the lead."]
    assert openings_of(school.store, log)
    assert accounts.of(school.store, log, by=school.head) == read


def test_what_is_written_later_stands_beneath_what_was_written_first(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    for text in ("I opened the log.", "And I rang her mother."):
        accounts.record(school.store, log, text, by=school.birch)
    mine = accounts.mine(school.store, log, by=school.birch)
    assert [each.account for each in mine] == ["I opened the log.", "And I rang her mother."]


def test_an_account_takes_words_and_somebody_who_took_part_in_what_is_over(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    going_on = begun(school, school.oak)
    with pytest.raises(NotThere):
        accounts.record(school.store, going_on, "Too soon", by=school.oak)
    with pytest.raises(Incomplete, match="what you saw and did"):
        accounts.record(school.store, log, " \n", by=school.birch)
    for outsider in (school.assistant, school.office, school.head):
        with pytest.raises(NotThere):
            accounts.record(school.store, log, "I was not there", by=outsider)


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair", "lead without code"])
def test_only_full_access_reads_accounts_investigates_and_reports(
    school: School, watch: Watch, who: str
) -> None:
    log = searched(school, watch)
    by = plain(school.lead) if who == "lead without code" else getattr(school, who)
    for refused in (
        lambda: accounts.of(school.store, log, by=by),
        lambda: accounts.standing(school.store, log, by=by),
        lambda: investigation.of(school.store, log, by=by),
        lambda: investigation.record(school.store, log, INQUIRY, by=by),
        lambda: ends.waiting(school.store, by=by),
        lambda: authority.owed(school.store, by=by),
        lambda: authority.made(school.store, log, by=by),
        lambda: authority.make(school.store, authority.Form(log=log), "000000", by=by),
    ):
        with pytest.raises(NotAllowed):
            refused()


# The investigation.


def test_an_investigation_asks_for_everything_and_the_newest_stands(
    school: School, watch: Watch
) -> None:
    log = searched(school, watch)
    with pytest.raises(Incomplete) as missing:
        investigation.record(school.store, log, investigation.Form(), by=school.head)
    assert missing.value.problems.keys() == {"findings", "causes", "changes", "changes_by", "risks"}
    investigation.record(school.store, log, INQUIRY, by=school.head)
    again = replace(INQUIRY, causes="The rota did not name anybody.")
    investigation.record(school.store, log, again, by=school.head)
    found = investigation.of(school.store, log, by=school.head)
    assert found and (found.causes, found.versions) == (again.causes, 2)
    assert found.author == school.head.name


def test_the_search_comes_before_the_investigation(school: School) -> None:
    log = begun(school)
    with pytest.raises(Refused, match="Close the log first"):
        investigation.record(school.store, log, INQUIRY, by=school.head)


# The report to the local authority.


@pytest.fixture
def head(school: School) -> tuple[Person, str]:
    """The head, with an Authenticator."""
    head = staffroom.account(school.store, Role.HEAD, "Dr Hà Nguyễn")
    secret, _ = staffroom.enrolled(school.store, head)
    return replace(head, code_given=True), secret


TOLD = (
    "Amy D’Souza",
    "Police called",
    "The bicycle shed",
    "The side gate was not locked.",
    "Nobody was named to check it.",
    "Site risk assessment, line 14.",
    "1 December 2026",
    "I only wanted to see my bike.",
    "I saw her *by the bikes*.",
    "Ofsted need not know.",
    "We tell Ofsted all the same.",
    "It was 30 minutes.",
)


def form_of(log: str) -> authority.Form:
    return authority.Form(
        log=log,
        recipient="Mr Lee, County Hall",
        advice="Ofsted need not know.",
        decision="We tell Ofsted all the same.",
        reason="It was 30 minutes.",
    )


def test_a_report_is_owed_once_the_police_were_called_and_holds_everything(
    school: School, watch: Watch, head: tuple[Person, str]
) -> None:
    me, secret = head
    log = searched(school, watch)
    accounts.record(school.store, log, "I saw her *by the bikes*.", by=school.oak)
    assert authority.owed(school.store, by=me) == [log]
    with pytest.raises(Incomplete) as missing:
        authority.make(school.store, authority.Form(log=log), staffroom.code(secret), by=me)
    wanted = {"recipient", "advice", "decision", "reason", "investigation"}
    assert missing.value.problems.keys() == wanted
    investigation.record(school.store, log, INQUIRY, by=me)
    with pytest.raises(WrongCode):
        authority.make(school.store, form_of(log), "000000", by=me)
    assert school.store.ask(AuthorityReport, "FROM authority_reports") == []
    watch.turn(seconds=60)
    file = authority.make(school.store, form_of(log), staffroom.code(secret), by=me)
    whole = Paper(file.content).whole
    for said in (*TOLD, f"Not written yet: {school.deputy.name}, {school.birch.name}."):
        assert squeezed(said) in whole, said
    assert authority.owed(school.store, by=me) == []
    (sent,) = authority.made(school.store, log, by=me)
    assert (sent.author, sent.decision) == (me.name, "We tell Ofsted all the same.")
    (export,) = school.store.ask(Export, "FROM exports WHERE what = 'authority'")
    assert file.name == f"authority-{export.number}.pdf"


def test_no_report_is_owed_where_the_police_were_not_called(school: School, watch: Watch) -> None:
    searched(school, watch, police=False)
    assert authority.owed(school.store, by=school.head) == []


# What the team is told.


def test_the_desk_says_what_is_owed_until_nothing_is(
    school: School, watch: Watch, head: tuple[Person, str]
) -> None:
    me, secret = head
    log = searched(school, watch)

    def said() -> list[str]:
        groups = {group.kind: group.notices for group in dashboard.now(school.store, by=me)}
        return [notice.said for notice in groups.get("search", ())]

    assert said()[0].endswith(
        "Report to the local authority owed, not investigated yet, 3 accounts not written."
    )
    investigation.record(school.store, log, INQUIRY, by=me)
    for person in (school.birch, school.oak):
        accounts.record(school.store, log, "This is what I saw.", by=person)
    assert said()[0].endswith("Report to the local authority owed, 1 account not written.")
    accounts.record(school.store, log, "This is what I saw.", by=school.deputy)
    watch.turn(seconds=60)
    authority.make(school.store, form_of(log), staffroom.code(secret), by=me)
    assert said() == [] and logs.of(school.store, log, by=me).outcome == "found"
