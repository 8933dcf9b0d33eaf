"""A transfer file from another school: taken in whole, or refused with the part that is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import pyzipper

from core import (
    chronology,
    clock,
    incidents,
    inspection,
    people,
    pupils,
    received,
    sealed,
    transfers,
)
from core.chronology import Wanted
from core.errors import Refused
from core.forms import Incomplete
from core.leaves import among, shown
from core.permissions import NotAllowed, NotThere
from core.person import Person
from core.records import Incident, ReceivedFile, ReceivedPart
from core.reports import arriving, transfer
from core.sealed import WrongPassphrase
from core.settings import School as Chosen
from core.store import Store
from tests.core import staffroom
from tests.core.paper import Paper, squeezed
from tests.core.school import (
    KEY,
    School,
    a_concern,
    a_school,
    how_many,
    linked,
    openings_of,
    plain,
    recorded,
)

NO_PARTS = b"PK\x05\x06" + bytes(18)
LETTER = inspection.inspect("Ben O'Brien’s letter.txt", b"Dear Miss, I saw it.")


@dataclass
class Sent:
    """A file that the school at Hill made of Amy's record, and what is in it."""

    content: bytes
    passphrase: str

    @property
    def parts(self) -> dict[str, bytes]:
        parts = sealed.opened(self.content, self.passphrase)
        del parts["manifest.sha256"]
        return parts

    def remade(self, parts: dict[str, bytes]) -> bytes:
        """With other parts, and a manifest that fits them."""
        return sealed.packed(parts, self.passphrase, clock.now())


def moved(school: School, pupil: str) -> Sent:
    """The transfer file of a pupil, made by a lead of that school."""
    lead = staffroom.account(school.store, school.lead.role)
    secret, _ = staffroom.enrolled(school.store, lead)
    lead = replace(lead, code_given=True)
    form = transfers.Form(pupil=pupil, school="Vale", contact="Ms Lee", reason="Moves",
                          leaving_on=date(2026, 11, 25))  # fmt: skip
    transfers.record(school.store, form, by=lead)
    made = transfer.make(school.store, form.id, staffroom.code(secret, steps=1), by=lead)
    return Sent(made.file.content, made.passphrase)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    folder = tmp_path_factory.mktemp("hill")
    store = Store.open(folder / "school", KEY)
    hill = a_school(store)
    recorded(hill, a_concern(hill.amy, account="SaidAtHill", child_words="WordsAtHill",
                             linked=linked(hill.ben), files=(LETTER,)), by=hill.birch)  # fmt: skip
    yield moved(hill, hill.amy.id)
    store.close()


@pytest.fixture
def vale(new_school: School) -> School:
    return new_school


def kept(store: Store) -> tuple[int, ...]:
    return tuple(how_many(store, kind) for kind in (ReceivedFile, ReceivedPart, Incident))


def taken(vale: School, sent: Sent) -> str:
    arrived = arriving.look(vale.store, sent.content, sent.passphrase, by=vale.lead)
    return arriving.take(vale.store, arrived, vale.amy.id, by=vale.lead)


# The round trip.


def test_what_one_school_wrote_the_next_one_reads(vale: School, sent: Sent) -> None:
    spoken = sent.passphrase.replace("-", " ")
    arrived = arriving.look(vale.store, sent.content, spoken, by=vale.lead)
    assert kept(vale.store) == (0, 0, 0)  # only looked at
    id_ = arriving.take(vale.store, arrived, vale.amy.id, by=vale.lead)
    found = arriving.read(vale.store, id_, by=vale.head)
    (entry,) = found.whole.entries
    said = [each.text for each in entry.row.event]
    assert "SaidAtHill" in said and "WordsAtHill" in said and "Witness, B. O." in said
    assert found.whole.child.name == "Amy D’Souza"
    parts = {part.path: part for part in found.parts}
    assert set(parts) == {"record.pdf", "receipt.pdf", "files/0001.txt", "manifest.sha256"}
    letter = received.open(vale.store, parts["files/0001.txt"].id, by=vale.head)
    assert (letter.name, letter.content) == (LETTER.name, LETTER.content)
    paper = received.open(vale.store, parts["record.pdf"].id, by=vale.head).content
    assert paper == sent.parts["record.pdf"] and squeezed("SaidAtHill") in Paper(paper).whole


def test_it_is_one_entry_in_the_chronology_and_no_incident_of_ours(
    vale: School, sent: Sent
) -> None:
    id_ = taken(vale, sent)
    found = chronology.of(vale.store, vale.amy.id, by=vale.lead)
    assert [each.id for each in found.received] == [id_]
    assert found.entries == () and how_many(vale.store, Incident) == 0
    with pytest.raises(NotThere):
        incidents.find(vale.store, 1001, by=vale.lead)


def test_the_reading_and_every_download_are_recorded(vale: School, sent: Sent) -> None:
    id_ = taken(vale, sent)
    found = arriving.read(vale.store, id_, by=vale.head)
    assert len(openings_of(vale.store, id_)) == 1
    received.open(vale.store, found.parts[0].id, by=vale.head)
    assert len(openings_of(vale.store, found.parts[0].id)) == 1


def test_it_stands_in_the_chronology_when_it_came_and_where_no_kind_is_asked_for(
    vale: School, sent: Sent
) -> None:
    id_ = taken(vale, sent)
    today = clock.now().date()
    for wanted, count in (
        (Wanted(), 1), (Wanted(since=today), 1), (Wanted(until=date(2026, 1, 1)), 0),
        (Wanted(categories=("injury",)), 0), (Wanted(significant=True), 0),
    ):  # fmt: skip
        found = chronology.of(vale.store, vale.amy.id, wanted, by=vale.lead)
        assert [each.id for each in found.received] == [id_] * count, wanted


def test_a_leaf_of_a_long_record_holds_what_came_while_it_was_written(
    vale: School, sent: Sent
) -> None:
    taken(vale, sent)
    zone = Chosen().zone
    for day in range(60):
        when = clock.now().replace(year=2026, month=1 + day // 28, day=1 + day % 28)
        recorded(vale, a_concern(vale.amy, occurred_at=when), by=vale.birch)
    found = chronology.of(vale.store, vale.amy.id, by=vale.lead)
    assert among(found.received, shown(found.entries, 1, None, zone)) == list(found.received)
    old = replace(found.received[0], recorded_at=found.entries[-1].incident.occurred_at)
    assert among([old], shown(found.entries, 1, None, zone)) == []
    assert among([old], shown(found.entries, 2, None, zone)) == [old]


def test_what_came_from_one_school_goes_on_to_the_next_but_one(
    vale: School, sent: Sent, tmp_path: Path
) -> None:
    taken(vale, sent)
    onward = moved(vale, vale.amy.id)
    assert {"earlier/1/record.pdf", "earlier/1/record.json", "earlier/1/files/0001.txt"} == {
        path for path in onward.parts if path.startswith("earlier/")
    }
    with closing(Store.open(tmp_path / "third", KEY)) as store:
        third = a_school(store)
        id_ = taken(third, onward)
        found = arriving.read(store, id_, by=third.lead)
        assert [each.folder for each in found.whole.earlier] == ["earlier/1"]
        assert "earlier/1/record.json" in {part.path for part in found.parts}


# To whom it is joined.


def test_the_same_file_is_known_again_also_when_it_was_packed_anew(
    vale: School, sent: Sent
) -> None:
    first = arriving.look(vale.store, sent.content, sent.passphrase, by=vale.lead)
    arriving.take(vale.store, first, vale.amy.id, by=vale.lead)
    with pytest.raises(Refused, match="taken in already"):
        arriving.take(vale.store, first, vale.amy.id, by=vale.lead)
    for content in (sent.content, sent.remade(sent.parts)):
        with pytest.raises(Refused, match="taken in already"):
            arriving.look(vale.store, content, sent.passphrase, by=vale.head)
    assert how_many(vale.store, ReceivedFile) == 1


def test_for_a_child_of_another_name_or_birthday_somebody_has_to_say_that_it_is_the_same(
    vale: School, sent: Sent
) -> None:
    arrived = arriving.look(vale.store, sent.content, sent.passphrase, by=vale.lead)
    (born_later,) = pupils.add(
        vale.store, [pupils.Details(name="Amy D'Souza", class_name="4 Birch",
                                    born_on=date(2016, 3, 1))], by=vale.lead)  # fmt: skip
    for pupil in (vale.ben.id, born_later):
        with pytest.raises(Incomplete, match="name or the date of birth"):
            arriving.take(vale.store, arrived, pupil, by=vale.lead)
    with pytest.raises(Incomplete, match="choose the student"):
        arriving.take(vale.store, arrived, "", by=vale.lead)
    assert arriving.take(vale.store, arrived, born_later, is_same=True, by=vale.lead)


def test_one_that_was_joined_to_the_wrong_child_is_taken_off_and_can_be_joined_again(
    vale: School, sent: Sent
) -> None:
    id_ = taken(vale, sent)
    with pytest.raises(Incomplete):
        received.end(vale.store, id_, " ", by=vale.lead)
    part = received.parts(vale.store, id_, by=vale.lead)[0].id
    received.end(vale.store, id_, "She is her twin", by=vale.lead)
    assert received.about(vale.store, vale.amy.id, by=vale.lead) == ()
    with pytest.raises(NotThere):
        received.of(vale.store, id_, by=vale.lead)
    with pytest.raises(NotThere):
        received.open(vale.store, part, by=vale.lead)
    assert taken(vale, sent) != id_


def test_a_relative_takes_none_in_and_reads_none(vale: School, sent: Sent) -> None:
    arrived = arriving.look(vale.store, sent.content, sent.passphrase, by=vale.lead)
    people.mark_relative(vale.store, vale.lead.id, vale.amy.id, by=vale.head)
    with pytest.raises(NotThere, match="no such student"):
        arriving.take(vale.store, arrived, vale.amy.id, by=vale.lead)
    id_ = arriving.take(vale.store, arrived, vale.amy.id, by=vale.deputy)
    part = received.parts(vale.store, id_, by=vale.deputy)[0].id
    assert received.about(vale.store, vale.amy.id, by=vale.lead) == ()
    assert received.parts(vale.store, id_, by=vale.lead) == []
    for call in (
        lambda: arriving.read(vale.store, id_, by=vale.lead),
        lambda: received.open(vale.store, part, by=vale.lead),
        lambda: received.end(vale.store, id_, "Wrong", by=vale.lead),
    ):
        with pytest.raises(NotThere):
            call()


@pytest.mark.parametrize("who", ["birch", "office", "governor", "chair"])
def test_only_full_access_takes_one_in_or_reads_it(vale: School, sent: Sent, who: str) -> None:
    id_ = taken(vale, sent)
    others: tuple[Person, ...] = (getattr(vale, who), plain(vale.lead))
    for by in others:
        with pytest.raises(NotAllowed):
            arriving.look(vale.store, sent.content, sent.passphrase, by=by)
        with pytest.raises(NotThere):
            arriving.read(vale.store, id_, by=by)


# What is refused, and what is said of it.


def refused(school: School, content: bytes, passphrase: str) -> str:
    """What is said; nothing was kept."""
    with pytest.raises(Refused) as refusal:
        arriving.look(school.store, content, passphrase, by=school.lead)
    assert kept(school.store) == (0, 0, 0)
    return str(refusal.value)


def test_a_wrong_passphrase_says_so(school: School, sent: Sent) -> None:
    for typed in ("12345-12345-12345-12345-12345-12345", sent.passphrase[:-1], "1"):
        with pytest.raises(WrongPassphrase):
            arriving.look(school.store, sent.content, typed, by=school.lead)
    assert "type the passphrase" in refused(school, sent.content, "")
    assert "type the passphrase" in refused(school, sent.content, "no digits")


def where(content: bytes, name: str) -> int:
    """Where the locked content of a part begins, after its salt and the passphrase's check."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo(name).header_offset
    name_length, extra = struct.unpack("<2H", content[at + 26 : at + 30])
    return at + 30 + int(name_length) + int(extra)


@pytest.mark.parametrize(
    "name", ["record.pdf", "record.json", "receipt.pdf", "files/0001.txt", "manifest.sha256"]
)
@pytest.mark.parametrize("place", [2, 17, 19], ids=["salt", "check", "content"])
def test_a_byte_that_was_changed_is_found_in_its_part(
    school: School, sent: Sent, name: str, place: int
) -> None:
    at = where(sent.content, name) + place
    changed = bytearray(sent.content)
    changed[at] ^= 1
    assert f"damaged: {name} cannot be read" in refused(school, bytes(changed), sent.passphrase)


def test_whatever_is_changed_in_a_file_it_is_refused_or_means_the_same(sent: Sent) -> None:
    chance, right = random.Random(1), sealed.opened(sent.content, sent.passphrase)  # noqa: S311
    found = 0
    for _ in range(100):
        changed = bytearray(sent.content)
        place = chance.choice([chance.randrange(len(changed)), -chance.randrange(1, 600)])
        changed[place] ^= chance.randrange(1, 256)
        try:
            assert sealed.opened(bytes(changed), sent.passphrase) == right
        except Refused:
            found += 1
    assert found > 60


@pytest.mark.parametrize("left", [0.2, 0.6, 0.99])
def test_a_file_that_was_cut_off_says_so(school: School, sent: Sent, left: float) -> None:
    cut = sent.content[: int(len(sent.content) * left)]
    assert "its end is missing" in refused(school, cut, sent.passphrase)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"%PDF-1.7", b"Dear Sir", b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_transfer_file_is_named_so(school: School, content: bytes) -> None:
    assert "not a transfer file" in refused(school, content, "1")


Change = Callable[[dict[str, bytes]], object]


def without(name: str) -> Change:
    return lambda parts: parts.pop(name)


def also(name: str) -> Change:
    return lambda parts: parts.update({name: b"x"})


def told(**changed: object) -> Change:
    """With other data in the record."""
    return lambda parts: parts.update(
        {"record.json": json.dumps(json.loads(parts["record.json"]) | changed).encode()}
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("record.json"), "record.json is missing"),
        (without("record.pdf"), "record.pdf is missing"),
        (without("files/0001.txt"), "files/0001.txt is missing"),
        (also("files/0002.txt"), "files/0002.txt is not in record.json"),
        (told(entries="none"), "record.json cannot be read"),
        (told(child=None), "record.json cannot be read"),
        (told(format="bigger-picture transfer 2"), "newer version"),
        (told(number=10**30), "record.json cannot be read"),
        (told(number=0), "record.json cannot be read"),
        (told(format="something else", entries=1), "record.json cannot be read"),
        (lambda parts: parts.update({"record.json": b"[" * 100_000}), "record.json cannot be read"),
        (lambda parts: parts.update({"record.json": b"\xff"}), "record.json cannot be read"),
        (lambda parts: parts.update({"files/0001.txt": b"MZ" + bytes(99)}),
         "files/0001.txt. This is a program"),
        (lambda parts: parts.update({"record.pdf": b"%PDF-1.7 none"}),
         "record.pdf. This PDF is damaged"),
    ],
)  # fmt: skip
def test_a_part_that_is_missing_too_many_or_unfit_is_named(
    school: School, sent: Sent, change: Change, said: str
) -> None:
    parts = sent.parts
    change(parts)
    assert said in refused(school, sent.remade(parts), sent.passphrase)


def by_hand(sent: Sent, parts: dict[str, bytes], **chosen: object) -> bytes:
    """A ZIP that no installation of ours would make."""
    made = io.BytesIO()
    options = {"encryption": pyzipper.WZ_AES, "compression": pyzipper.ZIP_DEFLATED, **chosen}
    with pyzipper.AESZipFile(made, "w", **options) as archive:
        archive.setpassword(sent.passphrase.encode())
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def whole(sent: Sent) -> dict[str, bytes]:
    return sealed.opened(sent.content, sent.passphrase)


def test_a_manifest_that_does_not_fit_is_told_part_by_part(school: School, sent: Sent) -> None:
    parts = whole(sent)
    for name, said in (("record.pdf", "is not what its manifest says"),
                       ("manifest.sha256", "is missing")):  # fmt: skip
        changed = {**parts, name: b"other"}
        if name == "manifest.sha256":
            del changed[name]
        assert f"{name} {said}" in refused(school, by_hand(sent, changed), sent.passphrase)
    more = {**parts, "files/0009.txt": b"x"}
    assert "files/0009.txt is not in its manifest" in refused(
        school, by_hand(sent, more), sent.passphrase
    )
    lines = parts["manifest.sha256"]
    for manifest, said in (
        (lines + b"nonsense\n", "manifest.sha256 cannot be read"),
        (lines + f"{hashlib.sha256(b'x').hexdigest()}  files/0007.txt\n".encode(),
         "files/0007.txt is missing"),
        (lines + f"{hashlib.sha256(b'x').hexdigest()}  ../Amy.txt\n".encode(), "a part is missing"),
    ):  # fmt: skip
        content = by_hand(sent, {**parts, "manifest.sha256": manifest})
        assert said in refused(school, content, sent.passphrase)


@pytest.mark.parametrize(
    "name",
    ["../x", "files/../../x", "/etc/passwd", "C:\\x", "files\\0002.txt", "files/0002.txt/x",
     "Amy.pdf", "earlier/1/manifest.sha256", "files/0002"],
)  # fmt: skip
def test_a_name_that_no_transfer_file_has_is_refused_and_not_repeated(
    school: School, sent: Sent, name: str
) -> None:
    said = refused(school, by_hand(sent, {**whole(sent), name: b"x"}), sent.passphrase)
    assert "a name that no transfer file has" in said
    assert name not in said


def test_two_parts_of_one_name_are_refused(school: School, sent: Sent) -> None:
    made = io.BytesIO(by_hand(sent, whole(sent)))
    with (
        pytest.warns(UserWarning),
        pyzipper.AESZipFile(made, "a", encryption=pyzipper.WZ_AES) as archive,
    ):
        archive.setpassword(sent.passphrase.encode())
        archive.writestr("record.pdf", b"another")
    assert "a name that no" in refused(school, made.getvalue(), sent.passphrase)


def test_what_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(
    school: School, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = by_hand(sent, {**whole(sent), "files/0002.txt": bytes(100 * 1024 * 1024)})
    monkeypatch.setattr(sealed, "MOST_PARTS", 20)
    many = by_hand(sent, {f"files/{n:04}.txt": b"" for n in range(21)})
    monkeypatch.setattr(pyzipper.AESZipFile, "read", None)  # whoever unpacks fails
    for content in (bomb, many):
        assert "unpacks to far more" in refused(school, content, sent.passphrase)


def test_a_part_holds_no_more_than_it_declares(school: School, sent: Sent) -> None:
    content = bytearray(by_hand(sent, {**whole(sent), "files/0002.txt": bytes(5_000_000)}))
    declared = struct.pack("<L", 5_000_000)
    while (at := content.find(declared)) >= 0:
        content[at : at + 4] = struct.pack("<L", 10)
    assert "damaged: files/0002.txt" in refused(school, bytes(content), sent.passphrase)


def test_a_huge_file_is_refused(school: School, sent: Sent) -> None:
    assert "larger than 150 MB" in refused(school, sent.content + bytes(sealed.LARGEST), "1")


def test_a_record_that_is_too_large_to_be_taken_in_is_not_sent(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "LARGEST", 10_000)
    with pytest.raises(Refused, match="larger than 150 MB together"):
        sent.remade(
            {"record.pdf": bytes(range(256)) * 400, "record.json": b"{}", "x": sent.content}
        )


@pytest.mark.parametrize(
    "options",
    [{"compression": pyzipper.ZIP_BZIP2}, {"compression": pyzipper.ZIP_LZMA}],
    ids=["bzip2", "lzma"],
)
def test_one_that_is_packed_otherwise_is_refused(
    school: School, sent: Sent, options: dict[str, object]
) -> None:
    made = by_hand(sent, whole(sent), **options)
    assert "not a transfer file" in refused(school, made, sent.passphrase)


def test_one_that_is_not_locked_is_refused(school: School, sent: Sent) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in whole(sent).items():
            archive.writestr(name, content)
    assert "not a transfer file" in refused(school, made.getvalue(), sent.passphrase)


def test_weaker_encryption_is_refused(school: School, sent: Sent) -> None:
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setencryption(pyzipper.WZ_AES, nbits=128)
        archive.setpassword(sent.passphrase.encode())
        for name, content in whole(sent).items():
            archive.writestr(name, content)
    assert "not a transfer file" in refused(school, made.getvalue(), sent.passphrase)
