"""The governors' report: one edition holds what was released alone, the other is one person's."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import diligence, figures, periods, releases
from core.forms import Incomplete
from core.permissions import NotAllowed, NotThere, Verb
from core.person import SYSTEM, Person, Role
from core.records import ConfidentialCopy, Export, Incident, PlanDetails, PupilDetails, Relation
from core.reports import cells, confidential, downloads, pdf, trends
from core.reports.exports import File
from core.sign_in import WrongCode
from core.store import Past, Store
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import WRITTEN, School, a_school, openings_of, plain
from tests.core.staffroom import Watch

TERM = next(p for p in periods.every(WRITTEN) if p.name == "Summer 2026")
DAY = datetime(2026, 5, 12, 12, tzinfo=UTC)
WHOM, WHY = "Mrs Zoë D’Arcy #*x*", "Link meeting, #import $y$"
KINDS = {"attendance": range(41), "injury": range(41, 72), "behaviour": range(72, 75)}
HASH = re.compile("[0-9a-f]{64}")
WHEN = re.compile(r"\w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d")


@dataclass
class Desk:
    """A school of which 75 of 120 children were written about in a term, and people with codes."""

    school: School
    watch: Watch
    people: dict[str, tuple[Person, str]]

    @property
    def store(self) -> Store:
        return self.school.store

    def who(self, role: str) -> Person:
        return self.people[role][0]

    def code(self, role: str) -> str:
        self.watch.turn(seconds=30)
        return staffroom.code(self.people[role][1])

    def released(self) -> releases.Drawn:
        drawn = releases.preview(self.store, TERM.key, by=self.who("lead"))
        releases.make(self.store, TERM.key, drawn.fingerprint, by=self.who("lead"))
        return releases.made(self.store, by=self.who("lead"))[0]

    def published(self, media_type: str = pdf.MEDIA_TYPE, code: str | None = None) -> File:
        made = releases.made(self.store, by=self.who("lead"))
        form = trends.Form(media_type=media_type, release=made[0].fingerprint if made else "",
                           recipient=WHOM, purpose="Child 7 and pupil9")  # fmt: skip
        given = self.code("lead") if code is None else code
        return trends.make(self.store, form, given, by=self.who("lead"))

    def copy(self, code: str | None = None, **chosen: str) -> File:
        told = {"period": TERM.key, "recipient": WHOM, "purpose": WHY, **chosen}
        given = self.code("head") if code is None else code
        return confidential.make(self.store, confidential.Form(**told), given, by=self.who("head"))


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    children = [
        PupilDetails(pupil=f"pupil{n}", name=f"Child {n}", class_name="1 Ash",
                     household=f"home{n}", born_on=date(2016 + n % 6, 1, 1))
        for n in range(120)
    ]  # fmt: skip
    written = [an_incident(n, kind) for kind, some in KINDS.items() for n in some]
    past = [Past(DAY - timedelta(days=40), SYSTEM.id, children), Past(DAY, SYSTEM.id, written)]
    store.imagine(past)
    school, watch = a_school(store), Watch(monkeypatch)
    people = {}
    for name, role in (("lead", Role.LEAD), ("head", Role.HEAD)):
        person = staffroom.account(store, role, f"Ms {name.title()} Maker")
        secret, _ = staffroom.enrolled(store, person)
        people[name] = (replace(person, code_given=True), secret)
    yield Desk(school, watch, people)


def an_incident(n: int, kind: str, number: int = 0, **more: Any) -> Incident:
    told = {"account": "Words", "parents_contacted": True, "categories": (kind,), **more}
    return Incident(number=number or 1001 + n, pupil=f"pupil{n}", occurred_at=DAY, **told)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def text(paper: Paper) -> str:
    """The words of all pages and of the file's own description."""
    about: dict[str, Any] = dict(paper.reader.metadata or {})
    figures_ = " ".join(str(each["/Alt"]) for each in paper.tags("/Figure"))
    return " ".join([*paper.pages, *map(str, about.values()), figures_])


# The edition that may be published.


def test_what_is_published_is_the_release_word_for_word(desk: Desk) -> None:
    drawn = desk.released()
    paper = Paper(desk.published().content)
    for said in (trends.TITLE, TERM.name, trends.FOR_ANYBODY, figures.EXPLAINED, drawn.fingerprint,
                 *(word for pair in figures.facts(drawn.released) for word in pair)):  # fmt: skip
        assert squeezed(said) in paper.whole, said
    (chart, phases) = (str(each["/Alt"]) for each in paper.tags("/Figure"))
    assert "Attendance: about 40; Behaviour: withheld" in chart and "by phase" in phases
    for row in figures.by_category(drawn.released):
        assert squeezed("".join(row.values())) in paper.whole


def test_nothing_published_tells_a_name_or_a_number_that_was_withheld_or_not_rounded(
    desk: Desk,
) -> None:
    desk.released()
    sheet = desk.published(cells.MEDIA_TYPE)
    paper = desk.published()
    for said in (text(Paper(paper.content)), sheet.content.decode("utf-8-sig")):
        for word in ("Child", "pupil9", "Words", "Maker", "D’Arcy", "Amy", "CONFIDENTIAL"):
            assert word not in said, word
        left = WHEN.sub("", HASH.sub("", said.replace(TERM.name, "")))
        left = re.sub(r"Page \d of \d|Key stage \d|D:\d+Z|Typst [\d.]+|PDF-[\d.]+", "", left)
        numbers = set(map(int, re.findall(r"\d+", left)))
        assert numbers and all(number % 5 == 0 for number in numbers), numbers


def test_two_schools_with_one_release_have_one_report(desk: Desk) -> None:
    drawn = desk.released()
    before = pdf.typeset("trends", sketched(drawn), at=DAY)
    late = [an_incident(n, "behaviour", 5000 + n) for n in range(75, 110)]
    desk.store.append(*late, by=SYSTEM)
    after = pdf.typeset("trends", sketched(releases.made(desk.store, by=desk.who("lead"))[0]),
                        at=DAY)  # fmt: skip
    assert before == after


def sketched(drawn: releases.Drawn) -> trends.Report:
    return trends.drawn_up(drawn, "School", ZoneInfo("Europe/London"), DAY, "head")


def test_paper_and_table_say_the_same(desk: Desk) -> None:
    drawn = desk.released()
    report = sketched(drawn)
    printed = Paper(pdf.typeset("trends", report, at=DAY)).whole
    labels = ("School", "Note", "Record", "Period", "Released")
    for line in read(trends.file(report)):
        assert all(squeezed(cell) in printed for cell in line if cell not in labels), line


def test_a_published_report_takes_the_code_and_is_recorded(desk: Desk) -> None:
    desk.released()
    with pytest.raises(WrongCode):
        desk.published(code="000000")
    file = desk.published()
    (line,) = trends.made(desk.store, by=desk.who("head"))
    assert file.name == f"trends-{line.number}.pdf"
    assert line.chosen == (TERM.name, "small numbers withheld") and line.recipient == WHOM


def test_without_a_release_there_is_nothing_to_publish(desk: Desk) -> None:
    with pytest.raises(Incomplete) as wrong:
        desk.published()
    assert set(wrong.value.problems) == {"release"}


# The confidential one.


def test_a_copy_has_the_exact_numbers_and_no_name_of_a_child(desk: Desk) -> None:
    desk.store.append(PlanDetails(plan="p", pupil="pupil3", kind="looked_after",
                                  since=date(2026, 1, 1)), by=SYSTEM)  # fmt: skip
    paper = Paper(desk.copy().content)
    for words in ("Studentsaboutwhomaconcernwasrecorded75", "Attendance4141", "Behaviour33",
                  "Lookedafter1", "Referralsanswered|Nonewasmade".replace("|", "")):  # fmt: skip
        assert words in paper.whole, words
    assert "Behaviour: 3" in str(paper.tags("/Figure")[0]["/Alt"])
    assert not re.search(r"Child \d|pupil\d|Words", text(paper))


def test_every_page_says_whose_copy_it_is(desk: Desk) -> None:
    for number in (1, 2):
        paper = Paper(desk.copy().content)
        assert len(paper.pages) > 1
        for page in paper.pages:
            head, foot = squeezed(page).count(squeezed(WHOM)), squeezed(page)
            assert head >= 2 and f"Copy{number}" in foot and "CONFIDENTIAL" in foot
            assert squeezed(WHY) in foot


def test_the_two_editions_cannot_be_mixed_up(desk: Desk) -> None:
    desk.released()
    open_, secret = desk.published(), desk.copy()
    assert secret.name == "CONFIDENTIAL-summer-2026-copy-1.pdf"
    one, other = Paper(open_.content), Paper(secret.content)
    titles = [each.reader.metadata.title or "" for each in (one, other) if each.reader.metadata]
    assert titles[0].startswith("Safeguarding trends, Summer 2026")
    assert titles[1].startswith("Confidential safeguarding report, copy 1, Summer 2026")
    assert "CONFIDENTIAL" not in one.whole and squeezed(trends.FOR_ANYBODY) not in other.whole


def test_each_edition_is_tagged_and_in_english(desk: Desk) -> None:
    desk.released()
    for file in (desk.published(), desk.copy()):
        paper = Paper(file.content)
        assert paper.root["/Lang"] == "en-GB" and paper.root["/MarkInfo"]["/Marked"]
        assert all(each.get("/Alt") for each in paper.tags("/Figure"))
        assert paper.tags("/Table") and paper.tags("/H1")


def test_copies_are_counted_period_by_period_and_recorded_with_their_export(desk: Desk) -> None:
    year = next(p for p in periods.every(WRITTEN) if p.name == "School year 2025–26")
    names = [desk.copy().name, desk.copy().name, desk.copy(period=year.key).name]
    assert names == ["CONFIDENTIAL-summer-2026-copy-1.pdf", "CONFIDENTIAL-summer-2026-copy-2.pdf",
                     "CONFIDENTIAL-school-year-2025-26-copy-1.pdf"]  # fmt: skip
    lines = confidential.made(desk.store, by=desk.who("head"))
    assert [line.chosen for line in lines] == [
        (year.name, "copy 1", "exact numbers"), (TERM.name, "copy 2", "exact numbers"),
        (TERM.name, "copy 1", "exact numbers"),
    ]  # fmt: skip
    assert {(line.recipient, line.purpose) for line in lines} == {(WHOM, WHY)}
    exports = desk.store.ask(Export, "FROM exports WHERE what = 'confidential report'")
    assert all(len(each.sha256) == 64 for each in exports)
    assert [o.what for o in openings_of(desk.store, TERM.key)] == [confidential.CONFIDENTIAL]


def test_two_copies_that_are_made_at_once_have_two_numbers(desk: Desk) -> None:
    second = replace(staffroom.account(desk.store, Role.HEAD, "Ms Other Head"), code_given=True)
    desk.people["second"] = (second, staffroom.enrolled(desk.store, second)[0])

    def made(role: str) -> str:
        form = confidential.Form(period=TERM.key, recipient=WHOM, purpose=WHY)
        given = staffroom.code(desk.people[role][1], steps=1)
        return confidential.make(desk.store, form, given, by=desk.who(role)).name

    with ThreadPoolExecutor(2) as both:
        names = set(both.map(made, ("head", "second")))
    assert names == {f"CONFIDENTIAL-summer-2026-copy-{n}.pdf" for n in (1, 2)}


def test_a_copy_that_was_not_made_uses_no_number(desk: Desk) -> None:
    for chosen, field in (({"recipient": " "}, "recipient"), ({"purpose": ""}, "purpose"),
                          ({"period": "nonsense"}, "period")):  # fmt: skip
        with pytest.raises(Incomplete) as wrong:
            desk.copy(**chosen)
        assert set(wrong.value.problems) == {field}
    with pytest.raises(WrongCode):
        desk.copy(code="000000")
    assert desk.store.ask(ConfidentialCopy, "FROM confidential_copies") == []
    assert desk.copy().name.endswith("copy-1.pdf")


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair", "lead", "deputy", "plain"])
def test_nobody_but_the_head_with_the_code_makes_one(desk: Desk, who: str) -> None:
    by = plain(desk.who("head")) if who == "plain" else getattr(desk.school, who)
    form = confidential.Form(period=TERM.key, recipient=WHOM, purpose=WHY)
    for call in (lambda: confidential.make(desk.store, form, "", by=by),
                 lambda: confidential.of(desk.store, TERM, form, 1, DAY, by=by),
                 lambda: confidential.offered(desk.store, by=by),
                 lambda: confidential.made(desk.store, by=by)):  # fmt: skip
        with pytest.raises(NotAllowed):
            call()


def test_no_governor_can_fetch_one_even_with_its_address(desk: Desk) -> None:
    head, verb = desk.who("head"), Verb.EXPORT_CONFIDENTIAL
    token = downloads.offer(desk.store, desk.copy(), "session", verb, by=head)
    for by in (desk.school.governor, desk.school.chair, replace(head, role=Role.GOVERNOR),
               replace(head, role=Role.LEAD), plain(head)):  # fmt: skip
        with pytest.raises(NotThere):
            downloads.fetch(desk.store, token, "session", by=by)
    with pytest.raises(NotAllowed):
        downloads.offer(desk.store, File("", "", b""), "session", verb, by=desk.school.governor)
    assert downloads.fetch(desk.store, token, "session", by=head).content.startswith(b"%PDF")


def test_what_the_head_has_a_conflict_with_is_not_counted_to_them(desk: Desk) -> None:
    head = desk.who("head")
    desk.store.append(an_incident(90, "medical", 7001, named=(head.id,)),
                      Relation(person=head.id, pupil="pupil5"), by=SYSTEM)  # fmt: skip
    paper = Paper(desk.copy().content)
    assert "Studentsaboutwhomaconcernwasrecorded74" in paper.whole and "Medical" not in paper.whole
    assert squeezed(confidential.LEFT_OUT) in paper.whole
    assert diligence.of(desk.store, TERM, by=head).concerns == 76
