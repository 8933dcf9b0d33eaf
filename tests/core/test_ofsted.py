"""The pack for Ofsted: every concern of the period is in it with what came of it, and no other."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core import actions, alerts, clock, corrections, decisions, incidents, people, plans, statuses
from core.forms import Incomplete
from core.permissions import NotAllowed
from core.person import Person
from core.records import Export
from core.reports import cells, ofsted, pdf, tables
from core.reports.ofsted import Form
from core.reports.tables import Table, Tabled
from core.sign_in import WrongCode
from core.store import Store
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import KEY, School, a_concern, a_school, openings_of, plain
from tests.core.staffroom import Watch

WIDE = "Llanfair" * 30  # wider than any column

FORMULA = '=HYPERLINK("http://evil.example";"x")'


@dataclass
class Term:
    """A school of which it is known by hand what happened when: numbers and ids by a word."""

    school: School
    watch: Watch
    numbers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def concern(self, word: str, **chosen: Any) -> None:
        self.watch.now += timedelta(minutes=1)
        about = chosen.pop("about", self.school.amy)
        form = a_concern(about, occurred_at=self.watch.now - timedelta(minutes=5), **chosen)
        self.numbers[word] = str(incidents.add(self.school.store, form, by=self.school.birch))
        self.ids[word] = form.id

    def at(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        self.watch.now = datetime(2026, month, day, hour, minute, tzinfo=UTC)

    def close(self, word: str, outcome: str) -> None:
        for person in (self.school.lead, self.school.head):
            seen = statuses.of(self.school.store, self.ids[word], by=person).id
            form = statuses.Form(incident=self.ids[word], seen=seen, status="closed",
                                 outcome=outcome)  # fmt: skip
            statuses.change(self.school.store, form, by=person)

    def read(self, word: str, by: Person) -> None:
        alerts.mark_read(self.school.store, self.ids[word], by=by)

    def act(self, word: str, **more: Any) -> None:
        form = actions.Form(incident=self.ids[word], account="Seen to.", **more)
        actions.add(self.school.store, form, by=self.school.lead)


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Term]:
    store = Store.open(tmp_path_factory.mktemp("term") / "school", KEY)
    with pytest.MonkeyPatch.context() as patch:
        term = Term(a_school(store), Watch(patch))
        happened(term)
        yield term
    store.close()


def happened(term: Term) -> None:
    """The week of Tuesday 3 to Friday 6 March, told on Tuesday 10 March."""
    school, store = term.school, term.school.store
    term.at(3, 2, 23, 58)
    term.concern("before")
    term.at(3, 3, 10)
    term.concern("referred", categories=("injury",))
    term.concern("held", categories=("behaviour", "restraint"), about=school.cai,
                 parents_contacted=False, parents_why_not="He asked us to wait")  # fmt: skip
    term.concern("silent", categories=("other",), about=school.dua)
    term.concern("positive", categories=("positive",))
    term.concern("mistaken", categories=("other",))
    term.concern("about the lead", named=(school.lead.id,))
    wrong = corrections.Form(incident=term.ids["mistaken"], kind="error", account="Not here")
    corrections.add(store, wrong, by=school.lead)
    term.at(3, 3, 10, 30)
    term.read("referred", school.lead)
    sent = decisions.Form(incident=term.ids["referred"], decided="referred", reason="Two marks",
                          to_whom="Children’s services")  # fmt: skip
    decisions.add(store, sent, by=school.lead)
    term.at(3, 4, 9)
    term.read("referred", school.head)
    term.at(3, 5, 11)
    decisions.answer(store, sent.id, "They visit.", by=school.lead)
    term.close("referred", FORMULA)
    term.at(3, 6, 23, 58)
    term.act("held", asked_of=school.oak.id, due_on=date(2026, 3, 8))
    term.concern("last", about=school.ben)
    term.at(3, 7, 0, 30)
    term.concern("after")
    for pupil, until in ((school.amy, None), (school.ben, date(2026, 3, 1))):
        plan = plans.Form(pupil=pupil.id, kind="child_in_need", since=date(2026, 2, 1), until=until)
        plans.record(store, plan, by=school.lead)
    term.at(3, 10, 9)


def form_of(**chosen: Any) -> Form:
    asked = Form(media_type=pdf.MEDIA_TYPE, since=date(2026, 3, 3), until=date(2026, 3, 6),
                 recipient="Ms Ruth Adeyemi, HMI", purpose="Inspection")  # fmt: skip
    return replace(asked, **chosen)


def pack(term: Term, by: Person | None = None, **chosen: Any) -> Tabled:
    return ofsted.of(term.school.store, form_of(**chosen), clock.now(), by=by or term.school.lead)


def table(report: Tabled, key: str) -> Table:
    return next(each for each in report.tables if each.key == key)


def row(term: Term, word: str, **chosen: Any) -> dict[str, str]:
    """A concern of the pack by the heads of its columns."""
    found = table(pack(term, **chosen), "concerns")
    (line,) = (each for each in found.rows if each[0] == term.numbers[word])
    return dict(zip(found.columns, line, strict=True))


# What is in it.


def test_the_concerns_of_the_period_are_there_once_and_no_others(term: Term) -> None:
    there = [line[0] for line in table(pack(term), "concerns").rows]
    assert there == [term.numbers[word] for word in ("referred", "held", "silent", "last")]


def test_a_concern_tells_what_came_of_it(term: Term) -> None:
    assert row(term, "referred") == {
        "Number": term.numbers["referred"], "Recorded": "3 Mar 2026", "Category": "Injury",
        "Student": "A. D., 4 Birch", "Referred on": "Children’s services, 3 Mar 2026",
        "Response": "Answered 5 Mar 2026: They visit.", "Outcome": FORMULA,
        "Days to the first action": "0", "Now": "Closed",
    }  # fmt: skip
    assert row(term, "held")["Days to the first action"] == "3"
    assert (row(term, "held")["Response"], row(term, "held")["Now"]) == ("1 action", "Open: new")
    silent = row(term, "silent")
    assert (silent["Referred on"], silent["Response"]) == ("No", "None yet")
    assert silent["Days to the first action"] == "None yet"


def test_referrals_plans_force_and_what_is_overdue_have_their_tables(term: Term) -> None:
    report = pack(term)
    assert table(report, "referrals").rows == (
        ("3 Mar 2026", term.numbers["referred"], "Injury", "A. D., 4 Birch",
         "Children’s services", "5 Mar 2026", "2", "They visit."),
    )  # fmt: skip
    assert table(report, "plans").rows == (
        ("Child in need plan", "A. D., 4 Birch", "1 Feb 2026", "–", "–"),
    )
    assert table(report, "plans").note.endswith("2026. Child in need plan: 1")
    (held,) = table(report, "restraint").rows
    assert (held[0], held[4], held[6]) == (term.numbers["held"], "No: He asked us to wait", "3")
    (late,) = table(report, "overdue").rows
    assert (late[0], late[3:]) == (term.numbers["held"], ("Mrs Ann Oak", "8 Mar 2026", "2"))


def test_what_is_not_read_yet_counts_and_the_limit_is_in_hours_of_school(term: Term) -> None:
    readings = {line[0]: line[2:] for line in table(pack(term), "readings").rows}
    school = term.school
    assert readings[school.lead.name] == (
        "4", "1", "3", "Half are not read yet", "1 of 4 (25 %)")  # fmt: skip
    assert readings[school.head.name][-1] == "0 of 4 (0 %)"  # half an hour too late
    assert readings[school.deputy.name][:3] == ("4", "0", "4")
    assert school.birch.name not in readings  # who wrote them all
    assert readings[school.oak.name][:3] == ("1", "0", "1")


def test_the_first_page_counts_what_the_table_holds(term: Term) -> None:
    facts = {fact.label: fact.text for fact in pack(term).facts}
    assert (facts["Concerns"], facts["Open now"], facts["Closed"]) == ("4", "3", "1")
    assert (facts["Referred on"], facts["Without an action yet"]) == ("1 of 4 (25 %)", "2")


def test_names_are_there_only_if_they_are_chosen(term: Term) -> None:
    whole = repr(pack(term))
    assert not any(name in whole for name in (term.school.amy.name, term.school.cai.name))
    assert row(term, "referred", names=True)["Student"] == "Amy D’Souza, 4 Birch"


def test_a_conflict_of_interest_is_respected_and_never_counted(term: Term) -> None:
    mine, heads = (table(pack(term, by), "concerns").rows
                   for by in (term.school.lead, term.school.head))  # fmt: skip
    hidden = term.numbers["about the lead"]
    assert hidden not in {line[0] for line in mine} and hidden in {line[0] for line in heads}
    assert pack(term).notes == pack(term, term.school.head).notes == (
        ofsted.LEFT_OUT, ofsted.AS_WRITTEN)  # fmt: skip


def test_that_it_was_read_is_recorded(term: Term) -> None:
    term.watch.turn(minutes=11)
    before = len([each for each in openings_of(term.school.store, "") if each.what == "ofsted"])
    pack(term)
    after = len([each for each in openings_of(term.school.store, "") if each.what == "ofsted"])
    assert after == before + 1


# Both forms.


def joined(text: str) -> str:
    """Without the hyphens at which a line of paper may end."""
    return re.sub("[-\x02\ufffe]", "", squeezed(text))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_pdf_and_table_hold_the_same_rows(term: Term) -> None:
    report = pack(term, names=True)
    lines = read(tables.file(report))
    paper = Paper(pdf.typeset("ofsted", report, at=clock.now()))
    printed = joined(paper.whole)
    for each in report.tables:
        begins = lines.index(list(each.columns)) + 1
        held = lines[begins : begins + len(each.rows)]
        assert held == [[cells.as_text(cell) for cell in line] for line in each.rows]
        for line in each.rows:
            assert joined("".join(line)) in printed, line
    assert all(squeezed(note) in paper.whole for note in report.notes)


def test_a_pack_of_nothing_says_so(term: Term) -> None:
    report = pack(term, since=date(2020, 1, 1), until=date(2020, 1, 2))
    assert "Noconcernwasrecorded" in Paper(pdf.typeset("ofsted", report, at=clock.now())).whole
    assert ["No concern was recorded in this period."] in read(tables.file(report))


def test_a_formula_that_somebody_typed_stays_text(term: Term) -> None:
    lines = read(tables.file(pack(term)))
    assert sum(cell == f"'{FORMULA}" for line in lines for cell in line) == 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


# Making one.


@dataclass
class Maker:
    school: School
    lead: Person
    secret: str
    watch: Watch

    def make(self, code: str | None = None, **chosen: Any) -> Any:
        self.watch.turn(seconds=30)
        given = staffroom.code(self.secret) if code is None else code
        return ofsted.make(self.school.store, form_of(**chosen), given, by=self.lead)


@pytest.fixture
def maker(own_school: School, monkeypatch: pytest.MonkeyPatch) -> Maker:
    watch = Watch(monkeypatch)
    lead = staffroom.account(own_school.store, own_school.lead.role)
    secret, _ = staffroom.enrolled(own_school.store, lead)
    return Maker(own_school, replace(lead, code_given=True), secret, watch)


def test_a_pack_takes_the_code_once_more_and_is_recorded(maker: Maker) -> None:
    store = maker.school.store
    with pytest.raises(WrongCode):
        maker.make("000000")
    file = maker.make(media_type=cells.MEDIA_TYPE)
    (line,) = ofsted.made(store, by=maker.school.head)
    assert file.name == f"ofsted-{line.number}.csv"
    assert (line.author, line.recipient) == (maker.lead.name, "Ms Ruth Adeyemi, HMI")
    assert line.chosen == ("3 March 2026 to 6 March 2026", "students by initials")
    (export,) = store.ask(Export, "FROM exports WHERE what = 'ofsted'")
    assert (export.pupil, len(export.sha256)) == ("", 64)


def test_what_is_missing_is_told_by_its_field(maker: Maker) -> None:
    with pytest.raises(Incomplete) as missing:
        maker.make(since=None, until=None, recipient="", purpose=" ", media_type="text/html")
    assert set(missing.value.problems) == {"since", "until", "recipient", "purpose", "media_type"}
    with pytest.raises(Incomplete, match="ends before it begins"):
        maker.make(since=date(2026, 3, 7))


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_makes_or_sees_packs(school: School, who: str) -> None:
    for by in (getattr(school, who), plain(school.lead)):
        with pytest.raises(NotAllowed):
            ofsted.of(school.store, form_of(), clock.now(), by=by)
        with pytest.raises(NotAllowed):
            ofsted.make(school.store, form_of(), "", by=by)
        with pytest.raises(NotAllowed):
            ofsted.made(school.store, by=by)


def test_a_relative_finds_neither_concern_nor_plan_of_the_child(own_school: School) -> None:
    store, lead, amy = own_school.store, own_school.lead, own_school.amy
    incidents.add(store, a_concern(amy), by=own_school.birch)
    plan = plans.Form(pupil=amy.id, kind="early_help", since=date(2026, 1, 1))
    plans.record(store, plan, by=lead)
    people.mark_relative(store, lead.id, amy.id, by=own_school.head)
    today = clock.now().date()
    wide = form_of(since=today - timedelta(days=1), until=today + timedelta(days=1), names=True)
    assert amy.name in repr(ofsted.of(store, wide, clock.now(), by=own_school.head))
    assert amy.name not in repr(ofsted.of(store, wide, clock.now(), by=lead))


if shutil.which("soffice"):  # a machine without it still shows that the cell is text

    def test_a_spreadsheet_program_evaluates_nothing(term: Term, tmp_path: Path) -> None:
        (tmp_path / "pack.csv").write_bytes(tables.file(pack(term)))
        command = ["soffice", "--headless", "--convert-to", "fods", "--outdir", ".", "pack.csv"]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=120)
        assert "table:formula" not in (tmp_path / "pack.fods").read_text()


def test_a_long_table_is_told_whole_with_its_head_on_every_page(term: Term) -> None:
    report = pack(term)
    (first, *_) = report.tables
    row = ("1 Jan 2026", "Injury", "A. D., 4 Birch", "One\nTwo", "None yet")
    rows = tuple((f"{n}n", *row, WIDE if n == 7 else "–", "0", "Open: new") for n in range(1, 1101))
    long = replace(report, tables=(replace(first, rows=rows),))
    paper = Paper(pdf.typeset("ofsted", long, at=clock.now()))
    assert re.findall(r"\d+(?=n1Jan)", paper.whole) == [str(n) for n in range(1, 1101)]
    assert all("Days to" in page and "Referred on" in page for page in paper.pages)
    assert WIDE in paper.whole
    assert "OneTwo" in paper.whole and "One Two" not in "".join(paper.pages)
