"""A full disk: what is refused is refused in a sentence, what was acknowledged stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.person import SYSTEM
from core.store import AlreadyRecorded, NotKept, Record, Store, new_id, proof
from tests.core.histories import opened, proved, told
from tests.core.samples import add, setting
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


def test_somewhere_within_every_write_the_disk_is_full(folder: Path) -> None:
    assert full_disks.attacked(folder, 6) == Found(tried=7)


def test_whichever_call_fails_a_form_is_kept_whole_or_not_and_what_is_told_is_true(
    folder: Path,
) -> None:
    found = faulty.attacked(folder, every=8)
    assert found == Found(tried=found.tried) and found.tried > 6
