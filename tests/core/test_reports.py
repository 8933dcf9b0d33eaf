"""The chronology as a file: everything that was recorded is in it, once and in order."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import (
    actions,
    clock,
    corrections,
    decisions,
    incidents,
    outlines,
    people,
    significance,
    statuses,
)
from core.errors import Refused
from core.forms import Incomplete
from core.map_forms import Form as Map
from core.map_forms import Mark
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.pupils import Pupil
from core.records import Export
from core.reports import cells, chronology, downloads, exports, letters, pdf, sheet
from core.reports.chronology import Form, Report
from core.reports.entries import Row
from core.reports.exports import File
from core.reports.paper import Letterhead, Said
from core.sign_in import WrongCode
from core.store import NotKept, Store, new_id
from core.throttle import TooSoon
from tests.core import staffroom
from tests.core.paper import HEADINGS, Paper, squeezed
from tests.core.school import (
    BORN,
    KEY,
    School,
    a_concern,
    a_pupil,
    a_school,
    disk_gone,
    how_many,
    linked,
    openings_of,
    plain,
    recorded,
)
from tests.core.staffroom import Watch

BEGAN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)

WITHOUT_A_GAP = "".join(f"{number:05}" for number in range(4_000))  # 20,000 letters, one word
LONG = " ".join(f"word{number}" for number in range(2_300))  # some 20,000 letters

AWKWARD = {
    "apostrophes": 'Amy D’Souza and Ben O\'Brien said ‘no’ and "no".',
    "composed": "Zoë Łukasz Nguyễn Thị Hà, Søren, İpek, Čapek, Ångström",
    "decomposed": unicodedata.normalize("NFD", "Zoë Renée Nguyễn Hà é"),
    "null": "Null, None, NaN, undefined and true are children here.",
    "formulas": '=HYPERLINK("http://evil.example";"x") +44 -1 @SUM(A1)',
    "markup": '#import "x" $x^2$ *b* _i_ `c` <label> @ref \\ // /* no */ = Head\n- item\n+ #[y]',
    "json": '{"account": "\\u0000", "a": [1]}, \\n, ${x}, {{y}}, %s',
    "right to left": "His name is محمد בן־דוד here.",
    "greek and cyrillic": "Ωμέγα Привет Їжак",
    "emoji": "She drew 😀 and ❤️ and 👩‍👧.",
    "Indian scripts": "ਪੰਜਾਬੀ தமிழ் සිංහල",
    "Chinese": "陈美玲 飛鳥 김민준",
    "lines": "First.\n\n  Second, with   gaps.\tThird.\r\nFourth.",
    "long word": "pneumonoultramicroscopicsilicovolcanoconiosis" * 4,
    "long": LONG,
}


@dataclass
class Told:
    """What was recorded of an incident, as the report has to tell it."""

    number: int
    account: str
    others: tuple[str, ...]


@dataclass
class Written:
    """A school in which everything awkward was recorded about one child, in no order."""

    school: School
    child: Pupil
    told: list[Told]  # as it happened


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    store = Store.open(tmp_path_factory.mktemp("written") / "school", KEY)
    school = a_school(store)
    child = a_pupil(store, "Null", by=school.lead)
    twins = [a_pupil(store, name, by=school.lead) for name in ("Ada D’Souza", "Ida D’Souza")]
    same = [a_pupil(store, "Sam O'Brien", by=school.lead) for _ in range(2)]
    texts = [*enumerate(AWKWARD.values())]
    random.Random(1).shuffle(texts)  # noqa: S311
    told = {place: tell(school, child, place, text, twins + same) for place, text in texts}
    recorded(school, a_concern(same[0], account="Nothing of the child"), by=school.oak)
    yield Written(school, child, [told[place] for place in sorted(told)])
    store.close()


def tell(school: School, child: Pupil, place: int, text: str, company: list[Pupil]) -> Told:
    """An incident with everything that can stand beneath one, each with words of its own."""
    store, by = school.store, school.lead

    def said(what: str) -> str:
        return f"{what}OfEntry{place:02} {text[:9]}"  # a word that no page can break

    form = a_concern(
        child, account=text, child_words=said("Words"), occurred_at=BEGAN + timedelta(days=place),
        linked=linked(*company), parents_contacted=False, parents_why_not=said("WhyNot"),
        told_in_person=said("Told"), original_notes=said("Notes"),
    )  # fmt: skip
    number = incidents.add(store, form, by=school.birch)
    significance.mark(store, form.id, said("Meaning"), said("Decided"), by=by)
    decision = decisions.Form(incident=form.id, decided="school", reason=said("Reason"),
                              options=said("Options"))  # fmt: skip
    decisions.add(store, decision, by=by)
    done = actions.Form(incident=form.id, kind="parent", account=said("Action"), how="phone",
                        with_whom=said("Whom"), agreed=said("Agreed"),
                        asked_of=school.oak.id)  # fmt: skip
    actions.add(store, done, by=by)
    wrong = corrections.Form(incident=form.id, kind="clarification", account=said("Clarified"))
    corrections.add(store, wrong, by=by)
    for person in (by, school.head):
        seen = statuses.of(store, form.id, by=person).id
        closing = statuses.Form(incident=form.id, status="closed", outcome=said("Outcome"),
                                seen=seen)  # fmt: skip
        statuses.change(store, closing, by=person)
    kinds = ("Words", "WhyNot", "Told", "Notes", "Meaning", "Decided", "Reason", "Options",
             "Action", "Whom", "Agreed", "Clarified", "Outcome")  # fmt: skip
    return Told(number, text, tuple(said(kind).split()[0] for kind in kinds))


def form_of(pupil: Pupil, **chosen: Any) -> Form:
    asked = Form(pupil=pupil.id, media_type=pdf.MEDIA_TYPE, recipient="Ms Ruth Adeyemi, chair",
                 purpose="A conference")  # fmt: skip
    return replace(asked, **chosen)


def report_of(school: School, form: Form) -> Report:
    return chronology.of(school.store, form, clock.now(), by=school.lead)


def printed(school: School, form: Form) -> Paper:
    return Paper(pdf.typeset("chronology", report_of(school, form), at=BEGAN))


@pytest.fixture(scope="module")
def paper(written: Written) -> Paper:
    return printed(written.school, form_of(written.child, alerts=True))


# Every entry, once, in order.


def test_every_entry_is_there_once_and_in_the_order_in_which_it_happened(
    written: Written, paper: Paper
) -> None:
    assert [number for number, _ in paper.entries] == [told.number for told in written.told]


def test_each_entry_tells_all_that_was_recorded_of_it_once(written: Written, paper: Paper) -> None:
    for told, (_, text) in zip(written.told, paper.entries, strict=True):
        for word in told.others:
            assert text.count(squeezed(word)) == paper.whole.count(squeezed(word)) == 1, word


@pytest.mark.parametrize("kind", AWKWARD)
def test_an_account_is_told_letter_for_letter(written: Written, paper: Paper, kind: str) -> None:
    text = AWKWARD[kind]
    told = next(told for told in written.told if told.account == text)
    (found,) = (words for number, words in paper.entries if number == told.number)
    at = 0
    for word in text.split():  # a page may end between two of them
        piece = squeezed(letters.shown(word))
        at = found.find(piece, 0 if kind == "right to left" else at)
        assert at >= 0, word


def test_a_word_of_20_000_letters_is_told_to_its_end(new_school: School) -> None:
    recorded(new_school, a_concern(new_school.amy, account=WITHOUT_A_GAP), by=new_school.oak)
    pages = printed(new_school, form_of(new_school.amy)).pages
    lines = [squeezed(line) for page in pages for line in page.splitlines()]
    assert len(pages) > 2
    assert "".join(line for line in lines if line.isdecimal() and len(line) > 9) == WITHOUT_A_GAP


@pytest.mark.parametrize("part", ["guardianangel", "il" * 16])  # many narrow letters fit on a line
def test_a_word_that_fits_on_a_line_is_never_cut(new_school: School, part: str) -> None:
    words = [f"{part}{number:03}" for number in range(400)]
    recorded(new_school, a_concern(new_school.amy, account=" ".join(words)), by=new_school.oak)
    text = "\n".join(printed(new_school, form_of(new_school.amy)).pages)
    assert [word for word in text.split() if word.startswith(part[:4])] == words


def test_other_children_are_named_by_their_part_and_initials(
    written: Written, paper: Paper
) -> None:
    assert all("Witness,A.D.;Witness,I.D.;Witness,S.O.;Witness,S.O." in e for _, e in paper.entries)
    assert "IdaD’Souza" not in paper.whole


def test_an_incident_about_another_child_says_whose_and_what_part_this_one_had(
    new_school: School,
) -> None:
    about = a_concern(new_school.ben, account="He was pushed.",
                      linked=linked(new_school.amy, part="alleged"))  # fmt: skip
    recorded(new_school, about, by=new_school.oak)
    ((_, text),) = printed(new_school, form_of(new_school.amy)).entries
    assert "AboutanotherchildB.O." in text and "Allegedtohavecausedharm" in text
    assert "BenO'Brien" not in text


@pytest.mark.parametrize("name", ["Null", "Dua", "محمد", "Nguyễn Thị Hà", "O'Brien-D’Souza 😀"])
def test_a_child_of_any_name_has_a_report_with_it_on_every_page(
    new_school: School, name: str
) -> None:
    child = a_pupil(new_school.store, name, by=new_school.lead)
    recorded(new_school, a_concern(child, account=LONG), by=new_school.oak)
    pages = printed(new_school, form_of(child)).pages
    assert len(pages) > 1
    assert all(squeezed(name) in squeezed(page) for page in pages)


def test_of_two_children_of_one_name_each_has_their_own(new_school: School) -> None:
    school = new_school
    one, other = (a_pupil(school.store, "Sam O'Brien", by=school.lead) for _ in range(2))
    recorded(school, a_concern(one, account="The first Sam’s"), by=school.oak)
    recorded(school, a_concern(other, account="The second Sam’s"), by=school.oak)
    ((_, text),) = printed(school, form_of(other)).entries
    assert "ThesecondSam’s" in text


# What is wanted of it.


def test_late_is_said_and_by_how_much(new_school: School) -> None:
    for days in (0, 3):
        when = clock.now() - timedelta(days=days, minutes=1)
        recorded(new_school, a_concern(new_school.amy, occurred_at=when), by=new_school.oak)
    late, in_time = report_of(new_school, form_of(new_school.amy)).rows
    assert (late.late, in_time.late) == ("3 days later", "")
    assert "Late:3dayslater" in printed(new_school, form_of(new_school.amy)).whole


def test_it_holds_what_is_wanted_and_says_so(written: Written) -> None:
    school, child = written.school, written.child
    since, until = (BEGAN + timedelta(days=2)).date(), (BEGAN + timedelta(days=4)).date()
    report = report_of(school, form_of(child, since=since, until=until, actions=False))
    assert [row.number for row in report.rows] == [told.number for told in written.told[2:5]]
    assert "3 entries" in report.contents
    assert "from 7 January 2026 to 9 January 2026" in report.contents
    assert "without actions" in report.contents and "with body maps" in report.contents
    labels = [said.label.split(" ·")[0] for said in report.rows[0].actions]
    assert labels == ["Decided", "Decision"]
    assert report_of(school, form_of(child, categories=("positive",))).rows == ()
    significant = report_of(school, form_of(child, significant=True))
    assert len(significant.rows) == len(written.told)


def test_who_was_alerted_is_told_only_where_it_is_wanted(written: Written) -> None:
    for wanted in (True, False):
        rows = report_of(written.school, form_of(written.child, alerts=wanted)).rows
        assert ("Alerted" in {said.label for said in rows[0].event}) is wanted


def test_a_record_without_entries_says_so(new_school: School) -> None:
    whole = printed(new_school, form_of(new_school.cai)).whole
    assert "0entries" in whole and "Nothingintherecordisofthiskind." in whole


# The body map.


def with_a_map(school: School) -> Pupil:
    marks = [
        Mark(id=new_id(), view=view, x=0.5, y=0.5, region=region, kind="bruise", colour="yellow",
             length_cm=2.5, child_words=f"“I fell {n} times.”", basis="seen")
        for n, (view, region) in enumerate((("back", "left-forearm"), ("front", "chin")), 1)
    ]  # fmt: skip
    drawn = Map(build=outlines.OLDER, marks=marks, seen_by="Ms Shah", seen_at=clock.now(),
                advice_sought=True, advice="Rang the nurse")  # fmt: skip
    recorded(school, a_concern(school.amy, body_map=drawn), by=school.oak)
    return school.amy


def test_a_body_map_is_there_as_a_picture_with_its_numbers_and_answers(new_school: School) -> None:
    paper = printed(new_school, form_of(with_a_map(new_school)))
    last = paper.pages[-1]
    for words in ("Body map of #1001", "Ms Shah", "Rang the nurse", "2.5 cm", "yellow",
                  "“I fell 1 times.”", "“I fell 2 times.”", "Back", "Front"):  # fmt: skip
        assert squeezed(words) in squeezed(last), words
    said = [str(figure["/Alt"]) for figure in paper.tags("/Figure")]
    assert said == [
        "Body map, front: mark 2, chin, front, bruise.",
        "Body map, back: mark 1, left forearm, back, bruise.",
    ]
    assert f"Bodymaponpage{len(paper.pages)}" in paper.entries[0][1]


def test_a_body_map_stays_out_where_it_is_not_wanted(new_school: School) -> None:
    paper = printed(new_school, form_of(with_a_map(new_school), body_maps=False))
    assert not paper.tags("/Figure") and "Bodymapof" not in paper.whole


# The paper.


def test_every_page_says_whose_it_is_and_who_took_it_out_when_for_whom_and_why(
    written: Written, paper: Paper
) -> None:
    count = len(paper.pages)
    assert count > 5
    head = report_of(written.school, form_of(written.child)).letterhead
    for number, page in enumerate(paper.pages, 1):
        assert f"Page {number} of {count}" in page
        assert "CONFIDENTIAL" in page and HEADINGS in page
        exported = f"by {head.exported_by}, for Ms Ruth Adeyemi, chair. Purpose: A conference"
        assert squeezed(exported) in squeezed(page)
        assert "Exported " in page and "Head of the record’s ledger: " in page


def test_the_head_of_the_ledger_is_the_one_at_that_moment(new_school: School) -> None:
    report = report_of(new_school, form_of(new_school.amy))
    assert new_school.store.head and report.letterhead.head == new_school.store.head.hash


def test_a_screen_reader_can_read_it(paper: Paper) -> None:
    assert paper.root["/MarkInfo"]["/Marked"] and paper.root["/Lang"] == "en-GB"
    assert paper.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.reader.metadata and paper.reader.metadata.title == "Chronology, School"
    assert len(paper.tags("/Table")) == 1 and len(paper.tags("/TH")) == 6
    assert len(paper.tags("/BlockQuote")) == len(AWKWARD)
    kept = paper.root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1<" in kept
    assert "<pdfaid:part>2<" in kept and "<pdfaid:conformance>A<" in kept


def test_its_fonts_come_with_the_app(paper: Paper) -> None:
    names = {name.split("+")[-1] for name in paper.fonts}
    assert names and all(name.startswith("Noto") for name in names)


def test_the_same_content_makes_the_same_file(written: Written) -> None:
    report = report_of(written.school, form_of(written.child))
    one, other = (pdf.typeset("chronology", report, at=BEGAN) for _ in range(2))
    assert one == other


def a_report(text: str) -> Report:
    """A report in which this text stands everywhere."""
    said = (Said("Label", text), Said("Words", text, quoted=True))
    row = Row(number=1001, happened="Mon", recorded="Mon", late="", source=text, title="", flags=(),
              event=said, significance=said, actions=said, outcome=text, maps=())  # fmt: skip
    head = Letterhead(school=text, exported_by=text, exported_at="Mon", recipient=text,
                      purpose=text, head="0")  # fmt: skip
    facts = (Said("Name", text), Said("Date of birth", text))
    return Report(letterhead=head, name=text, facts=facts, contents="1 entry", rows=(row,))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_whatever_was_typed_there_is_a_report_of_it(text: str) -> None:
    """The standards refuse a letter that no font holds: then its number stands for it."""
    assert Paper(pdf.typeset("chronology", a_report(text), at=BEGAN)).pages


def test_a_letter_that_no_font_holds_is_told_by_its_number() -> None:
    assert letters.shown("a\u13a0b \ue000 \x07") == "a[U+13A0]b [U+E000] [U+0007]"
    assert letters.shown("é 😀 محمد 陈 👩‍👧\u2068x\u2069") == "é 😀 محمد 陈 👩‍👧\u2068x\u2069"


# The table.


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_the_table_tells_every_entry_as_the_pdf_does(written: Written) -> None:
    lines = read(sheet.file(report_of(written.school, form_of(written.child))))
    columns = lines.index(list(sheet.COLUMNS))
    assert [line[0] for line in lines[columns + 1 :]] == [str(t.number) for t in written.told]
    for told, line in zip(written.told, lines[columns + 1 :], strict=True):
        assert told.account in line[sheet.COLUMNS.index("Event")]
        for words in told.others:
            assert "\n".join(line).count(words) == 1, words


def test_the_table_says_whose_it_is_and_for_whom(written: Written) -> None:
    lines = read(sheet.file(report_of(written.school, form_of(written.child))))
    assert lines[0] == ["Chronology", "Confidential"]
    assert ["Name", "Null"] in lines and ["For", "Ms Ruth Adeyemi, chair"] in lines


def test_the_table_tells_a_body_map_in_words(new_school: School) -> None:
    line = read(sheet.file(report_of(new_school, form_of(with_a_map(new_school)))))[-1]
    assert "1. Left forearm, back: Bruise; Size: 2.5 cm" in line[-1]
    assert "in the child’s own words: “I fell 2 times.”" in line[-1]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "-1", "@SUM", "\t=1", "\r=1", " =1", "\n=1", "\u200b=1", "\ufeff=1",
             "\u00a0+1", "\u2068@x", "\u00ad-1", "\x00=1", "＝1", "\u3164=1", "\tx", "\rx"],
)  # fmt: skip
def test_a_formula_is_told_as_text(cell: str) -> None:
    assert cells.as_text(cell) == f"'{cell}"


@given(st.text())
def test_a_cell_keeps_its_words_and_never_begins_a_formula(cell: str) -> None:
    told = cells.as_text(cell)
    assert told in (cell, f"'{cell}")
    seen = [letter for letter in told if letter.isprintable() and not letter.isspace()]
    assert not seen or seen[0] not in "=+-@"
    assert not told.startswith(("\t", "\r"))


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
def test_what_is_written_into_a_table_is_read_out_of_it(lines: list[list[str]]) -> None:
    assert read(cells.file(lines)) == [[cells.as_text(cell) for cell in line] for line in lines]


# Making one.


@dataclass
class Maker:
    """A lead with an Authenticator, and a clock to wait for its next code."""

    school: School
    lead: Person
    secret: str
    watch: Watch

    def code(self) -> str:
        self.watch.turn(seconds=30)
        return staffroom.code(self.secret)

    def make(self, code: str | None = None, **chosen: Any) -> File:
        form = form_of(self.school.amy, **chosen)
        given = self.code() if code is None else code
        return exports.make(self.school.store, form, given, by=self.lead)


@pytest.fixture
def maker(own_school: School, monkeypatch: pytest.MonkeyPatch) -> Maker:
    watch = Watch(monkeypatch)
    lead = staffroom.account(own_school.store, own_school.lead.role)
    secret, _ = staffroom.enrolled(own_school.store, lead)
    return Maker(own_school, replace(lead, code_given=True), secret, watch)


def test_an_export_is_a_record_of_who_what_for_whom_why_and_the_file(maker: Maker) -> None:
    store, amy = maker.school.store, maker.school.amy
    file = maker.make(recipient=" Ms Adeyemi ", significant=True)
    (export,) = store.ask(Export, "FROM exports WHERE pupil = $pupil", pupil=amy.id)
    assert export.sha256 == hashlib.sha256(file.content).hexdigest()
    assert (export.what, export.recipient, export.purpose) == (
        "chronology", "Ms Adeyemi", "A conference")  # fmt: skip
    assert export.chosen[0] == "significant events only"
    (line,) = exports.about(store, amy.id, by=maker.school.head)
    assert (line.author, line.number) == (maker.lead.name, export.number)
    assert line.recorded_at == maker.watch.now


def test_a_file_is_named_by_the_number_of_the_export_and_by_no_child(maker: Maker) -> None:
    one, other = maker.make(), maker.make(media_type=cells.MEDIA_TYPE)
    numbers = [int(file.name.split("-")[1].split(".")[0]) for file in (one, other)]
    assert numbers[1] == numbers[0] + 1
    assert (one.name, other.name) == (
        f"chronology-{numbers[0]}.pdf", f"chronology-{numbers[1]}.csv")  # fmt: skip
    assert one.content.startswith(b"%PDF-") and other.content.startswith(b"\xef\xbb\xbf")


def test_an_export_counts_as_reading(maker: Maker) -> None:
    maker.make()
    read_by = [each.what for each in openings_of(maker.school.store, maker.school.amy.id)]
    assert read_by == ["chronology"]


@pytest.mark.parametrize("code", ["", "000000", "abcdef"])
def test_without_the_code_there_is_no_file(maker: Maker, code: str) -> None:
    store = maker.school.store
    before = how_many(store, Export)
    with pytest.raises(WrongCode):
        maker.make(code)
    assert how_many(store, Export) == before
    assert not openings_of(store, maker.school.amy.id)


def test_a_code_opens_one_file(maker: Maker) -> None:
    code = maker.code()
    maker.make(code)
    with pytest.raises(WrongCode):
        maker.make(code)


def test_whoever_guesses_codes_has_to_wait_as_at_the_door(maker: Maker) -> None:
    for _ in range(3):
        with pytest.raises(WrongCode):
            maker.make("abcdef")
    with pytest.raises(TooSoon):
        maker.make(staffroom.code(maker.secret, steps=1))
    events = staffroom.events(maker.school.store, maker.lead.id)
    assert events.count("code_refused") == 3


def test_what_is_missing_is_told_before_a_code_is_used_up(maker: Maker) -> None:
    code = maker.code()
    with pytest.raises(Incomplete) as missing:
        maker.make(code, recipient=" ", purpose="", since=BORN, until=BORN - timedelta(days=1),
                   media_type="text/html")  # fmt: skip
    assert set(missing.value.problems) == {"recipient", "purpose", "until", "media_type"}
    with pytest.raises(Incomplete):
        maker.make(code, purpose="x" * (exports.LONGEST + 1))
    maker.make(code)


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_exports(maker: Maker, who: str) -> None:
    school = maker.school
    for by in (getattr(school, who), plain(school.lead)):
        with pytest.raises(NotAllowed):
            exports.make(school.store, form_of(school.amy), "", by=by)
        with pytest.raises(NotAllowed):
            downloads.offer(school.store, FILE, "one", by=by)
        assert exports.about(school.store, school.amy.id, by=by) == []


def test_a_relative_of_a_child_exports_nothing_of_theirs(maker: Maker) -> None:
    school = maker.school
    maker.make()
    people.mark_relative(school.store, maker.lead.id, school.amy.id, by=school.head)
    with pytest.raises(NotThere, match="no such student"):
        maker.make()
    assert exports.about(school.store, school.amy.id, by=maker.lead) == []
    with pytest.raises(NotThere, match="no such student"):
        exports.make(school.store, replace(form_of(school.amy), pupil="nobody"), "", by=maker.lead)


def test_what_is_hidden_by_a_conflict_is_not_in_the_file(own_school: School) -> None:
    amy = own_school.amy
    own = a_concern(amy, account="About the lead", named=(own_school.lead.id,))
    recorded(own_school, own, by=own_school.oak)
    recorded(own_school, a_concern(amy, account="About the child"), by=own_school.oak)
    texts = [row.event[0].text for row in report_of(own_school, form_of(amy)).rows]
    assert texts == ["About the child"]


def test_an_export_that_is_cancelled_or_cannot_be_written_down_is_none(maker: Maker) -> None:
    store, form = maker.school.store, form_of(maker.school.amy)
    before = how_many(store, Export)

    def cancelled(stage: str) -> None:
        if stage == exports.RECORDING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exports.make(store, form, maker.code(), by=maker.lead, stage=cancelled)
    assert how_many(store, Export) == before
    code = maker.code()

    def without_a_disk(stage: str) -> None:
        if stage == exports.RECORDING:
            gone.__enter__()

    gone = disk_gone(store)
    with pytest.raises(NotKept):
        exports.make(store, form, code, by=maker.lead, stage=without_a_disk)
    gone.__exit__(None, None, None)


# Handing it out.

FILE = File("chronology-1.pdf", pdf.MEDIA_TYPE, b"%PDF-1.7 a record")


def fetched(store: Store, token: str, session: str, by: Person) -> File | None:
    try:
        return downloads.fetch(store, token, session, by=by)
    except Refused:
        return None


def test_a_file_is_fetched_once_by_whoever_made_it_in_their_session(own_school: School) -> None:
    store, lead, head = own_school.store, own_school.lead, own_school.head
    token = downloads.offer(store, FILE, "one", by=lead)
    assert len(token) * 4 == 256
    for session, by in (("two", lead), ("one", head), ("one", plain(lead)), ("two", head)):
        assert fetched(store, token, session, by) is None
    assert fetched(store, "0" * 64, "one", lead) is None
    assert fetched(store, token, "one", lead) == FILE
    assert fetched(store, token, "one", lead) is None


def test_a_file_is_gone_after_ten_minutes(
    own_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, lead, watch = own_school.store, own_school.lead, Watch(monkeypatch)
    kept, late = (downloads.offer(store, FILE, "one", by=lead) for _ in range(2))
    watch.turn(minutes=9, seconds=59)
    assert fetched(store, kept, "one", lead) == FILE
    watch.turn(seconds=1)
    assert downloads.waiting(store) == 1
    downloads.sweep(store)
    assert downloads.waiting(store) == 0
    assert fetched(store, late, "one", lead) is None


def test_a_session_keeps_so_many_files_and_not_more(own_school: School) -> None:
    store, lead = own_school.store, own_school.lead
    other = downloads.offer(store, FILE, "two", by=lead)
    tokens = [downloads.offer(store, FILE, "one", by=lead) for _ in range(downloads.MOST + 1)]
    found = [fetched(store, token, "one", lead) for token in tokens]
    assert found == [None] + [FILE] * downloads.MOST
    assert fetched(store, other, "two", lead) == FILE
