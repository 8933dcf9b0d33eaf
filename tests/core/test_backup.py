"""Backups: taken while people write, encrypted, and restored once before they count."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.person import SYSTEM
from core.records import Attachment
from core.store import Store, backup, lock, parcel, places, proof, rebuilding, start
from core.store import key as keys
from core.store.faults import Broken, Damaged, InUse, NoBackup, Unsound, WrongKey
from core.store.progress import Step
from tests.core.histories import crashed, cut, flip, mended_in, opened, proved, tampered, told
from tests.core.samples import KEY, OTHER_KEY, add, batch
from tests.prove.full_disks import room

PHOTOGRAPH = bytes(range(256)) * 5000  # longer than one chunk


@dataclass(frozen=True)
class Note:
    words: str


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a file and a desk, and its backup beside it."""
    folder = tmp_path_factory.mktemp("backup") / "school"
    with opened(folder) as store:
        digest = store.vault.put(PHOTOGRAPH)
        add(store, "one", "two")
        store.append(
            *batch(1001),
            Attachment(incident="i", name="a.png", media_type="image/png", size=9, digest=digest),
            by=SYSTEM,
        )
        store.desk.change("CREATE TABLE notes (words VARCHAR)")
        store.desk.change("INSERT INTO notes VALUES ('draft')")
    backup.take(folder, KEY, folder.with_name("school.backup"))
    return folder


@pytest.fixture
def taken(school: Path) -> Path:
    return school.with_name("school.backup")


def test_everything_comes_back(taken: Path, tmp_path: Path) -> None:
    restored = backup.restore(taken, tmp_path / "new", KEY)
    assert restored.count == 7
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "desk.copy", "desk.duckdb", "desk.tally", "files", "journal.jsonl", "record.duckdb",
    ]  # fmt: skip
    with opened(tmp_path / "new") as store:
        (file,) = store.ask(Attachment, "FROM attachments")
        assert told(store) == ["one", "two"]
        assert store.vault.read(file.digest) == PHOTOGRAPH
        assert [note.words for note in store.desk.ask(Note, "FROM notes")] == ["draft"]
        add(store, "three")
        assert proof.verify(store).count == 8


def test_what_is_made_on_purpose_is_not_told_as_damage(
    school: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = crashed(school, tmp_path / "data")
    backup.take(data, KEY, tmp_path / "b")
    backup.restore(tmp_path / "b", tmp_path / "new", KEY)
    rebuilding.rebuild(tmp_path / "new", KEY)
    assert caplog.messages == []
    assert mended_in(data) == mended_in(tmp_path / "new") == []


@pytest.mark.parametrize("harm", ["edited", "damaged"])
def test_a_rebuilding_that_was_needed_is_told(school: Path, tmp_path: Path, harm: str) -> None:
    folder = crashed(school, tmp_path / "data")
    if harm == "edited":
        tampered(folder, "UPDATE settings SET value = 'x' WHERE value = 'one'")
    else:
        flip(folder / "record.duckdb", 100)
    rebuilding.rebuild(folder, KEY)
    assert mended_in(folder) == [("database", 0, 0)]


def test_nothing_in_it_can_be_read_without_the_key(taken: Path) -> None:
    assert b"journal" not in taken.read_bytes() and b"files/" not in taken.read_bytes()


def test_it_is_taken_while_the_app_has_the_record_open(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as store:
        add(store, "one")
        backup.take(folder, KEY, tmp_path / "school.backup")
        add(store, "two")
    backup.restore(tmp_path / "school.backup", tmp_path / "new", KEY)
    assert proved(tmp_path / "new") == (["one"], 1)


def test_it_leaves_out_what_is_being_written(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as store:
        store.append(*batch(1001), by=SYSTEM)
        store.append(*batch(1002), by=SYSTEM)
        cut(store.journal.path, store.journal.path.stat().st_size - 700)
        assert backup.take(folder, KEY, tmp_path / "school.backup").count == 4


def test_the_journal_on_another_disk_is_not_touched_by_the_check(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_FILE", str(tmp_path / "other.jsonl"))
    with opened(folder) as store:
        add(store, "one")
    before = (tmp_path / "other.jsonl").read_bytes()
    backup.take(folder, KEY, tmp_path / "school.backup")
    assert (tmp_path / "other.jsonl").read_bytes() == before
    monkeypatch.delenv("JOURNAL_FILE")
    backup.restore(tmp_path / "school.backup", tmp_path / "new", KEY)
    assert proved(tmp_path / "new") == (["one"], 1)


def test_what_cannot_be_restored_is_no_backup_and_the_old_one_stays(
    school: Path, tmp_path: Path
) -> None:
    folder = crashed(school, tmp_path / "school")
    (tmp_path / "school.backup").write_bytes(b"the old one")
    (file,) = (path for path in (folder / "files").rglob("*") if path.is_file())
    flip(file, 100)
    with pytest.raises(Broken, match=r"record 7 \(attachments\): its file is lost or was changed"):
        backup.take(folder, KEY, tmp_path / "school.backup")
    assert (tmp_path / "school.backup").read_bytes() == b"the old one"
    assert {path.name for path in tmp_path.iterdir()} == {"school", "school.backup"}


@contextmanager
def nothing_made(folder: Path, wrong: type[Exception], sentence: str) -> Iterator[None]:
    with pytest.raises(wrong, match=sentence):
        yield
    assert not folder.exists()


@pytest.mark.parametrize("harm", ["flipped", "cut", "longer", "other key", "no backup", "gone"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_made(
    taken: Path, tmp_path: Path, harm: str
) -> None:
    file, key = tmp_path / "harmed.backup", KEY
    shutil.copy(taken, file)
    if harm == "flipped":
        flip(file, file.stat().st_size // 2)
    elif harm == "cut":
        cut(file, file.stat().st_size - 1)
    elif harm == "longer":
        file.write_bytes(file.read_bytes() + b"\0")
    elif harm == "other key":
        key = OTHER_KEY
    elif harm == "no backup":
        file.write_bytes(b"%PDF-1.7")
    else:
        file.unlink()
    with nothing_made(tmp_path / "new", Refused, "backup"):
        backup.restore(file, tmp_path / "new", key)


def test_an_empty_folder_that_was_there_stays_empty(taken: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(NoBackup):
        backup.restore(taken, tmp_path / "new", OTHER_KEY)
    assert list((tmp_path / "new").iterdir()) == []
    assert backup.restore(taken, tmp_path / "new", KEY).count == 7


def test_it_is_only_restored_into_an_empty_folder(taken: Path, folder: Path) -> None:
    with opened(folder) as store:
        add(store, "here")
    with pytest.raises(Refused, match="not an empty folder"):
        backup.restore(taken, folder, KEY)
    assert proved(folder) == (["here"], 1)


def test_a_restore_that_was_cut_while_it_unpacked_is_begun_anew(
    taken: Path, tmp_path: Path
) -> None:
    stage = tmp_path / "new" / "restoring"
    (stage / "files").mkdir(parents=True)
    (stage / "journal.jsonl").write_bytes(b"half of it")
    assert backup.restore(taken, tmp_path / "new", KEY).count == 7
    assert not stage.exists()


MOVED = ["desk.copy", "desk.duckdb", "desk.tally", "files", "record.duckdb", "journal.jsonl"]


@pytest.fixture(scope="module")
def restored(school: Path) -> Path:
    folder = school.with_name("restored")
    backup.restore(school.with_name("school.backup"), folder, KEY)
    return folder


def cut_after(restored: Path, taken: Path, folder: Path, parts: int) -> Path:
    """A restore as it is when it was cut once so many parts were moved to their place."""
    shutil.copytree(restored, folder)
    with taken.open("rb") as file:
        stage = folder / f"restored-{parcel.salt(file).hex()}"
    stage.mkdir()
    for name in MOVED[parts:]:
        (folder / name).rename(stage / name)
    return folder


@pytest.mark.parametrize("parts", range(7))
def test_a_restore_that_was_cut_at_its_end_is_finished_by_the_next_one_or_by_a_start(
    restored: Path, taken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    again = cut_after(restored, taken, tmp_path / "again", parts)
    assert backup.restore(taken, again, KEY).count == 7
    assert sorted(path.name for path in again.iterdir()) == sorted(MOVED)
    started = cut_after(restored, taken, tmp_path / "started", parts)
    (tmp_path / "key").write_text(keys.sheet(KEY))
    monkeypatch.setenv("RECORD_KEY_FILE", str(tmp_path / "key"))
    with closing(start.begin(started)) as store:
        assert told(store) == ["one", "two"]
        assert proof.verify(store).count == 7


def test_another_backup_is_not_restored_over_one_that_was_cut(
    restored: Path, taken: Path, folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as store:
        add(store, "another")
    backup.take(folder, KEY, tmp_path / "other.backup")
    new = cut_after(restored, taken, tmp_path / "new", 3)
    with pytest.raises(Refused, match="not an empty folder"):
        backup.restore(tmp_path / "other.backup", new, KEY)
    assert proved(new) == (["one", "two"], 7)


def test_what_was_restored_does_not_replace_a_record_that_is_there(
    restored: Path, taken: Path, tmp_path: Path
) -> None:
    new = cut_after(restored, taken, tmp_path / "new", 0)
    (new / "record.duckdb").write_bytes(b"another record")
    with pytest.raises(Refused, match="there is another record now"):
        backup.restore(taken, new, KEY)
    assert (new / "record.duckdb").read_bytes() == b"another record"


def test_two_restores_into_one_folder_are_not_mixed(taken: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with lock.held(tmp_path / "new"), pytest.raises(InUse, match="in use"):
        backup.restore(taken, tmp_path / "new", KEY)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_full_place_is_named_and_no_inner_file(school: Path, taken: Path, tmp_path: Path) -> None:
    with room(400_000), pytest.raises(Refused) as refused:
        backup.take(school, KEY, tmp_path / "school.backup")
    assert str(refused.value) == places.NO_ROOM.format(place=tmp_path)
    with room(400_000), pytest.raises(Refused) as refused:
        backup.restore(taken, tmp_path / "new", KEY)
    assert str(refused.value) == places.NO_ROOM.format(place=tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["Copying", "Verifying"])
def test_a_stick_that_is_pulled_is_named_and_no_inner_file(
    school: Path, tmp_path: Path, what: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    @contextmanager
    def pulling(now: str, of: int) -> Iterator[Step]:
        if now == what:
            shutil.rmtree(stick, ignore_errors=True)
        yield lambda _: None

    with pytest.raises(Refused) as refused:
        backup.take(school, KEY, stick / "school.backup", progress=pulling)
    assert str(refused.value) == places.AWAY.format(place=stick)


def test_a_record_that_cannot_be_read_is_named_and_not_the_place(
    school: Path, tmp_path: Path
) -> None:
    folder = crashed(school, tmp_path / "school")
    with opened(folder), pytest.raises(Refused) as refused:  # which would make the copy anew
        (folder / "desk.copy").unlink()
        backup.take(folder, KEY, tmp_path / "school.backup")
    assert str(refused.value) == places.UNREAD.format(place=folder)


def test_two_backups_into_one_place_wait_for_each_other(school: Path, tmp_path: Path) -> None:
    with lock.held(tmp_path), pytest.raises(InUse, match="Another backup is just being written"):
        backup.take(school, KEY, tmp_path / "school.backup")


def test_where_there_is_no_record_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no record"):
        backup.take(tmp_path / "none", KEY, tmp_path / "school.backup")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["", "missing/school.backup"])
def test_a_place_that_cannot_take_it_is_refused_first(
    school: Path, tmp_path: Path, file: str
) -> None:
    with pytest.raises(Refused, match="name a file in a folder that is there"):
        backup.take(school, KEY, tmp_path / file)


@given(parts=st.lists(st.binary(max_size=90), max_size=9), data=st.data())
def test_a_parcel_opens_only_as_it_was_closed(parts: list[bytes], data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parcel, "CHUNK", 32)
        sealed = _closed(parts)
        assert _opened(sealed) == b"".join(parts)
        chunks = _chunks(sealed)
        harmed = data.draw(
            st.permutations(chunks).filter(lambda order: list(order) != chunks)
            | st.integers(0, len(chunks) - 1).map(lambda n: chunks[:n] + chunks[n + 1 :])
            | st.integers(0, len(chunks) - 1).map(lambda n: chunks[: n + 1] + chunks[n:])
            if len(chunks) > 1
            else st.just([])
        )
        with pytest.raises(NoBackup):
            _opened(sealed[:_HEAD] + b"".join(harmed))


@given(content=st.binary(max_size=90), at=st.integers(0), bit=st.integers(0, 7))
def test_no_bit_of_a_parcel_can_be_changed(content: bytes, at: int, bit: int) -> None:
    sealed = bytearray(_closed([content]))
    sealed[at % len(sealed)] ^= 1 << bit
    with pytest.raises(NoBackup):
        _opened(bytes(sealed))


_HEAD = len(parcel.MARK) + parcel.SALT


def _closed(parts: list[bytes]) -> bytes:
    file = io.BytesIO()
    writer = parcel.Writer(file, KEY)
    for part in parts:
        writer.write(part)
    writer.close()
    return file.getvalue()


def _opened(sealed: bytes) -> bytes:
    reader, content = parcel.Reader(io.BytesIO(sealed), KEY), b""
    while some := reader.read(7):
        content += some
    return content


def _chunks(sealed: bytes) -> list[bytes]:
    size = parcel.CHUNK + parcel.TAG
    return [sealed[at : at + size] for at in range(_HEAD, len(sealed), size)]


def test_the_database_is_made_anew_and_the_old_one_kept(school: Path, tmp_path: Path) -> None:
    folder = crashed(school, tmp_path / "school")
    flip(folder / "record.duckdb", 100)
    with pytest.raises(Damaged, match="run “python -m core rebuild”"):
        Store.open(folder, KEY)
    assert rebuilding.rebuild(folder, KEY).count == 8  # with the record that it was needed
    assert proved(folder) == (["one", "two"], 7)
    assert len(list(folder.glob("record.duckdb.2*"))) == 1


def test_rebuilding_undoes_what_was_changed_behind_its_back(school: Path, tmp_path: Path) -> None:
    folder = crashed(school, tmp_path / "school")
    tampered(folder, "UPDATE settings SET value = 'changed'")
    assert rebuilding.rebuild(folder, KEY).count == 8  # with the record that it was needed
    assert proved(folder) == (["one", "two"], 7)


def test_rebuilding_loses_nothing_that_only_the_database_has(school: Path, tmp_path: Path) -> None:
    folder = crashed(school, tmp_path / "school")
    journal = folder / "journal.jsonl"
    cut(journal, journal.stat().st_size - 700)
    assert rebuilding.rebuild(folder, KEY).count == 7


def test_a_damaged_journal_rebuilds_nothing_and_moves_nothing(school: Path, tmp_path: Path) -> None:
    folder = crashed(school, tmp_path / "school")
    flip(folder / "journal.jsonl", 300)
    with pytest.raises(Unsound, match="record 1"):
        rebuilding.rebuild(folder, KEY)
    with opened(folder) as store:
        assert told(store) == ["one", "two"]
    assert not list(folder.glob("record.duckdb.2*"))


def test_another_key_rebuilds_nothing(school: Path, tmp_path: Path) -> None:
    folder = crashed(school, tmp_path / "school")
    with pytest.raises(WrongKey):
        rebuilding.rebuild(folder, OTHER_KEY)
    assert proved(folder) == (["one", "two"], 7)


def test_a_record_that_is_open_is_not_rebuilt(store: Store) -> None:
    add(store, "one")
    with pytest.raises(Refused, match="in use"):
        rebuilding.rebuild(store.folder, KEY)
    assert told(store) == ["one"]
