"""The journal: what a crash, a cut of power or a bad disk takes from one copy, the other holds."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.person import SYSTEM
from core.store import Contradiction, Store, entry, proof, rebuilding
from core.store import key as keys
from core.store.faults import Broken, Damaged, Unsound
from core.store.journal import Journal
from tests.core.histories import (
    beneath,
    crashed,
    cut,
    flip,
    lines,
    mended,
    mended_in,
    opened,
    proved,
    told,
)
from tests.core.samples import KEY, OTHER_KEY, add, batch

# Each example opens a record, which takes longer than Hypothesis allows for by itself.
FEW = settings(max_examples=8, deadline=None)

VALUES = [str(n) for n in range(12)]
COUNT = len(VALUES) + 4  # and one incident with three alerts, which are stored together


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the app leaves it when it is killed: half of the record is still in the log."""
    place = tmp_path_factory.mktemp("at-work")
    with opened(place / "app") as store:
        add(store, *VALUES[:6])
    with opened(place / "app") as store:
        add(store, *VALUES[6:])
        store.append(*batch(1), by=SYSTEM)
        return crashed(place / "app", place / "killed")


@pytest.fixture
def killed(at_work: Path, tmp_path: Path) -> Path:
    """The same, to be harmed."""
    return crashed(at_work, tmp_path / "killed")


def wal(folder: Path) -> Path:
    return folder / "record.duckdb.wal"


def journal(folder: Path) -> Path:
    return folder / "journal.jsonl"


def test_a_killed_app_has_lost_nothing(killed: Path) -> None:
    assert proved(killed) == (VALUES, COUNT)


@pytest.mark.parametrize("part", [0, 0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_log_that_was_cut_short_is_mended_from_the_journal(killed: Path, part: float) -> None:
    cut(wal(killed), int(part * wal(killed).stat().st_size))
    assert proved(killed) == (VALUES, COUNT)


def test_a_log_that_is_gone_is_mended_from_the_journal(
    killed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wal(killed).unlink()
    assert proved(killed) == (VALUES, COUNT)
    assert "the database lacked 10 records; they were added" in caplog.messages
    assert mended_in(killed) == [("database", 10, 7)]


def test_a_log_that_cannot_be_read_is_set_aside_and_mended_from_the_journal(
    killed: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path / "other", OTHER_KEY):
        shutil.copy(wal(tmp_path / "other"), wal(killed))
    assert proved(killed) == (VALUES, COUNT)
    assert "the log of record.duckdb could not be read and was set aside" in caplog.messages
    assert len(list(killed.glob("record.duckdb.wal.2*"))) == 1


@FEW
@given(at=st.integers(0), bit=st.integers(0, 7))
def test_a_log_with_one_flipped_bit_is_mended_from_the_journal(
    at_work: Path, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = crashed(at_work, tmp_path_factory.mktemp("flipped") / "school")
    flip(wal(folder), at, bit)
    assert proved(folder) == (VALUES, COUNT)


def test_a_log_that_was_left_over_is_set_aside(killed: Path) -> None:
    """After a cut of power the log may be there again, though it was moved into the file."""
    shutil.copy(wal(killed), killed / "left-over")
    with opened(killed):
        pass
    shutil.move(killed / "left-over", wal(killed))
    assert proved(killed) == (VALUES, COUNT)


@FEW
@given(at=st.integers(0), bit=st.integers(0, 7))
@example(at=7391217, bit=0)  # beside the records, which fit
def test_a_flipped_bit_in_the_database_is_named_or_harmless_and_can_be_mended(
    at_work: Path, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = crashed(at_work, tmp_path_factory.mktemp("flipped") / "school")
    flip(folder / "record.duckdb", at, bit)
    try:
        assert proved(folder) == (VALUES, COUNT)
    except Damaged as found:
        assert str(found).startswith("record.duckdb is damaged: run “python -m core rebuild”")
        assert rebuilding.rebuild(folder, KEY).count == COUNT + 1  # that it was needed is a record
        assert proved(folder) == (VALUES, COUNT) and mended_in(folder) == [("database", 0, 0)]


@pytest.mark.parametrize("length", [0, 100, 4096, 12288, 20000, 300_000])
def test_a_database_that_was_cut_short_is_named_or_mended(killed: Path, length: int) -> None:
    cut(killed / "record.duckdb", length)
    try:
        assert proved(killed) == (VALUES, COUNT)
    except Damaged as found:
        assert str(found).startswith("record.duckdb is damaged: run “python -m core rebuild”")
        assert rebuilding.rebuild(killed, KEY).count == COUNT + 1  # that it was needed is a record
        assert proved(killed) == (VALUES, COUNT) and mended_in(killed) == [("database", 0, 0)]


def test_a_database_that_is_gone_is_made_from_the_journal(killed: Path) -> None:
    (killed / "record.duckdb").unlink()
    assert proved(killed) == (VALUES, COUNT)


def test_a_journal_that_is_gone_is_made_from_the_database(
    killed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal(killed).unlink()
    assert proved(killed) == (VALUES, COUNT)
    assert f"journal.jsonl lacked {COUNT} records; they were added" in caplog.messages
    assert mended_in(killed) == [("journal", COUNT, 1)]


def test_a_journal_made_from_the_database_can_make_the_database(killed: Path) -> None:
    journal(killed).unlink()
    assert proved(killed) == (VALUES, COUNT)
    (killed / "record.duckdb").unlink()
    assert proved(killed) == (VALUES, COUNT)


def test_both_copies_gone_is_an_empty_record_and_not_a_mistake(killed: Path) -> None:
    for path in (*killed.glob("record*"), journal(killed)):
        path.unlink()
    assert proved(killed) == ([], 0)


@FEW
@given(data=st.data())
def test_a_journal_that_was_torn_anywhere_is_mended_from_the_database(
    at_work: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = crashed(at_work, tmp_path_factory.mktemp("torn") / "school")
    whole = lines(journal(folder))
    cut(journal(folder), data.draw(st.integers(len(whole[0]), len(b"".join(whole)) - 1)))
    assert proved(folder) == (VALUES, COUNT)


def test_a_torn_line_that_was_never_acknowledged_is_taken_off(killed: Path) -> None:
    with journal(killed).open("ab") as file:
        file.write(b'{"seq":17,"last":17,"sealed":"AAA')
    assert proved(killed) == (VALUES, COUNT)


def test_unfinished_company_is_taken_off_with_what_it_belongs_to(killed: Path) -> None:
    """Killed in the middle of writing an incident with its alerts, and the log lost as well."""
    wal(killed).unlink()
    whole = lines(journal(killed))
    journal(killed).write_bytes(b"".join(whole[:-2]))
    assert proved(killed) == (VALUES, len(VALUES))


@pytest.mark.parametrize("nth", [-4, -3, -2])
def test_company_that_lost_a_line_before_its_last_is_made_anew_from_the_database(
    killed: Path, nth: int
) -> None:
    """As a cut of power may leave it: what was written last is there, and what came before not."""
    whole = lines(journal(killed))
    whole[nth] = bytes(len(whole[nth]))
    journal(killed).write_bytes(b"".join(whole))
    assert proved(killed) == (VALUES, COUNT)


def test_lines_that_cannot_be_read_are_taken_off_only_if_the_database_has_them(
    killed: Path,
) -> None:
    whole = lines(journal(killed))
    journal(killed).write_bytes(b"".join(whole[:-1]) + b"{}\n")
    assert proved(crashed(killed, killed.with_name("mended"))) == (VALUES, COUNT)
    wal(killed).unlink()
    with pytest.raises(Damaged, match="cannot be read behind record 12"):
        Store.open(killed, KEY)


@FEW
@given(at=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_in_the_journal_is_named_or_mended(
    at_work: Path, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = crashed(at_work, tmp_path_factory.mktemp("flipped") / "school")
    flip(journal(folder), at, bit)
    with opened(folder) as store:
        assert told(store) == VALUES
        try:
            assert proof.verify(store).count == COUNT + len(mended(store))
        except (Broken, Damaged) as found:
            line = lines(journal(folder))
            assert f"record {_seq_at(line, at)}" in str(found)


def _seq_at(whole: list[bytes], at: int) -> int:
    """The number of the record in whose line a byte lies; a lost newline spoils the next line."""
    at %= sum(map(len, whole))
    seq = 0
    while at >= 0:
        at -= len(whole[seq])
        seq += 1
    return seq


def test_the_journal_may_lie_on_another_disk(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setenv("JOURNAL_FILE", str(disk / "oakfield.jsonl"))
    with opened(folder) as store:
        add(store, "kept")
    assert not journal(folder).exists()
    shutil.rmtree(folder)
    assert proved(folder) == (["kept"], 1)


def test_a_disk_that_is_not_mounted_is_told_in_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_FILE", str(tmp_path / "not-mounted" / "journal.jsonl"))
    with pytest.raises(Refused, match="mount its disk"):
        Store.open(folder, KEY)


def test_two_copies_that_tell_different_things_are_refused(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as store:
        add(store, "same")
    other = crashed(folder, tmp_path / "other")
    for place, value in ((folder, "this"), (other, "that")):
        with opened(place) as store:
            add(store, value, value)
    shutil.copy(journal(other), journal(folder))
    with pytest.raises(Contradiction, match="differ at record 3"):
        Store.open(folder, KEY)


def test_a_row_whose_line_somebody_took_out_of_the_ledger_is_named(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "first", "last")
    with beneath(folder) as database, database.writing() as cursor:
        cursor.execute("DELETE FROM ledger WHERE seq = 2")
    with pytest.raises(Contradiction, match="differ at record 2"):
        Store.open(folder, KEY)


def test_a_longer_journal_of_another_history_is_refused(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as store:
        add(store, "same")
    other = crashed(folder, tmp_path / "other")
    for place, values in ((folder, "a"), (other, "bcd")):
        with opened(place) as store:
            add(store, *values)
    shutil.copy(journal(other), journal(folder))
    with pytest.raises(Contradiction, match="differ at record 3"):
        Store.open(folder, KEY)


def test_a_journal_of_another_school_is_refused_and_not_touched(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "other", OTHER_KEY) as store:
        add(store, "theirs")
    before = journal(tmp_path / "other").read_bytes()
    monkeypatch.setenv("JOURNAL_FILE", str(journal(tmp_path / "other")))
    with pytest.raises(Refused, match="cannot be opened with this key"):
        Store.open(killed, KEY)
    assert journal(tmp_path / "other").read_bytes() == before


def test_entries_are_found_by_their_number(at_work: Path) -> None:
    kept = Journal(journal(at_work), keys.derived(KEY, "journal"))
    for after in range(COUNT + 1):
        found = [entry.seq for entry in kept.entries(after=after)]
        assert found == list(range(after + 1, COUNT + 1))


def test_each_line_shows_nothing_but_its_place(at_work: Path) -> None:
    assert all(b"motto" not in line and b"settings" not in line for line in lines(journal(at_work)))
    assert lines(journal(at_work))[-1].startswith(b'{"seq":16,"last":16,"sealed":"')
    assert lines(journal(at_work))[-2].startswith(b'{"seq":15,"last":16,"sealed":"')


def test_a_line_that_was_left_out_is_named(killed: Path) -> None:
    whole = lines(journal(killed))
    journal(killed).write_bytes(b"".join(whole[:3] + whole[4:]))
    with opened(killed) as store, pytest.raises(Unsound, match="record 4"):
        proof.verify(store)


def test_lines_that_changed_places_are_named(killed: Path) -> None:
    whole = lines(journal(killed))
    whole[5], whole[6] = whole[6], whole[5]
    journal(killed).write_bytes(b"".join(whole))
    with opened(killed) as store, pytest.raises(Unsound, match="record 6"):
        proof.verify(store)


@pytest.mark.parametrize(
    ("part", "told_of"),
    [("text", "record 3: the journal tells something else"),
     ("head", "record 3: its line in the journal is another one")],
)  # fmt: skip
def test_an_entry_that_was_written_anew_with_the_key_is_named(
    killed: Path, part: str, told_of: str
) -> None:
    cipher = AESGCM(keys.derived(KEY, "journal"))
    whole = lines(journal(killed))
    third = entry.opened(whole[2], cipher)
    assert third is not None
    changed = third._replace(**{part: getattr(third, part).replace(b"2", b"7")})
    assert changed != third
    whole[2] = entry.locked(changed, cipher) + b"\n"
    journal(killed).write_bytes(b"".join(whole))
    with opened(killed) as store, pytest.raises(Broken) as found:
        proof.verify(store)
    assert told_of in str(found.value).replace(" (settings)", "")


def test_healing_is_told_in_the_log_without_any_content(
    killed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wal(killed).unlink()
    with caplog.at_level(logging.DEBUG), opened(killed):
        pass
    assert caplog.messages == ["the database lacked 10 records; they were added"]
