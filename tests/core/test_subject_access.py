"""Subject access: what is taken out of a record is in no part of the answer."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pikepdf
import pytest

from core import actions, collection, corrections, people, pupils
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import AccessLook, AdultConcern, Export
from core.reports import cells, exports, pdf
from core.sign_in import WrongCode
from core.store import Store
from core.subject_access import answer, asking, finding, known, looks, others
from core.subject_access.asking import Request
from core.subject_access.codes import CODES
from core.subject_access.known import Name
from core.subject_access.looks import Look, Seen
from core.subject_access.pieces import TEXT, Line, Piece
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import (
    School,
    a_concern,
    a_pupil,
    how_many,
    openings_of,
    plain,
    recorded,
)
from tests.core.school import (
    linked as taking_part,
)
from tests.core.staffroom import Watch

HEAD = re.compile(r"\A.*?CONFIDENTIAL.*?born \d+ \w+ \d{4}", re.DOTALL)
FOOT = re.compile(r"\nExported .*?Head of the record’s ledger: \S+", re.DOTALL)
RECEIVED = date(2026, 1, 31)


@dataclass
class Desk:
    """A lead with an Authenticator, who answers a request about Amy D’Souza."""

    school: School
    lead: Person
    secret: str
    watch: Watch

    @property
    def store(self) -> Store:
        return self.school.store

    def ask(self, **chosen: object) -> Request:
        form = asking.Form(pupil=self.school.amy.id, received_on=RECEIVED,
                           asked_by="Ms Sol Icitor", relation="solicitor")  # fmt: skip
        asking.add(self.store, replace(form, **chosen), by=self.lead)  # type: ignore[arg-type]
        return asking.find(self.store, form.id, by=self.lead)

    def write(self, account: str, **chosen: object) -> str:
        form = a_concern(self.school.amy, account=account, **chosen)
        return f"incident {recorded(self.school, form, by=self.school.oak)}"

    def seen(self, request: Request) -> list[Seen]:
        return looks.of(self.store, request, by=self.lead)

    def open(self, request: Request, key: str) -> Look:
        return looks.open(self.store, request, key, by=self.lead)

    def proposed(self, request: Request, key: str) -> list[str]:
        """The words that are proposed, in the order of the texts."""
        return [words(self.open(request, key), mark) for mark in self.open(request, key).marks]

    def save(self, look: Look) -> None:
        looks.save(self.store, look, by=self.lead)

    def all_saved(self, request: Request) -> None:
        for each in self.seen(request):
            if each.state != looks.DONE:
                self.save(self.open(request, each.piece.key))

    def make(self, request: Request, media_type: str = pdf.MEDIA_TYPE) -> bytes:
        self.watch.turn(seconds=30)
        form = answer.Form(request=request.id, media_type=media_type, recipient="Ms Sol Icitor")
        code = staffroom.code(self.secret)
        return answer.make(self.store, form, code, by=self.lead).content


@pytest.fixture
def desk(own_school: School, monkeypatch: pytest.MonkeyPatch) -> Desk:
    watch = Watch(monkeypatch)
    lead = staffroom.account(own_school.store, own_school.lead.role, name="Ms Lea Dermann")
    secret, _ = staffroom.enrolled(own_school.store, lead)
    return Desk(own_school, replace(lead, code_given=True), secret, watch)


def words(look: Look, mark: looks.Mark) -> str:
    return look.piece.lines[mark.line].text[mark.begin : mark.end]


def body(paper: Paper) -> str:
    """What stands on the pages between head and foot."""
    return squeezed("".join(FOOT.sub("", HEAD.sub("", p.replace("\r", ""))) for p in paper.pages))


def streams(content: bytes) -> Iterator[bytes]:
    """Every object of a PDF as it lies in the file, and every stream without its packing."""
    yield content
    with pikepdf.open(io.BytesIO(content)) as file:
        for each in file.objects:
            yield each.unparse(resolved=True)
            if isinstance(each, pikepdf.Stream):
                yield each.read_bytes()
                for packed in (each.read_raw_bytes(), each.read_bytes()):
                    try:
                        yield zlib.decompress(packed)
                    except zlib.error:
                        continue
        assert not file.attachments


def holds(content: bytes, text: str) -> bool:
    """Whether a PDF has a text in any form: on its pages, or anywhere in what it is made of."""
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")} | {text}
    if any(squeezed(form).casefold() in Paper(content).whole.casefold() for form in forms):
        return True
    coded = {form.encode(code) for form in forms for code in ("utf-8", "utf-16-be", "utf-16-le")}
    coded |= {each.hex().encode() for each in coded} | {
        each.hex().upper().encode() for each in coded
    }
    return any(each in stream for stream in streams(content) for each in coded)


# What is proposed.

OTHERS = (Name("Josh Miller", near=True), Name("Ben D’Souza", near=True), Name("Seán O'Neill"),
          Name("Will Grace"), Name("Summer"), Name("Null"), Name("Thu"), Name("Dua", near=True),
          Name("Cai Łukasz Smith-Jones"), Name("Zoë van der Berg"), Name("Ann Oak"))  # fmt: skip

SPELLINGS: tuple[tuple[str, list[str]], ...] = (
    ("Josh hit her", ["Josh"]),
    ("JOSH and josh", ["JOSH", "josh"]),
    ("Josh’s bag, Josh's bag, Joshs bag", ["Josh", "Josh", "Joshs"]),
    ("Seán O’Neill and Sean O'Neill", ["Seán O’Neill", "Sean O'Neill"]),
    ("Sea\u0301n O`Neill", ["Sea\u0301n O`Neill"]),
    ("ONeill, O Neill; Neill", ["ONeill", "O Neill", "Neill"]),
    ("a SmithJones, a Smith Jones", ["SmithJones", "Smith Jones"]),
    ("Lukasz came", ["Lukasz"]),
    ("Zoe van der Berg", ["Zoe van der Berg"]),
    ("Z\u200boë came", ["Z\u200boë"]),
    ("J. M., JM and J.M. came", ["J. M.", "JM", "J.M."]),
    ("Josh M. and J Miller", ["Josh M.", "J Miller"]),
    ("C. Ł. S.-J. came", ["C. Ł. S.-J."]),
    ("Miller, Josh", ["Miller", "Josh"]),
    ("Null and null", ["Null", "null"]),
    ("Dua. D. came", ["Dua. D."]),
    ("Ben D'Souza with Amy D'Souza", ["Ben D'Souza"]),
    ("Mrs D’Souza and Mr. Kaya-Lee", ["Mrs D’Souza", "Mr. Kaya-Lee"]),
    ("Mrs Ann Oak", ["Mrs Ann Oak"]),
    ("ring 01632 960 983 or +44 1632 960983", ["01632 960 983", "+44 1632 960983"]),
    ("mail ann.oak+x@school.example, SW1A 1AA", ["ann.oak+x@school.example", "SW1A 1AA"]),
    ("at 10:30 on 12/03/2026, 12.03.2026 and 2026-03-12", []),
    ("Thu came on Thu 26 Nov 2026", ["Thu"]),
    ("Amy said that Amy D’Souza was tired", []),
)


@pytest.mark.parametrize(("text", "found"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_names_and_numbers_are_found_in_every_spelling(text: str, found: list[str]) -> None:
    names = known.known(OTHERS, ["Amy D’Souza", "Amy"])
    assert [text[hit.begin : hit.end] for hit in finding.find(text, names)] == found


def test_a_name_that_is_a_plain_word_is_proposed_and_doubtful_in_small_letters() -> None:
    names = known.known(OTHERS, ["Amy D’Souza"])
    text = "Will will come in summer. Summer said grace."
    told = [(text[h.begin : h.end], h.doubtful) for h in finding.find(text, names)]
    # “Will will” is one place, and surely a name.
    assert told == [("Will will", False), ("summer. Summer", False), ("grace", True)]


def test_the_childs_own_surname_alone_may_be_a_brothers_and_is_doubtful() -> None:
    names = known.known(OTHERS, ["Amy D’Souza"])
    (hit,) = finding.find("It was about D'Souza", names)
    assert hit.doubtful


def test_names_of_staff_stay_where_staff_are_named(desk: Desk) -> None:
    key = desk.write("Mrs Oak told Mr Tom Birch, Mrs Kaya and Ben O’Brien")
    assert desk.proposed(desk.ask(names_staff=True), key) == ["Mrs Kaya", "Ben O’Brien"]


def test_everybody_whom_the_school_knows_is_proposed_wherever_it_stands(desk: Desk) -> None:
    amy, cai = desk.school.amy, desk.school.cai
    form = collection.CollectorForm(name="Aunt Quilla Zed", phone="01632 960 983")
    collection.allow(desk.store, amy.id, form, by=desk.school.head)
    key = desk.write("Quilla was there", linked=taking_part(cai), told_in_person="Mrs Oak")
    incident = key.removeprefix("incident ")
    note = actions.Form(incident=incident, kind="note", account="Rang ZED")
    actions.add(desk.store, note, by=desk.lead)
    wrong = corrections.Form(incident=incident, kind="clarification", account="It was null")
    corrections.add(desk.store, wrong, by=desk.lead)
    request = desk.ask()
    found = desk.proposed(request, key)
    for text in (
        "Mrs Ann Oak",
        "Quilla",
        "C. Ł. S.-J.",
        "Mrs Oak",
        "ZED",
        "null",
        "Ms Lea Dermann",
    ):
        assert text in found
    (collector,) = (s for s in desk.seen(request) if s.piece.key.startswith("collector"))
    assert desk.proposed(request, collector.piece.key) == ["Aunt Quilla Zed", "01632 960 983"]


def test_a_former_name_is_proposed(desk: Desk) -> None:
    old = a_pupil(desk.store, "Oldname Person", by=desk.lead)
    pupils.amend(desk.store, {old.id: replace(old, name="Newname Person")}, by=desk.lead)
    request = desk.ask()
    assert desk.proposed(request, desk.write("Oldname and Newname"))[-2:] == ["Oldname", "Newname"]


def test_the_words_and_the_body_of_another_child_are_proposed_whole(desk: Desk) -> None:
    form = a_concern(desk.school.ben, account="Amy saw it", child_words="I hurt my arm",
                     linked=taking_part(desk.school.amy))  # fmt: skip
    key = f"incident {recorded(desk.school, form, by=desk.school.oak)}"
    assert "I hurt my arm" in desk.proposed(desk.ask(), key)


def test_another_child_with_the_same_first_name_is_pointed_out(desk: Desk) -> None:
    pupil = a_pupil(desk.store, "Ulrike Blue", by=desk.lead)
    request = desk.ask(pupil=pupil.id)
    assert not others.has_namesake(desk.store, request, by=desk.lead)
    a_pupil(desk.store, "ulriké Green", by=desk.lead)
    assert others.has_namesake(desk.store, request, by=desk.lead)


# What is taken out.

HIDDEN = ("Xanthippe", "Quorrax", "Zebulun", "Ngozi", "O’Neillby", "O'Neillby", "Null",
          "01632 960 983", "ann@school.example")  # fmt: skip


def test_what_is_taken_out_is_in_no_part_of_the_file(desk: Desk) -> None:
    for name in ("Xanthippe Quorrax", "Ngozi O’Neillby", "Null", "Ze\u0301bulun Quorrax"):
        a_pupil(desk.store, name, by=desk.lead)
    long = "She told us of Xanthippe. " * 800
    told = ("Xanthippe’s twin Ze\u0301bulun met Ngozi O'Neillby, NGOZI O’NEILLBY and Null. "
            "Ring 01632 960 983 or ann@school.example. KeptWords")  # fmt: skip
    desk.write(told, child_words="Quorrax said no")
    desk.write(long[:20_000])
    request = desk.ask()
    desk.all_saved(request)
    content = desk.make(request)
    for text in (*HIDDEN, "Ze\u0301bulun", "Zébulun", "Quorrax", desk.lead.name, "Dermann"):
        assert not holds(content, text), text
    assert holds(content, "KeptWords")
    assert holds(content, "Amy D’Souza")
    assert body(Paper(content)).count(squeezed("She told us of T.")) == 20_000 // 26
    assert not Paper(content).reader.attachments


def test_the_search_finds_a_name_that_was_left(desk: Desk) -> None:
    a_pupil(desk.store, "Xanthippe Quorrax", by=desk.lead)
    key = desk.write("Xanthippe was there")
    request = desk.ask()
    look = desk.open(request, key)
    for mark in look.marks:
        if words(look, mark) == "Xanthippe":
            looks.turn(look, mark.place)
    desk.save(look)
    desk.all_saved(request)
    assert holds(desk.make(request), "Xanthippe")


def test_a_bar_is_read_out_and_tells_its_code_and_no_length(desk: Desk) -> None:
    a_pupil(desk.store, "Xi Wolfeschlegelsteinhausen", by=desk.lead)
    key = desk.write("SheSaw Xi and Wolfeschlegelsteinhausen")
    request = desk.ask()
    look = desk.open(request, key)
    looks.take_out(look, "shesaw", "harm")
    desk.save(look)
    desk.all_saved(request)
    paper = Paper(desk.make(request))
    said = {str(each["/Alt"]) for each in paper.tags("/Figure")}
    assert said == {"Removed, T: about another person",
                    "Removed, H: likely to cause serious harm to somebody’s health"}  # fmt: skip
    assert "HTandT" in paper.whole
    assert paper.root["/Lang"] == "en-GB"
    assert paper.root["/MarkInfo"]["/Marked"]


def test_the_list_counts_the_bars_of_each_entry_and_never_tells_the_words(desk: Desk) -> None:
    a_pupil(desk.store, "Xanthippe Quorrax", by=desk.lead)
    key, secret = desk.write("Xanthippe, then Quorrax; LegalWords"), desk.write("WholeWords")
    request = desk.ask()
    look = desk.open(request, key)
    looks.take_out(look, "LegalWords", "privilege")
    desk.save(look)
    desk.save(replace(desk.open(request, secret), whole="abuse"))
    desk.all_saved(request)
    table = desk.make(request, cells.MEDIA_TYPE).decode("utf-8-sig")
    rows = {row[0]: row[1] for row in csv.reader(io.StringIO(table)) if len(row) == 2}
    (title,) = (s.piece.title for s in desk.seen(request) if s.piece.key == key)
    assert rows[title] == "3 × T, 1 × P"  # who wrote it, and the two names
    assert rows["Withheld whole, not named here"] == "1 × A"
    (hidden,) = (s.piece.title for s in desk.seen(request) if s.piece.key == secret)
    assert hidden not in rows
    assert "Xanthippe" not in table and "LegalWords" not in table
    content = desk.make(request)
    assert not holds(content, "WholeWords") and not holds(content, "LegalWords")
    assert (
        squeezed("1 × A") in Paper(content).whole and squeezed(hidden) not in Paper(content).whole
    )


def test_a_passage_is_taken_out_wherever_it_stands_in_any_spelling(desk: Desk) -> None:
    key = desk.write("Her aunt’s flat. HER AUNT's FLAT.")
    look = desk.open(desk.ask(), key)
    assert looks.take_out(look, "her aunt's flat", "confidence") == 2
    for passage in ("", "nowhere in it"):
        with pytest.raises(Refused, match="does not stand"):
            looks.take_out(look, passage, "confidence")
    with pytest.raises(Refused, match="reason"):
        looks.take_out(look, "her aunt", "because")


def test_places_that_meet_are_one_bar_and_nothing_between_is_left() -> None:
    line = Line(TEXT, "abcdef gh")
    piece = Piece("x", "x", (line,))
    marks = [looks.Mark(0, 0, 3), looks.Mark(0, 2, 4), looks.Mark(0, 4, 6), looks.Mark(0, 7, 8)]
    (told,) = looks.runs(piece, marks)
    assert told == (looks.Run("", "third_party"), looks.Run("h"))
    (told,) = looks.runs(piece, [looks.Mark(0, 0, 6), looks.Mark(0, 1, 3, "harm")])
    assert "".join(run.text for run in told) == " gh"


def test_an_accent_goes_with_the_letter_on_which_it_sits() -> None:
    piece = Piece("x", "x", (Line(TEXT, "Ze\u0301 x"),))
    (told,) = looks.runs(piece, [looks.Mark(0, 0, 2)])
    assert told == (looks.Run("", "third_party"), looks.Run(" x"))


# Going on another day.


def test_what_was_decided_is_there_on_another_day(desk: Desk) -> None:
    a_pupil(desk.store, "Xanthippe Quorrax", by=desk.lead)
    key = desk.write("Xanthippe saw Quorrax")
    request = desk.ask()
    look = desk.open(request, key)
    lifted = next(m for m in look.marks if words(look, m) == "Quorrax")
    looks.turn(look, lifted.place)
    looks.take_out(look, "saw", "harm")
    desk.save(look)
    desk.watch.turn(days=3)
    again = desk.open(request, key)
    assert {(m.place, m.code, m.lifted) for m in again.marks} == {
        (m.place, m.code, m.lifted) for m in look.marks
    }
    assert [s.state for s in desk.seen(request) if s.piece.key == key] == [looks.DONE]


def test_an_entry_that_was_added_to_has_to_be_gone_through_again(desk: Desk) -> None:
    key = desk.write("Something")
    request = desk.ask()
    desk.all_saved(request)
    old = desk.open(request, key)
    actions.add(desk.store, actions.Form(incident=key.removeprefix("incident "), kind="note",
                                         account="NewWords"), by=desk.lead)  # fmt: skip
    assert [s.state for s in desk.seen(request) if s.piece.key == key] == [looks.CHANGED]
    with pytest.raises(Refused, match="added to"):
        desk.save(replace(old, id="another"))
    with pytest.raises(Incomplete) as wrong:
        desk.make(request)
    assert set(wrong.value.problems) == {"pieces"}
    desk.all_saved(request)
    assert holds(desk.make(request), "NewWords")


def test_what_is_added_while_the_answer_is_made_is_not_printed_unseen(desk: Desk) -> None:
    key = desk.write("Something")
    request = desk.ask()
    desk.all_saved(request)
    action = actions.Form(incident=key.removeprefix("incident "), account="NewWords")

    def added(stage: str) -> None:
        if stage == exports.READING:
            actions.add(desk.store, action, by=desk.school.oak)

    desk.watch.turn(seconds=30)
    form = answer.Form(request=request.id, media_type=pdf.MEDIA_TYPE, recipient="Ms Sol Icitor")
    with pytest.raises(Refused, match="has changed meanwhile"):
        answer.make(desk.store, form, staffroom.code(desk.secret), by=desk.lead, stage=added)


def test_words_are_nowhere_in_what_was_decided(desk: Desk) -> None:
    key = desk.write("SecretWords here")
    look = desk.open(desk.ask(), key)
    looks.take_out(look, "SecretWords", "harm")
    desk.save(look)
    (record,) = desk.store.ask(AccessLook, "FROM access_looks WHERE piece = $key", key=key)
    assert "SecretWords" not in str(record)


def test_an_answer_and_the_list_can_be_made_one_after_the_other(desk: Desk) -> None:
    desk.write("Something")
    request = desk.ask()
    desk.all_saved(request)
    desk.make(request)
    desk.make(request, cells.MEDIA_TYPE)
    lines = exports.about(desk.store, desk.school.amy.id, by=desk.lead)
    assert [line.what for line in lines] == ["subject access"] * 2


# When it is due.


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 3)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 7, 20), date(2026, 8, 20)),  # school holidays make no difference
        (date(2025, 12, 31), date(2026, 1, 31)),
    ],
)
def test_it_is_due_on_the_same_day_of_the_next_month(desk: Desk, received: date, due: date) -> None:
    assert desk.ask(received_on=received).due_on == due


def test_the_time_begins_when_it_is_proved_who_asks(desk: Desk) -> None:
    request = desk.ask()

    def take(kind: str, day: date, why: str = "") -> Request:
        step = asking.StepForm(request=request.id, kind=kind, day=day, why=why)
        asking.take(desk.store, step, by=desk.lead)
        return asking.find(desk.store, request.id, by=desk.lead)

    waiting = take("identity_asked", date(2026, 2, 2))
    assert waiting.waits and waiting.due_on is None
    with pytest.raises(Incomplete) as wrong:
        desk.make(request)
    assert "identity" in wrong.value.problems
    assert take("identity_proved", date(2026, 2, 9)).due_on == date(2026, 3, 9)
    assert take("extended", date(2026, 3, 1), "800 entries").due_on == date(2026, 5, 9)
    for kind, day, why, field in (
        ("extended", date(2026, 3, 1), "Again", "kind"),
        ("identity_proved", date(2026, 3, 1), "", "kind"),
        ("closed", date(2026, 1, 1), "Withdrawn", "day"),
        ("closed", date(2026, 3, 1), "", "why"),
    ):
        with pytest.raises(Incomplete) as wrong:
            take(kind, day, why)
        assert set(wrong.value.problems) == {field}
    assert take("closed", date(2026, 3, 1), "Answered").is_closed


def test_a_closed_request_is_decided_no_more_and_makes_room_for_another(desk: Desk) -> None:
    key = desk.write("Something")
    request = desk.ask()
    look = desk.open(request, key)
    with pytest.raises(Refused, match="close it first"):
        desk.ask()
    step = asking.StepForm(request=request.id, kind="closed", day=RECEIVED, why="Withdrawn")
    asking.take(desk.store, step, by=desk.lead)
    with pytest.raises(Refused, match="closed"):
        desk.save(look)
    assert desk.ask().id != request.id


def test_everything_that_is_missing_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(Incomplete) as wrong:
        asking.add(desk.store, asking.Form(pupil=desk.school.amy.id), by=desk.lead)
    assert set(wrong.value.problems) == {"received_on", "asked_by", "relation"}


# Who may.


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_answers_one(desk: Desk, who: str) -> None:
    request = desk.ask()
    form = answer.Form(request=request.id, media_type=pdf.MEDIA_TYPE, recipient="x")
    for by in (getattr(desk.school, who), plain(desk.lead)):
        assert asking.about(desk.store, desk.school.amy.id, by=by) == []
        for refused in (
            lambda by=by: asking.add(desk.store, asking.Form(pupil=desk.school.amy.id), by=by),
            lambda by=by: looks.of(desk.store, request, by=by),
            lambda by=by: others.of(desk.store, request, by=by),
            lambda by=by: answer.make(desk.store, form, "", by=by),
        ):
            with pytest.raises((NotAllowed, NotThere)):
                refused()


def test_a_relative_of_the_child_answers_none(desk: Desk) -> None:
    request = desk.ask()
    people.mark_relative(desk.store, desk.lead.id, desk.school.amy.id, by=desk.school.head)
    assert asking.about(desk.store, desk.school.amy.id, by=desk.lead) == []
    with pytest.raises(NotThere):
        desk.make(request)


def test_what_a_lead_may_not_see_and_what_is_about_adults_is_not_there(desk: Desk) -> None:
    desk.write("HiddenWords", named=(desk.lead.id,))
    desk.write("OpenWords")
    concern = AdultConcern(adult="", adult_name="Mr Far", level="low_level",
                           occurred_at=desk.watch.now, place="Hall", account="AdultWords",
                           children=(desk.school.amy.id,))  # fmt: skip
    desk.store.append(concern, by=desk.lead)
    request = desk.ask()
    desk.all_saved(request)
    content = desk.make(request)
    told = [holds(content, text) for text in ("OpenWords", "HiddenWords", "AdultWords", "Mr Far")]
    assert told == [True, False, False, False]


def test_an_answer_is_recorded_and_asks_for_the_code(desk: Desk) -> None:
    desk.write("Something")
    request = desk.ask()
    desk.all_saved(request)
    before = how_many(desk.store, Export)
    form = answer.Form(request=request.id, media_type=pdf.MEDIA_TYPE, recipient="Ms Sol Icitor")
    with pytest.raises(WrongCode):
        answer.make(desk.store, form, "000000", by=desk.lead)
    assert how_many(desk.store, Export) == before
    desk.make(request)
    assert how_many(desk.store, Export) == before + 1
    assert "subject access" in {o.what for o in openings_of(desk.store, desk.school.amy.id)}


def test_every_code_has_a_letter_of_its_own() -> None:
    assert len({code.letter for code in CODES.values()}) == len(CODES)
