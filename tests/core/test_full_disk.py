"""A full disk: what is refused is refused in a sentence, what was acknowledged stays."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import chronology, clock, incidents, sessions, sign_in
from core.errors import Refused
from core.person import SYSTEM, Role
from core.sign_in import WrongCode
from core.store import AlreadyRecorded, DiskFull, NotKept, Record, Store, new_id, proof
from tests.core import staffroom
from tests.core.histories import crashed, cut, lines, mended, opened, proved, told
from tests.core.samples import KEY, add, batch, setting
from tests.core.school import School, a_concern, a_school
from tests.prove import faulty, full_disks
from tests.prove.found import Found
from tests.prove.full_disks import room

LONG = "x" * 3000


def fill(store: Store, most: int = 400) -> list[str]:
    """Adds until it is refused; returns what was acknowledged."""
    kept: list[str] = []
    with pytest.raises(NotKept):
        for n in range(most):
            add(store, f"{n} {LONG}")
            kept.append(f"{n} {LONG}")
    return kept


def sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def test_no_room_for_the_journal(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "first", *(LONG for _ in range(20)))
        store.checkpoint()  # so that the log of the database begins anew, and has room
        with room(store.journal.path.stat().st_size + 10_000):
            kept = fill(store)
            assert kept and {"first", *kept} <= set(told(store))
            with pytest.raises(NotKept):
                add(store, "still full")
        add(store, "room again")
        assert proof.verify(store).count == len(told(store))
    values, _ = proved(folder)
    assert {"first", *kept, "room again"} <= set(values)
    assert "still full" not in values


def test_no_room_for_the_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as store:
        add(store, "first")
        with room((folder / "record.duckdb.wal").stat().st_size + 10_000):
            kept = fill(store)
            assert told(store) == ["first", *kept]
        add(store, "room again")
        assert proof.verify(store).count == len(told(store)) == len(kept) + 2
    assert proved(folder)[0] == ["first", *kept, "room again"]


def test_no_room_to_move_the_log_into_the_file(folder: Path) -> None:
    with opened(folder) as store:
        kept = [f"{n} {LONG}" for n in range(60)]
        add(store, *kept)
        with room(280_000):
            with pytest.raises(Exception, match="invalidated"):
                store.checkpoint()
            assert told(store) == kept
        add(store, "room again")
        assert proof.verify(store).count == 61
    assert proved(folder)[0] == [*kept, "room again"]


@settings(max_examples=3, deadline=None)
@given(rooms=st.lists(st.integers(0, 40_000), min_size=1, max_size=2))
def test_whatever_the_room_what_was_acknowledged_is_kept_and_the_copies_agree(
    tmp_path_factory: pytest.TempPathFactory, rooms: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("full") / "school"
    kept: list[str] = []
    with opened(folder) as store:
        add(store, "first")
        for spare in rooms:
            with room(min(sizes(folder).values()) + spare):
                kept += _kept(store, [setting(f"{n} {LONG}") for n in range(4)])
        add(store, "last")
        assert {"first", *kept, "last"} <= set(told(store))
        count = proof.verify(store).count
    assert proved(folder)[1] == count


def _kept(store: Store, records: list[Record]) -> list[str]:
    kept = []
    for record in records:
        try:
            store.append(record, by=SYSTEM)
        except NotKept:
            continue
        kept.append(str(vars(record)["value"]))
    return kept


def test_what_was_refused_can_be_sent_again_under_the_same_id(folder: Path) -> None:
    form = new_id()
    with opened(folder) as store:
        add(store, "first")
        with room(store.journal.path.stat().st_size + 100), pytest.raises(NotKept):
            store.append(setting("form", id=form), by=SYSTEM)
        try:
            store.append(setting("form", id=form), by=SYSTEM)
        except AlreadyRecorded:
            store.append(by=SYSTEM)
        assert told(store) == ["first", "form"]
        assert proof.verify(store).count == 2


def test_readers_are_answered_while_the_disk_is_full(folder: Path) -> None:
    with opened(folder) as store, ThreadPoolExecutor(4) as readers:
        add(store, "first")
        with room((folder / "record.duckdb.wal").stat().st_size + 5_000):
            reading = [readers.submit(told, store) for _ in range(100)]
            kept = fill(store)
            reading += [readers.submit(told, store) for _ in range(100)]
            assert all(each.result()[:1] == ["first"] for each in reading)
        assert told(store) == ["first", *kept]


def test_the_desk_refuses_and_goes_on(folder: Path) -> None:
    with opened(folder) as store:
        store.desk.change("CREATE TABLE notes (words VARCHAR)")
        with room((folder / "desk.duckdb.wal").stat().st_size + 10_000), pytest.raises(NotKept):
            for _ in range(100):
                store.desk.change("INSERT INTO notes VALUES ($words)", words=LONG)
        store.desk.change("INSERT INTO notes VALUES ('room again')")


def test_no_room_for_a_file_leaves_nothing_behind(store: Store) -> None:
    content = b"photograph" * 1000
    with room(5000), pytest.raises(OSError, match="File too large"):
        store.vault.put(content)
    assert list(store.vault.names()) == []
    assert not [path for path in store.vault.folder.rglob("*") if path.is_file()]
    assert store.vault.read(store.vault.put(content)) == content


def test_a_start_on_a_disk_without_a_byte_serves_reading_and_recovers_by_itself(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as store:
        school = a_school(store)
        lead = staffroom.with_password(store, Role.LEAD)
        secret, _ = staffroom.enrolled(store, lead)
        number = incidents.add(store, a_concern(school.amy.id), by=school.birch)
        crashed(folder, tmp_path / "killed")
    before = {path.name: path.read_bytes() for path in (tmp_path / "killed").glob("*.*")}
    with room(0):
        store = Store.open(tmp_path / "killed", KEY)
        assert not store.room.is_there and not store.look_for_room()
        assert [entry.incident.number for entry in _read(store, school)] == [number]
        with pytest.raises(DiskFull, match=r"^The disk is full: make room\."):
            incidents.add(store, a_concern(school.amy.id), by=school.birch)
        token = sign_in.sign_in(store, lead.email, staffroom.PASSWORD, address="home").token
        code = staffroom.code(secret, steps=1)
        token = sign_in.give_code(store, token, code)
        with pytest.raises(WrongCode):  # no code is taken twice, with or without a disk
            sign_in.give_code(store, token, code)
        assert sessions.of(store, token)
        read_at = clock.now()
    assert {name: (tmp_path / "killed" / name).read_bytes() for name in before} == before
    assert store.look_for_room() and store.room.is_there
    (opening,) = store.ask(At, "FROM openings WHERE subject = $pupil", pupil=school.amy.id)
    assert opening.recorded_at <= read_at and opening.recorded_by == school.lead.id
    assert staffroom.events(store, lead.id)[-3:] == ["signed_in", "code_given", "code_refused"]
    assert incidents.add(store, a_concern(school.amy.id), by=school.birch) == number + 1
    assert proof.verify(store).count > 0
    store.close()


@dataclass(frozen=True)
class At:
    recorded_at: datetime
    recorded_by: str


def _read(store: Store, school: School) -> Sequence[chronology.Entry]:
    return chronology.of(store, school.amy.id, by=school.lead).entries


def test_guesses_are_slowed_down_on_a_full_disk_as_well(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = staffroom.with_password(store), staffroom.Watch(monkeypatch)
    with room(0):
        tries = [sign_in.sign_in(store, anna.email, "wrong", address="away") for _ in range(5)]
    assert [bool(each.wait) for each in tries] == [False, False, False, True, True]
    assert sign_in.sign_in(store, anna.email, staffroom.PASSWORD, address="away").wait


def test_an_unfinished_append_waits_for_room_and_is_finished_without_a_word(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "first")
        store.append(*batch(1001), by=SYSTEM)
    cut(folder / "journal.jsonl", (folder / "journal.jsonl").stat().st_size - 9)
    with room(0):
        store = Store.open(folder, KEY)
        assert told(store) == ["first"] and store.head and store.head.seq == 5
    add(store, "room again")
    assert proof.verify(store).count == 6 and mended(store) == []
    store.close()


def test_what_a_full_disk_kept_from_being_mended_is_told_once_it_is(folder: Path) -> None:
    with opened(folder) as store:
        add(store, *"abcd")
    whole = lines(folder / "journal.jsonl")
    (folder / "journal.jsonl").write_bytes(b"".join(whole[:1]))
    with room(0):
        store = Store.open(folder, KEY)
        assert told(store) == [*"abcd"]
    add(store, "room again")
    assert mended(store) == [("journal", 3, 2)] and proof.verify(store).count == 6
    store.close()


def test_a_database_that_lacks_something_is_not_read_on_a_full_disk(folder: Path) -> None:
    """It would hide what it lacks."""
    with opened(folder) as store:
        add(store, *"abcd")
        crashed(folder, folder.with_name("killed"))
    (folder.with_name("killed") / "record.duckdb.wal").unlink()
    with room(0), pytest.raises(Refused, match=r"^The disk is full: make room, then try"):
        Store.open(folder.with_name("killed"), KEY)


def test_somewhere_within_every_write_the_disk_is_full(folder: Path) -> None:
    assert full_disks.attacked(folder, 6) == Found(tried=8)


def test_whichever_call_fails_a_form_is_kept_whole_or_not_and_what_is_told_is_true(
    folder: Path,
) -> None:
    found = faulty.attacked(folder, every=8)
    assert found == Found(tried=found.tried) and found.tried > 6
