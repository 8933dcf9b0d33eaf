"""The desk: it may be changed and wiped, and is mended from its copy."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.store import AlreadyRecorded
from core.store.desk import Desk
from core.store.faults import Damaged, WrongKey
from tests.core.histories import crashed, cut, flip
from tests.core.samples import KEY, OTHER_KEY

FEW = settings(max_examples=8, deadline=None)  # each opens a desk

MAKE = "CREATE TABLE notes (name VARCHAR PRIMARY KEY, words VARCHAR)"


@dataclass(frozen=True)
class Note:
    name: str
    words: str


@contextmanager
def desk_in(folder: Path, key: bytes = KEY) -> Iterator[Desk]:
    folder.mkdir(exist_ok=True)
    with closing(Desk(folder / "desk.duckdb", key)) as desk:
        yield desk


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with desk_in(folder) as opened:
        opened.change(MAKE)
        yield opened


def note(desk: Desk, *names: str) -> None:
    for name in names:
        desk.change("INSERT INTO notes VALUES ($name, '')", name=name)


def notes(desk: Desk) -> list[str]:
    return [row.name for row in desk.ask(Note, "FROM notes ORDER BY name")]


def test_what_was_changed_stays(folder: Path, desk: Desk) -> None:
    note(desk, "a", "b", "c")
    desk.change("DELETE FROM notes WHERE name = $name", name="b")
    desk.change("UPDATE notes SET words = $words WHERE name = 'c'", words="typed – “so far”")
    with desk_in(crashed(folder, folder.with_name("killed"))) as after:
        assert after.ask(Note, "FROM notes ORDER BY name") == [
            Note("a", ""),
            Note("c", "typed – “so far”"),
        ]


def test_a_key_that_is_taken_is_told(desk: Desk) -> None:
    note(desk, "a")
    with pytest.raises(AlreadyRecorded):
        note(desk, "a")
    assert notes(desk) == ["a"]


def test_a_question_changes_nothing(desk: Desk) -> None:
    note(desk, "a")
    with pytest.raises(duckdb.Error):
        desk.ask(Note, "DELETE FROM notes RETURNING *")
    assert notes(desk) == ["a"]


@dataclass(frozen=True)
class Named:
    name: str


def filters_of(desk: Desk, person: str) -> list[str]:
    asked.append(person)
    sql = "SELECT name FROM filters WHERE person = $person ORDER BY name"
    return [row.name for row in desk.ask(Named, sql, person=person)]


asked: list[str] = []


def test_an_answer_is_held_until_its_table_is_changed(desk: Desk) -> None:
    asked.clear()
    add = "INSERT INTO filters VALUES ($id, 'ann', $id, '{}')"
    assert desk.kept(filters_of, "ann") == []
    desk.change(add, id="hungry")
    assert [desk.kept(filters_of, "ann") for _ in range(2)] == [["hungry"]] * 2
    note(desk, "of another table")
    with pytest.raises(AlreadyRecorded):
        desk.change(add, id="hungry")
    assert desk.kept(filters_of, "ben") == []
    assert desk.kept(filters_of, "ann") == ["hungry"]
    desk.change("DELETE FROM filters WHERE id = $id", id="hungry")
    assert desk.kept(filters_of, "ann") == []
    assert asked == ["ann", "ann", "ben", "ann", "ann"]


def test_only_one_of_many_gets_what_there_is_one_of(desk: Desk) -> None:
    def take(name: int) -> None:
        with desk.alone():
            if not notes(desk):
                note(desk, str(name))

    with ThreadPoolExecutor(8) as people:
        list(people.map(take, range(8)))
    assert len(notes(desk)) == 1


def test_another_key_is_refused_and_harms_nothing(folder: Path) -> None:
    with desk_in(folder) as desk:
        desk.change(MAKE)
        note(desk, "a")
    with pytest.raises(WrongKey), desk_in(folder, OTHER_KEY):
        pass
    with desk_in(folder) as desk:
        assert notes(desk) == ["a"]


def test_its_copy_is_fresh_when_it_is_closed(folder: Path) -> None:
    with desk_in(folder) as desk:
        desk.change(MAKE)
        note(desk, "a")
    (folder / "desk.duckdb").unlink()
    with desk_in(folder) as desk:
        assert notes(desk) == ["a"]


def test_a_copy_can_be_taken_while_others_write(folder: Path, desk: Desk, tmp_path: Path) -> None:
    def write(person: int) -> None:
        note(desk, *(f"{person}-{n}" for n in range(10)))

    with ThreadPoolExecutor(4) as people:
        writing = [people.submit(write, person) for person in range(4)]
        for _ in range(5):
            desk.copy()
        for each in writing:
            each.result()
    desk.copy()
    copied = tmp_path / "copied"
    copied.mkdir()
    (copied / "desk.duckdb").write_bytes((folder / "desk.copy").read_bytes())
    with desk_in(copied) as copy:
        assert len(notes(copy)) == 40


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of some length."""
    folder = tmp_path_factory.mktemp("full") / "school"
    with desk_in(folder) as desk:
        desk.change(MAKE)
        desk.change("INSERT INTO notes SELECT n, repeat(n::VARCHAR, 9) FROM range(2000) r (n)")
    return folder


@FEW
@given(at=st.integers(0), bit=st.integers(0, 7))
def test_one_flipped_bit_takes_nothing_away(
    full: Path, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = crashed(full, tmp_path_factory.mktemp("flipped") / "school")
    flip(folder / "desk.duckdb", at, bit)
    with desk_in(folder) as desk:
        assert len(notes(desk)) == 2000


def test_a_damaged_file_is_replaced_by_its_copy_and_kept(
    full: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = crashed(full, tmp_path / "school")
    flip(folder / "desk.duckdb", 100)
    with desk_in(folder) as desk:
        assert len(notes(desk)) == 2000
    assert "desk.duckdb was damaged or gone; its copy was put back" in caplog.messages
    assert len(list(folder.glob("desk.duckdb.2*"))) == 1


def test_damage_to_both_is_told_in_a_sentence(full: Path, tmp_path: Path) -> None:
    folder = crashed(full, tmp_path / "school")
    for path in (folder / "desk.duckdb", folder / "desk.copy"):
        flip(path, 100)
    with pytest.raises(Damaged, match="and its copy are damaged"), desk_in(folder):
        pass


@pytest.mark.parametrize("part", [0, 0.3, 0.9])
def test_changes_that_a_damaged_log_lost_are_told(
    folder: Path, desk: Desk, caplog: pytest.LogCaptureFixture, part: float
) -> None:
    desk.copy()
    note(desk, "a", "b", "c")
    killed = crashed(folder, folder.with_name("killed"))
    wal = killed / "desk.duckdb.wal"
    cut(wal, int(part * wal.stat().st_size))
    with desk_in(killed) as after:
        lost = 3 - len(notes(after))
    assert lost and f"desk.duckdb lost its newest {lost} changes" in caplog.messages


def test_nothing_is_told_where_nothing_was_lost(
    folder: Path, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    note(desk, "a", "b")
    killed = crashed(folder, folder.with_name("killed"))
    with caplog.at_level(logging.DEBUG), desk_in(killed) as after:
        assert notes(after) == ["a", "b"]
    assert caplog.messages == []


@pytest.mark.parametrize("content", [b"", b"nonsense", b"0" * 20])
def test_a_tally_that_is_gone_or_damaged_keeps_nobody_out(
    folder: Path, desk: Desk, content: bytes
) -> None:
    note(desk, "a")
    killed = crashed(folder, folder.with_name("killed"))
    (killed / "desk.tally").write_bytes(content)
    with desk_in(killed) as after:
        note(after, "b")
        assert notes(after) == ["a", "b"]
    assert (killed / "desk.tally").read_bytes() == b"%020d" % 3
