"""The report to a conference: what the record says and what was typed, once, and again later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core import corrections, people, plans, pupils, significance
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import ConferenceReport, ConferenceStatement, Export
from core.reports import conference, conference_form, exports, statements
from core.reports.conference_form import Form
from core.reports.exports import File
from core.reports.statements import SECTIONS, Typed
from core.sign_in import WrongCode
from core.store import Record, Store
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import School, a_concern, how_many, linked, plain, recorded
from tests.core.staffroom import Watch

HOSTILE = '#import "x" $x^2$ *b* <script>alert(1)</script> =HYPERLINK("x") \\ // ] #{ 😀 e\u0301'
KINDS: tuple[type[Record], ...] = (ConferenceReport, ConferenceStatement, Export)
DAY = date(2026, 11, 20)

HEAD = re.compile(r"\A.*?CONFIDENTIAL.*?born \d+ \w+ \d{4}", re.DOTALL)
FOOT = re.compile(r"\nExported .*?Head of the record’s ledger: \S+", re.DOTALL)


@dataclass
class Desk:
    """A lead with an Authenticator, and a clock to wait for its next code."""

    school: School
    lead: Person
    secret: str
    watch: Watch
    before: dict[type[Record], int]  # records of the tests before this one

    @property
    def store(self) -> Store:
        return self.school.store

    def new(self, kind: type[Record]) -> int:
        return how_many(self.store, kind) - self.before[kind]

    def code(self) -> str:
        self.watch.turn(seconds=30)
        return staffroom.code(self.secret)

    def make(self, form: Form) -> Paper:
        return Paper(conference.make(self.store, form, self.code(), by=self.lead).content)

    def again(self, report: str, by: Person | None = None) -> Paper:
        file = conference.again(self.store, report, "Ms Adeyemi", self.code(), by=by or self.lead)
        return Paper(file.content)

    def event(self, what: str, **chosen: Any) -> str:
        """A significant event with words of its own; returns the incident's id."""
        form = a_concern(self.school.amy, account=f"AccountOf{what}",
                         child_words=f"WordsOf{what}", **chosen)  # fmt: skip
        id_ = recorded(self.school, form, by=self.school.birch)
        significance.mark(self.store, id_, f"MeaningOf{what}", f"DecidedOn{what}", by=self.lead)
        return id_


@pytest.fixture
def desk(own_school: School, monkeypatch: pytest.MonkeyPatch) -> Desk:
    watch = Watch(monkeypatch)
    lead = staffroom.account(own_school.store, own_school.lead.role)
    secret, _ = staffroom.enrolled(own_school.store, lead)
    return Desk(own_school, replace(lead, code_given=True), secret, watch,
                {kind: how_many(own_school.store, kind) for kind in KINDS})  # fmt: skip


def filled(pupil: str, **chosen: Any) -> Form:
    """A form that can be sent: every section has a statement with words of its own."""
    said = {key: [Typed(kind="told" if each.kinds else "", source=f"SourceOf{key}", dated=DAY,
                        account=f"SaidOf{key}")] for key, each in SECTIONS.items()}  # fmt: skip
    form = Form(
        pupil=pupil, conference="Initial conference", held_on=DAY, names_used="Amy Smith",
        carers="CarersTyped", professionals="ProfessionalsTyped", why="WhyTyped", said=said,
        shared_with_parents=True, parents_on=DAY, shared_with_child=False,
        child_why_not="ChildWhyNot", recipient="Ms Ruth Adeyemi, chair",
    )  # fmt: skip
    return replace(form, **chosen)


def body(paper: Paper) -> str:
    """What stands on the pages between head and foot."""
    return squeezed("".join(HEAD.sub("", FOOT.sub("", p.replace("\r", ""))) for p in paper.pages))


def times(paper: Paper, *texts: str) -> dict[str, int]:
    return {text: body(paper).count(squeezed(text)) for text in texts}


# What it tells.


def test_it_tells_every_significant_event_once_and_no_other(desk: Desk) -> None:
    for n, what in enumerate(("Second", "First", "Third")):
        desk.event(what, occurred_at=datetime(2026, 3, (2, 1, 3)[n], 9, tzinfo=UTC))
    ended = desk.event("Ended")
    significance.end(desk.store, ended, by=desk.lead)
    recorded(desk.school, a_concern(desk.school.amy, account="AccountOfPlain"),
             by=desk.school.oak)  # fmt: skip
    paper = desk.make(filled(desk.school.amy.id))
    told = [f"{kind}{what}" for what in ("First", "Second", "Third")
            for kind in ("AccountOf", "WordsOf", "MeaningOf", "DecidedOn")]  # fmt: skip
    assert times(paper, *told) == dict.fromkeys(told, 1)
    assert times(paper, "AccountOfEnded", "AccountOfPlain") == {
        "AccountOfEnded": 0, "AccountOfPlain": 0,
    }  # fmt: skip
    places = [body(paper).index(f"AccountOf{what}") for what in ("First", "Second", "Third")]
    assert places == sorted(places)


def test_it_tells_everything_that_was_typed_once(desk: Desk) -> None:
    form = filled(desk.school.amy.id)
    typed = ["CarersTyped", "ProfessionalsTyped", "WhyTyped", "ChildWhyNot", "Amy Smith",
             *(f"SaidOf{key}" for key in SECTIONS),
             *(f"SourceOf{key}" for key, each in SECTIONS.items() if each.source)]  # fmt: skip
    assert times(desk.make(form), *typed) == dict.fromkeys(typed, 1)


@pytest.mark.parametrize("kind", statements.KINDS)
def test_each_statement_says_how_it_is_known_and_from_whom(desk: Desk, kind: str) -> None:
    form = filled(desk.school.amy.id)
    form.said["worried"] = [Typed(kind=kind, source="Her aunt", account="NotSafeAtHome")]
    said = f"{statements.KINDS[kind].told} · Her aunt NotSafeAtHome"
    assert squeezed(said) in body(desk.make(form))


def test_the_front_sheet_tells_of_the_child_the_household_and_the_plans(desk: Desk) -> None:
    amy, ben = desk.school.amy, desk.school.ben
    home: dict[str, pupils.Details] = {p.id: replace(p, household="12 Elm Row") for p in (amy, ben)}
    pupils.amend(desk.store, home, by=desk.lead)
    plan = plans.Form(pupil=amy.id, kind="child_in_need", since=date(2026, 2, 3), note="PlanNote")
    plans.record(desk.store, plan, by=desk.lead)
    other = a_concern(amy, agencies=("police",), linked=linked(desk.school.cai))
    significance.mark(desk.store, recorded(desk.school, other, by=desk.school.oak), "M", "",
                      by=desk.lead)  # fmt: skip
    told = body(desk.make(filled(amy.id)))
    for text in ("Amy D’Souza", "29 February 2016", "4 Birch", "Ben O'Brien", "5 Oak",
                 "Child in need plan", "since 3 February 2026. PlanNote", "Police",
                 "First concern", "Latest concern", "Injury 1", "Behaviour 1"):  # fmt: skip
        assert squeezed(text) in told
    assert squeezed("Cai Łukasz") not in told


def test_hostile_text_stays_text(desk: Desk) -> None:
    form = filled(desk.school.amy.id, why=HOSTILE, carers=HOSTILE, professionals=HOSTILE,
                  names_used=HOSTILE, conference=HOSTILE[:200], recipient=HOSTILE[:200],
                  child_why_not=HOSTILE)  # fmt: skip
    for each in form.said.values():
        each[0].account = each[0].source = HOSTILE
    sources = sum(bool(each.source) for each in SECTIONS.values())
    assert body(desk.make(form)).count(squeezed(HOSTILE)) >= 6 + len(SECTIONS) + sources


def test_a_long_text_is_told_to_its_end(desk: Desk) -> None:
    long = "".join(f"{n:05}" for n in range(4_000))
    assert times(desk.make(filled(desk.school.amy.id, why=long)), long) == {long: 1}


def test_a_screen_reader_can_read_it(desk: Desk) -> None:
    desk.event("One")
    paper = desk.make(filled(desk.school.amy.id))
    assert paper.root["/Lang"] == "en-GB"
    assert paper.root["/MarkInfo"]["/Marked"]
    title = paper.reader.metadata.title if paper.reader.metadata else ""
    assert title == "Report to a conference, School"
    assert len(paper.tags("/H1")) == 1
    assert len(paper.tags("/TH")) >= 4
    assert len(paper.tags("/H2")) == 5 + len(SECTIONS) - 1


# Made again.


def test_it_is_made_again_word_for_word_after_the_record_went_on(desk: Desk) -> None:
    desk.event("One")
    form = filled(desk.school.amy.id)
    first = desk.make(form)
    desk.event("Later")
    pupils.amend(desk.store, {desk.school.amy.id: replace(desk.school.amy, class_name="6 Yew")},
                 by=desk.lead)  # fmt: skip
    (line,) = conference.earlier(desk.store, desk.school.amy.id, by=desk.lead)
    assert (line.id, line.conference) == (form.id, "Initial conference")
    again = desk.again(line.id)
    assert body(again) == body(first).replace(squeezed(form.recipient), squeezed("Ms Adeyemi"))
    assert desk.new(Export) == 2
    assert desk.new(ConferenceReport) == 1


def test_what_was_corrected_since_is_told_after_it(desk: Desk) -> None:
    incident = desk.event("One")
    before = corrections.Form(incident=incident, kind="clarification", account="SaidBefore")
    corrections.add(desk.store, before, by=desk.lead)
    form = filled(desk.school.amy.id)
    first = desk.make(form)
    desk.watch.turn(hours=1)
    wrong = corrections.Form(incident=incident, kind="error", account="ItWasAnotherDay")
    corrections.add(desk.store, wrong, by=desk.lead)
    again = desk.again(form.id)
    told = ("ItWasAnotherDay", "Corrected since this report was made", "AccountOfOne", "SaidBefore")
    assert times(again, *told) == dict.fromkeys(told, 1)
    assert times(first, *told[:2]) == dict.fromkeys(told[:2], 0)


def test_what_was_corrected_after_a_report_of_a_clock_that_was_ahead_is_told_too(
    desk: Desk,
) -> None:
    incident = desk.event("One")
    desk.watch.put(days=400)
    form = filled(desk.school.amy.id)
    desk.make(form)
    desk.watch.put(days=-400)
    wrong = corrections.Form(incident=incident, kind="error", account="ItWasAnotherDay")
    corrections.add(desk.store, wrong, by=desk.lead)
    again = desk.again(form.id)
    assert times(again, "ItWasAnotherDay") == {"ItWasAnotherDay": 1}


# Who may, and what is recorded.


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_makes_one(desk: Desk, who: str) -> None:
    school, form = desk.school, filled(desk.school.amy.id)
    desk.make(form)
    for by in (getattr(school, who), plain(desk.lead)):
        with pytest.raises(NotAllowed):
            conference.make(school.store, filled(school.amy.id), "", by=by)
        with pytest.raises(NotThere):
            conference.again(school.store, form.id, "Ms Adeyemi", "", by=by)
        assert conference.earlier(school.store, school.amy.id, by=by) == []


def test_a_relative_of_the_child_makes_none_and_opens_none(desk: Desk) -> None:
    form = filled(desk.school.amy.id)
    desk.make(form)
    people.mark_relative(desk.store, desk.lead.id, desk.school.amy.id, by=desk.school.head)
    with pytest.raises(NotThere, match="no such student"):
        desk.make(filled(desk.school.amy.id))
    with pytest.raises(NotThere, match="no such report"):
        desk.again(form.id)
    assert conference.earlier(desk.store, desk.school.amy.id, by=desk.lead) == []


def test_whoever_is_named_in_one_entry_reads_a_report_without_it_and_opens_no_other(
    desk: Desk,
) -> None:
    other = replace(staffroom.account(desk.store, desk.lead.role), code_given=True)
    secret, _ = staffroom.enrolled(desk.store, other)
    desk.event("Hidden", named=(other.id,))
    desk.event("Open")
    whole = filled(desk.school.amy.id)
    desk.make(whole)
    assert conference.earlier(desk.store, desk.school.amy.id, by=other) == []
    with pytest.raises(NotThere, match="no such report"):
        conference.again(desk.store, whole.id, "Ms Adeyemi", "", by=other)
    desk.watch.turn(seconds=30)
    own = conference.make(desk.store, filled(desk.school.amy.id), staffroom.code(secret), by=other)
    told = ("AccountOfOpen", "AccountOfHidden")
    assert list(times(Paper(own.content), *told).values()) == [1, 0]


def test_it_is_recorded_with_its_export_or_not_at_all(desk: Desk) -> None:
    def stop(what: str) -> None:
        if what == exports.RECORDING:
            raise KeyboardInterrupt

    form = filled(desk.school.amy.id)
    with pytest.raises(KeyboardInterrupt):
        conference.make(desk.store, form, desk.code(), by=desk.lead, stage=stop)
    assert [desk.new(kind) for kind in KINDS] == [0, 0, 0]
    file: File = conference.make(desk.store, form, desk.code(), by=desk.lead)
    assert [desk.new(kind) for kind in KINDS] == [1, len(SECTIONS), 1]
    assert re.fullmatch(r"conference-report-\d+\.pdf", file.name)
    (line,) = exports.about(desk.store, desk.school.amy.id, by=desk.lead)
    assert (line.what, line.purpose) == ("conference report", "Initial conference")


def test_a_form_that_is_sent_twice_makes_one_report(desk: Desk) -> None:
    form = filled(desk.school.amy.id)
    desk.make(form)
    with pytest.raises(Refused, match="made already"):
        desk.make(form)
    assert desk.new(ConferenceReport) == 1
    assert desk.new(Export) == 1


def test_without_the_code_there_is_none(desk: Desk) -> None:
    form = filled(desk.school.amy.id)
    with pytest.raises(WrongCode):
        conference.make(desk.store, form, "000000", by=desk.lead)
    assert desk.new(ConferenceReport) == 0


def test_everything_that_is_missing_is_told_at_once(desk: Desk) -> None:
    form = Form(pupil=desk.school.amy.id, shared_with_parents=False)
    with pytest.raises(Incomplete) as missing:
        conference.make(desk.store, form, "", by=desk.lead)
    assert set(missing.value.problems) == {
        "conference", "carers", "why", "recipient", "worried", "well", "needs", "parents",
        "analysis", "recommendation", "parents_why_not", "shared_with_child",
    }  # fmt: skip


def test_a_statement_needs_words_how_it_is_known_and_who_told_it() -> None:
    told, blank, child = Typed(account="x", kind="told"), Typed(source="y"), Typed(account="z")
    said = {"worried": [told, blank], "child": [child]}
    wrong = statements.problems({**{key: [Typed(account="x", kind="seen")] for key in SECTIONS},
                                 **said})  # fmt: skip
    assert set(wrong) == {f"{told.id}_source", f"{blank.id}_account", f"{blank.id}_kind",
                          f"{child.id}_source", f"{child.id}_dated"}  # fmt: skip


# Kept while it is typed.


def test_a_draft_gives_back_the_whole_form() -> None:
    form = filled("amy")
    assert conference_form.from_draft("amy", form.id, conference_form.to_draft(form)) == form


def test_a_text_that_arrived_later_stands_in_the_draft_and_no_other_child_has_it() -> None:
    form = filled("amy")
    worried = form.said["worried"][0]
    fields = conference_form.to_draft(form) | {
        conference_form.draft_name("amy", worried.id): "Newer",
        conference_form.draft_name("amy", "why"): "Newer why",
    }
    back = conference_form.from_draft("amy", form.id, fields)
    assert back and (back.said["worried"][0].account, back.why) == ("Newer", "Newer why")
    assert conference_form.from_draft("ben", form.id, fields) is None


@pytest.mark.parametrize("typed", ["", "{", "null", "[]", '{"pupil": 1}', '{"said": {}}'])
def test_a_draft_that_no_page_kept_makes_an_empty_form(typed: str) -> None:
    form = conference_form.from_draft("amy", "id", {conference_form.draft_name("amy"): typed})
    assert form and (form.id, form.pupil, form.why) == ("id", "amy", "")
    assert set(form.said) == set(SECTIONS)
