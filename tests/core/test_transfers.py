"""A pupil's file goes to another school: what is in it, who may send it, and what still waits."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import pyzipper

from core import (
    collection,
    corrections,
    dashboard,
    inspection,
    outlines,
    passphrases,
    people,
    plans,
    pupils,
    receipts,
    sealed,
    transfer_days,
    transfers,
)
from core.errors import Refused
from core.forms import Incomplete
from core.map_forms import Form as Map
from core.map_forms import Mark
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import Export, TransferFile
from core.reports import exports, transfer
from core.reports.transfer import Locked
from core.sign_in import WrongCode
from core.store import Store, new_id
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import (
    WRITTEN,
    School,
    a_concern,
    how_many,
    linked,
    openings_of,
    plain,
    recorded,
)
from tests.core.staffroom import Watch

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
LAST_DAY = date(2026, 11, 25)  # a Wednesday, of school
TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
NOTE = inspection.inspect("Ben O'Brien’s letter.txt", b"Dear Miss, I saw it.")


@dataclass
class Desk:
    """A lead with an Authenticator, and a clock to wait for its next code."""

    school: School
    lead: Person
    secret: str
    watch: Watch

    @property
    def store(self) -> Store:
        return self.school.store

    def code(self) -> str:
        self.watch.turn(seconds=30)
        return staffroom.code(self.secret)

    def begin(self, **chosen: object) -> str:
        form = moves(self.school.amy.id, **chosen)
        transfers.record(self.store, form, by=self.lead)
        return form.id

    def make(self, id_: str) -> Locked:
        return transfer.make(self.store, id_, self.code(), by=self.lead)

    def waits(self) -> list[str]:
        groups = dashboard.now(self.store, by=self.lead)
        return [
            n.said
            for group in groups
            if group.kind == "transfer"
            for n in group.notices
            if n.transfer
        ]


@pytest.fixture
def desk(new_school: School, monkeypatch: pytest.MonkeyPatch) -> Desk:
    watch = Watch(monkeypatch)
    lead = staffroom.account(new_school.store, new_school.lead.role)
    secret, _ = staffroom.enrolled(new_school.store, lead)
    watch.now = max(watch.now, TUESDAY)
    return Desk(new_school, replace(lead, code_given=True), secret, watch)


def moves(pupil: str, **chosen: object) -> transfers.Form:
    form = transfers.Form(pupil=pupil, school="St Mary’s *CE* Primary", contact="Mrs Jo Lane, DSL",
                          leaving_on=LAST_DAY, reason="Moves to Leeds")  # fmt: skip
    return replace(form, **chosen)  # type: ignore[arg-type]


def filled(desk: Desk) -> None:
    """Something of every kind about Amy, and what belongs to other children beside it."""
    school, store = desk.school, desk.store
    mark = Mark(id=new_id(), view="back", x=0.5, y=0.5, region="left-forearm", kind="bruise",
                colour="yellow", length_cm=2.5, child_words="“I fell.”", basis="seen")  # fmt: skip
    drawn = Map(build=outlines.OLDER, marks=[mark], seen_by="Ms Shah", seen_at=desk.watch.now,
                advice_sought=True, advice="Rang the nurse")  # fmt: skip
    whole = a_concern(school.amy, account="AccountOne", child_words="WordsOne", body_map=drawn,
                      linked=linked(school.ben), files=(NOTE,))  # fmt: skip
    recorded(school, whole, by=school.birch)
    other = a_concern(school.ben, account="AccountTwo", linked=linked(school.amy, part="harmed"))
    recorded(school, other, by=school.birch)
    recorded(school, a_concern(school.cai, account="NotOfAmy"), by=school.birch)
    plan = plans.Form(pupil=school.amy.id, kind="child_in_need", since=LAST_DAY, note="PlanNote")
    plans.record(store, plan, by=desk.lead)
    plans.note(store, school.amy.id, "KnowThisFirst", by=desk.lead)
    home: dict[str, pupils.Details] = {p.id: replace(p, household="12 Elm Row")
                                       for p in (school.amy, school.cai)}  # fmt: skip
    pupils.amend(store, home, by=desk.lead)
    order = collection.OrderForm(name="Mr Far Away", account="OrderText")
    collection.forbid(store, school.amy.id, order, by=desk.lead)


# What is in it.


def test_it_opens_with_its_passphrase_and_each_part_is_what_the_manifest_says(desk: Desk) -> None:
    filled(desk)
    made = desk.make(desk.begin())
    parts = sealed.opened(made.file.content, made.passphrase)
    assert set(parts) == {"record.pdf", "record.json", "receipt.pdf", "files/0001.txt",
                          "manifest.sha256"}  # fmt: skip
    lines = parts["manifest.sha256"].decode().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()
                      if name != "manifest.sha256"}  # fmt: skip
    assert parts["files/0001.txt"] == NOTE.content


def test_the_pdf_tells_everything_and_no_other_child_by_name(desk: Desk) -> None:
    filled(desk)
    made = desk.make(desk.begin())
    paper = Paper(sealed.opened(made.file.content, made.passphrase)["record.pdf"])
    for text in ("Amy D’Souza", "29 February 2016", "4 Birch", "St Mary’s *CE* Primary",
                 "Mrs Jo Lane, DSL", "Moves to Leeds", "25 November 2026", "KnowThisFirst",
                 "Child in need plan", "PlanNote", "Mr Far Away", "OrderText", "AccountOne",
                 "WordsOne", "AccountTwo", "Witness, B. O.", "About another child B. O.",
                 "C. Ł. S.-J.", "files/0001.txt", "2.5 cm"):  # fmt: skip
        assert squeezed(text) in paper.whole, text
    unsaid = paper.whole.replace(squeezed(NOTE.name), "")  # what somebody typed stays as it is
    for text in ("NotOfAmy", "Ben O'Brien", "Cai Łukasz", "None is known"):
        assert squeezed(text) not in unsaid, text
    assert any("Body map, back: mark 1" in str(each["/Alt"]) for each in paper.tags("/Figure"))
    assert paper.root["/Lang"] == "en-GB" and paper.root["/MarkInfo"]["/Marked"]


def test_the_data_tell_the_same_and_no_other_child_by_name(desk: Desk) -> None:
    filled(desk)
    made = desk.make(desk.begin())
    told = sealed.opened(made.file.content, made.passphrase)["record.json"].decode()
    for text in ("Amy D’Souza", "2016-02-29", "AccountOne", "AccountTwo", "left-forearm",
                 "KnowThisFirst", "OrderText", "Witness, B. O."):  # fmt: skip
        assert text in told, text
    for text in ("NotOfAmy", "Ben O'Brien", "Cai Łukasz"):
        assert text not in told.replace(NOTE.name, ""), text


def test_no_name_is_in_what_can_be_read_without_the_passphrase_or_in_the_papers_about_it(
    desk: Desk,
) -> None:
    filled(desk)
    made = desk.make(desk.begin())
    assert re.fullmatch(r"transfer-file-\d+\.zip", made.file.name)
    for name in ("Amy", "Souza", "Brien", "AccountOne"):
        assert name.encode() not in made.file.content
    with pyzipper.AESZipFile(io.BytesIO(made.file.content)) as archive:
        assert all(sealed.NAMES.fullmatch(each) for each in archive.namelist())
        assert {each.wz_aes_strength for each in archive.infolist()} == {3}  # AES-256
        assert {each.wz_aes_version for each in archive.infolist()} == {
            2
        }  # no checksum of clear text
    parts = sealed.opened(made.file.content, made.passphrase)
    for name in ("record.pdf", "receipt.pdf"):
        paper = Paper(parts[name])
        assert "Amy" not in str(paper.reader.metadata) + str(paper.root["/Metadata"].get_data())
    slip = Paper(parts["receipt.pdf"]).whole
    assert "Amy" not in slip and hashlib.sha256(parts["record.json"]).hexdigest() in slip


def test_each_file_has_a_passphrase_of_its_own_that_is_kept_nowhere(desk: Desk) -> None:
    id_ = desk.begin()
    one, other = desk.make(id_), desk.make(id_)
    assert one.passphrase != other.passphrase
    assert re.fullmatch(r"(\d{5}-){5}\d{5}", one.passphrase)
    with pytest.raises(sealed.WrongPassphrase):
        sealed.opened(one.file.content, other.passphrase)
    desk.store.checkpoint()
    for path in desk.store.folder.rglob("*"):
        if path.is_file():
            assert one.passphrase.encode() not in path.read_bytes()


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.>40}", "dash", "spaces", "run", "wide"])
def test_a_passphrase_can_be_typed_with_spaces_or_without(typed: str) -> None:
    one = passphrases.new()
    spelt = {"dash": one.replace("-", " – "), "spaces": one.replace("-", " "),
             "run": one.replace("-", ""), "wide": one.translate(WIDE)}  # fmt: skip
    assert passphrases.spelt(spelt.get(typed, typed.format(one))) == one


def test_the_export_and_what_it_rests_on_are_recorded_together_or_not_at_all(desk: Desk) -> None:
    def stop(what: str) -> None:
        if what == exports.RECORDING:
            raise KeyboardInterrupt

    id_ = desk.begin()
    with pytest.raises(KeyboardInterrupt):
        transfer.make(desk.store, id_, desk.code(), by=desk.lead, stage=stop)
    assert how_many(desk.store, Export) == how_many(desk.store, TransferFile) == 0
    made = desk.make(id_)
    (line,) = exports.about(desk.store, desk.school.amy.id, by=desk.lead)
    assert (line.what, line.recipient) == (
        "transfer file", "Mrs Jo Lane, DSL, St Mary’s *CE* Primary",
    )  # fmt: skip
    (kept,) = desk.store.ask(
        Export, "SELECT * EXCLUDE (seq, recorded_at, recorded_by) FROM exports"
    )
    assert kept.sha256 == hashlib.sha256(made.file.content).hexdigest()


def test_without_the_code_there_is_none(desk: Desk) -> None:
    with pytest.raises(WrongCode):
        transfer.make(desk.store, desk.begin(), "000000", by=desk.lead)
    assert how_many(desk.store, TransferFile) == 0


# Conflicts of interest.


def test_a_relative_of_the_child_sees_no_transfer_of_theirs(desk: Desk) -> None:
    id_ = desk.begin()
    people.mark_relative(desk.store, desk.lead.id, desk.school.amy.id, by=desk.school.head)
    assert transfers.every(desk.store, by=desk.lead) == [] and desk.waits() == []
    for call in (
        lambda: transfers.of(desk.store, id_, by=desk.lead),
        lambda: transfers.record(desk.store, moves(desk.school.amy.id), by=desk.lead),
        lambda: transfer.make(desk.store, id_, desk.code(), by=desk.lead),
        lambda: receipts.chase(desk.store, receipts.ChaseForm(transfer=id_), by=desk.lead),
    ):
        with pytest.raises(NotThere):
            call()
    assert receipts.chases(desk.store, id_, by=desk.lead) == []


def test_a_file_by_somebody_who_may_not_see_an_entry_lacks_it_and_only_others_are_told(
    desk: Desk,
) -> None:
    school = desk.school
    recorded(school, a_concern(school.amy, account="Hidden", named=(desk.lead.id,)), by=school.oak)
    recorded(school, a_concern(school.amy, account="Shown"), by=school.oak)
    id_ = desk.begin()
    made = desk.make(id_)
    told = sealed.opened(made.file.content, made.passphrase)["record.json"].decode()
    assert "Shown" in told and "Hidden" not in told
    assert transfers.of(desk.store, id_, by=desk.lead).untold == 0
    assert transfers.of(desk.store, id_, by=school.head).untold == 1


def test_what_is_recorded_after_the_file_was_made_is_told_to_be_missing_in_it(desk: Desk) -> None:
    school, id_ = desk.school, desk.begin()
    desk.make(id_)
    later = recorded(school, a_concern(school.amy, account="Later"), by=school.oak)
    recorded(school, a_concern(school.ben, account="Of another"), by=school.oak)
    assert transfers.of(desk.store, id_, by=desk.lead).untold == 1
    wrong = corrections.Form(incident=later, kind="error", account="It was another child")
    corrections.add(desk.store, wrong, by=desk.lead)
    assert transfers.of(desk.store, id_, by=desk.lead).untold == 0


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_sends_one(desk: Desk, who: str) -> None:
    id_ = desk.begin()
    for by in (getattr(desk.school, who), plain(desk.lead)):
        with pytest.raises(NotAllowed):
            transfers.every(desk.store, by=by)
        with pytest.raises(NotThere):
            transfer.make(desk.store, id_, "", by=by)
        with pytest.raises(NotAllowed):
            transfers.record(desk.store, moves(desk.school.amy.id), by=by)


# The clock.


@pytest.mark.parametrize(
    ("leaving_on", "calendar", "working", "school"),
    [
        (date(2026, 11, 25), "2026-11-30", "2026-12-02", "2026-12-03"),  # no school on the 27th
        (date(2026, 11, 27), "2026-12-02", "2026-12-04", "2026-12-04"),
        (date(2026, 11, 28), "2026-12-03", "2026-12-04", "2026-12-04"),
        (date(2026, 11, 29), "2026-12-04", "2026-12-04", "2026-12-04"),
        (date(2026, 10, 23), "2026-10-28", "2026-10-30", "2026-11-06"),  # half-term follows
    ],
)
def test_five_days_are_counted_in_three_ways_and_the_first_rings(
    leaving_on: date, calendar: str, working: str, school: str
) -> None:
    due = transfer_days.due(WRITTEN, leaving_on)
    counted = [each.isoformat() for each in (due.calendar, due.working, due.school)]
    assert counted == [calendar, working, school]
    assert due.earliest == min(due.calendar, due.working, due.school)


def test_a_transfer_waits_on_the_desk_until_the_receipt_is_here(desk: Desk) -> None:
    id_ = desk.begin()
    name = "Amy D’Souza, 4 Birch, to St Mary’s *CE* Primary"
    assert desk.waits() == [f"{name}. Not sent yet, due Mon 30 Nov"]
    assert transfers.of(desk.store, id_, by=desk.lead).is_late(desk.watch.now.date())
    with pytest.raises(Incomplete, match="No file was made"):
        receipts.sign(desk.store, id_, desk.watch.now.date(), "Mrs Lane", by=desk.lead)
    desk.make(id_)
    assert desk.waits() == [f"{name}. Sent, no receipt yet, due Mon 30 Nov"]
    receipts.sign(desk.store, id_, desk.watch.now.date(), " Mrs Lane, DSL ", by=desk.lead)
    assert desk.waits() == []
    found = transfers.of(desk.store, id_, by=desk.lead)
    assert (found.is_open, found.signed_by) == (False, "Mrs Lane, DSL")
    assert not found.is_late(desk.watch.now.date())


def test_one_of_whoever_leaves_in_a_month_does_not_wait_yet(desk: Desk) -> None:
    id_ = desk.begin(leaving_on=(desk.watch.now + timedelta(days=30)).date())
    assert desk.waits() == []
    desk.watch.turn(days=21)
    assert len(desk.waits()) == 1
    assert not transfers.of(desk.store, id_, by=desk.lead).is_late(desk.watch.now.date())


def test_other_details_stand_instead_of_the_first_and_keep_its_number(desk: Desk) -> None:
    id_, other = desk.begin(), desk.begin()
    transfers.record(
        desk.store, moves(desk.school.amy.id, id=id_, school="St Luke’s"), by=desk.lead
    )
    found = {each.id: each for each in transfers.every(desk.store, by=desk.lead)}
    assert {id_: (1, "St Luke’s"), other: (2, "St Mary’s *CE* Primary")} == {
        each.id: (each.number, each.school) for each in found.values()
    }
    with pytest.raises(NotThere):
        transfers.record(desk.store, moves(desk.school.ben.id, id=id_), by=desk.lead)


def test_one_that_was_called_off_waits_no_more_and_makes_no_file(desk: Desk) -> None:
    id_ = desk.begin()
    with pytest.raises(Incomplete):
        transfers.call_off(desk.store, id_, " ", by=desk.lead)
    transfers.call_off(desk.store, id_, "They stay", by=desk.lead)
    assert desk.waits() == []
    with pytest.raises(Refused, match="called off"):
        desk.make(id_)


def test_a_chase_is_kept_with_who_how_and_when_and_what_they_said(desk: Desk) -> None:
    id_, today = desk.begin(), desk.watch.now.date()
    wrong = receipts.ChaseForm(transfer=id_, chased_on=today + timedelta(days=1))
    with pytest.raises(Incomplete) as missing:
        receipts.chase(desk.store, wrong, by=desk.lead)
    assert set(missing.value.problems) == {"whom", "how", "chased_on"}
    for nth in (1, 2):
        asked = receipts.ChaseForm(transfer=id_, whom=f"Mrs Lane {nth}", how="telephone",
                                   chased_on=today, said="Tomorrow")  # fmt: skip
        receipts.chase(desk.store, asked, by=desk.lead)
    found = transfers.of(desk.store, id_, by=desk.lead)
    assert (found.chased, found.chased_on) == (2, today)
    newest, _ = receipts.chases(desk.store, id_, by=desk.lead)
    assert (newest.whom, newest.how, newest.chased_on, newest.said, newest.author) == (
        "Mrs Lane 2", "telephone", today, "Tomorrow", desk.lead.name,
    )  # fmt: skip


def test_everything_that_is_missing_is_told_at_once() -> None:
    assert set(transfers.problems(transfers.Form())) == {
        "pupil", "school", "contact", "leaving_on", "reason",
    }  # fmt: skip
    assert set(transfers.problems(moves("amy", school="x" * 121))) == {"school"}


def test_that_a_transfer_was_read_is_recorded(desk: Desk) -> None:
    id_ = desk.begin()
    transfers.of(desk.store, id_, by=desk.lead)
    assert len(openings_of(desk.store, id_)) == 1
