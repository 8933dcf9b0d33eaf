"""The start of a record: which key, which folder, and what was cut before."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import clock, key_care
from core.errors import Refused
from core.store import disk, keyring, leftovers, lock, start
from core.store import key as keys
from core.store.faults import InUse, WrongKey
from core.web import school
from tests.core.histories import opened, proved, told
from tests.core.samples import KEY, add
from tests.prove import first_starts


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "live"


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of keys of somebody who has named none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "bigger-picture"


@pytest.fixture
def served(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`school.open_` finds the folder; whatever it opens is closed."""
    monkeypatch.setenv("DATA", str(data))
    yield
    while school._opened:
        school.close()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with something in it, beside its key."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "key").write_text(keys.sheet(KEY))
    (folder / "key").chmod(0o600)
    with opened(folder / "data") as store:
        add(store, "one", "two")
    return folder


@pytest.fixture
def own(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, for one test."""
    shutil.copytree(begun, tmp_path / "own")
    monkeypatch.setenv("RECORD_KEY_FILE", str(tmp_path / "own" / "key"))
    return tmp_path / "own"


def begin(folder: Path) -> None:
    """A start, and its end."""
    start.begin(folder).close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.usefixtures("served")
def test_a_first_start_makes_a_key_and_the_next_one_finds_it(
    data: Path, ring: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school.open_(), "first")
    school.close()
    (key,) = ring.iterdir()
    assert f"A key was made for this school's record: {key}" in capsys.readouterr().out
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and not keys.is_unused(key)
    assert told(school.open_()) == ["first"]
    assert capsys.readouterr() == ("", "")
    assert lock.NAME not in names(data)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_key_and_no_record_begin_nothing(data: Path, is_there: bool) -> None:
    """Its disk is not mounted, or DATA is mistyped."""
    keys.use(_made(keys.location(data)))
    if is_there:
        data.mkdir(parents=True)
    with pytest.raises(Refused, match=r"belongs to a record that is not here.* is its disk there"):
        school.open_()
    assert data.exists() is is_there and names(data) == []


def _made(key: Path) -> Path:
    keys.make(key)
    return key


def test_a_journal_on_another_disk_begins_nothing_in_an_empty_folder(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_FILE", str(tmp_path / "journal.jsonl"))
    begin(own / "data")
    (own / "data").rename(own / "unmounted")
    with pytest.raises(Refused, match=r"The journal is there, but .* is its disk there"):
        begin(own / "data")
    assert not (own / "data").exists()


def test_to_begin_anew_the_key_is_moved_away(data: Path) -> None:
    key = _made(keys.location(data))
    keys.use(key)
    key.rename(key.with_name("away"))
    with closing(start.begin(data)) as store:
        assert told(store) == []
    assert key.read_bytes() != key.with_name("away").read_bytes()


# Where a first start can be cut: what is there by then.
CUTS = {
    "before anything": [],
    "a lock": [lock.NAME],
    "a key": ["key"],
    "an empty journal": ["key", "journal.jsonl"],
    "an unfinished database": ["key", "journal.jsonl", "record.duckdb"],
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_first_start_that_was_cut_is_started_again(data: Path, cut: str) -> None:
    data.mkdir(parents=True)
    for name in CUTS[cut]:
        keys.make(keys.location(data)) if name == "key" else (data / name).touch()
    begin(data)
    assert not keys.is_unused(keys.location(data))
    shutil.move(data, data.with_name("unmounted"))
    with pytest.raises(Refused, match="belongs to a record that is not here"):
        begin(data)


def test_a_first_start_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    assert first_starts.killed(tmp_path, 2) == first_starts.Starts(tried=2)


def test_of_two_first_starts_at_once_one_is_refused_and_the_record_opens_by_the_file(
    tmp_path: Path,
) -> None:
    assert first_starts.paired(tmp_path, 3) == first_starts.Starts(tried=3)


def test_a_key_is_never_made_over_another(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("somebody's")
    with pytest.raises(Refused, match="A key is there already"):
        keys.make(tmp_path / "key")
    assert names(tmp_path) == ["key"] and (tmp_path / "key").read_text() == "somebody's"


def test_a_key_that_came_meanwhile_is_not_replaced(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other program's comes between the look and the writing, while the new key is drawn."""
    place, draw = keys.location(data), os.urandom

    def drawn(size: int) -> bytes:
        if size == keys.SIZE:
            disk.folder(place.parent)
            place.write_text(keys.sheet(KEY))
        return draw(size)

    monkeypatch.setattr(os, "urandom", drawn)
    with pytest.raises(Refused, match="A key is there already"):
        begin(data)
    assert place.read_text() == keys.sheet(KEY)


def test_a_wrong_key_lets_nobody_in_and_stays_as_it_is(own: Path) -> None:
    (own / "key").unlink()
    keys.make(own / "key")
    before = (own / "key").read_bytes()
    with pytest.raises(WrongKey):
        begin(own / "data")
    assert (own / "key").read_bytes() == before


def test_a_folder_is_for_one_start_at_a_time(own: Path) -> None:
    with lock.held(own / "data") as is_alone, pytest.raises(InUse, match="is in use"):
        assert is_alone
        begin(own / "data")
    begin(own / "data")
    assert lock.NAME not in names(own / "data")


def test_a_lock_of_a_program_that_was_killed_holds_nobody_off(own: Path) -> None:
    (own / "data" / lock.NAME).touch()
    begin(own / "data")


def test_two_clones_on_one_machine_have_a_key_each(tmp_path: Path, ring: Path) -> None:
    one, two = tmp_path / "one" / "data" / "live", tmp_path / "two" / "data" / "live"
    begin(one)
    begin(two)
    assert len(names(ring)) == 2
    assert keys.read(keys.location(one)) != keys.read(keys.location(two))
    assert keys.location(one / ".." / "live") == keys.location(one)


def test_a_key_of_an_older_name_is_found_by_its_record_and_known_by_its_new_name_after_that(
    own: Path, ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECORD_KEY_FILE")
    ring.mkdir(parents=True)
    shutil.copy(own / "key", ring / "data.key")
    begin(own / "data")
    named = keys.location(own / "data")
    assert named.name != "data.key" and {*names(ring)} == {"data.key", named.name}
    assert keys.read(named) == KEY and stat.S_IMODE(named.stat().st_mode) == 0o600
    shutil.move(own / "data", own / "unmounted")
    with pytest.raises(Refused, match="is its disk there"):
        begin(own / "data")


@pytest.mark.usefixtures("served")
def test_a_key_of_an_older_name_may_be_another_schools_and_is_left_alone_by_a_first_start(
    data: Path, ring: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ring.mkdir(parents=True)
    (ring / "live.key").write_text(keys.sheet(KEY))
    school.open_()
    assert keys.read(keys.location(data)) != KEY
    assert (ring / "live.key").read_text() == keys.sheet(KEY)
    assert f"There is a key of an older name: {ring / 'live.key'}" in capsys.readouterr().out


def test_a_key_of_an_older_name_that_opens_another_record_is_refused_by_this_one(
    own: Path, ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECORD_KEY_FILE")
    ring.mkdir(parents=True)
    (ring / "data.key").write_text(keys.sheet(bytes(32)))
    with pytest.raises(WrongKey):
        begin(own / "data")
    assert names(ring) == ["data.key"]


@pytest.mark.usefixtures("served")
def test_a_key_that_others_can_read_is_taken_and_told_with_what_mends_it(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA", str(own / "data"))
    for mode in (0o604, 0o640, 0o666, 0o600):
        (own / "key").chmod(mode)
        school.open_()
        err = capsys.readouterr().err
        assert (f"run “chmod 600 {own / 'key'}”" in err) is (mode != 0o600)
        today = "".join(key_care.warnings(school.store()))
        assert ("chmod 600 the key file" in today) is (mode != 0o600) and str(own) not in today
        school.close()


@pytest.mark.usefixtures("served")
def test_a_key_in_the_folder_of_the_record_is_refused_at_a_first_start_and_told_later(
    own: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECORD_KEY_FILE", str(data / "inner" / "key"))
    with pytest.raises(Refused, match="a copy of that folder would open itself"):
        school.open_()
    assert not data.exists()
    inner = own / "data" / "key"
    (own / "key").rename(inner)
    monkeypatch.setenv("RECORD_KEY_FILE", str(inner))
    monkeypatch.setenv("DATA", str(own / "data"))
    school.open_()
    assert keyring.INSIDE in capsys.readouterr().err


TYPED: dict[str, Callable[[str], bytes]] = {
    "by Notepad": lambda sheet: b"\xef\xbb\xbf" + sheet.encode() + b"\r\n",
    "by Notepad, as Unicode": lambda sheet: (sheet + "\r\n").encode("utf-16"),
    "in small letters, with spaces": lambda sheet: sheet.lower().replace("-", " ").encode(),
    "over several lines": lambda sheet: f"\n\n{sheet[:32]}\n\n{sheet[32:]}\n \n".encode(),
    "in quotes": lambda sheet: f" “{sheet}” ".encode(),
    "with a word processor's dashes": lambda sheet: sheet.replace("-", "–").encode(),
    "as it was made": lambda sheet: f"{sheet}\n{keys.UNUSED}\n".encode(),
}


@pytest.mark.parametrize("how", TYPED)
def test_a_key_is_read_however_it_was_typed(tmp_path: Path, how: str) -> None:
    (tmp_path / "key").write_bytes(TYPED[how](keys.sheet(KEY)))
    assert keys.read(tmp_path / "key") == KEY


@pytest.mark.parametrize("content", [b"", b"# a remark\n", b"\xff\xfe\x00", b"a" * 51, b"a" * 53])
def test_what_is_no_key_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(Refused, match=r"not a key|cannot be read"):
        keys.read(tmp_path / "key")


def test_what_was_cut_is_cleared_at_the_next_start_and_nothing_else(own: Path) -> None:
    data, vault = own / "data", own / "data" / "files" / "ab"
    vault.mkdir(parents=True)
    (data / "restoring").mkdir()
    mine = [
        data / "restoring" / "journal.jsonl",
        data / "rebuilding.duckdb",
        data / "rebuilding.duckdb.wal",
        data / "desk.copy.0123abcd.passing",
        vault / f"{'ab' * 32}.0123abcd.passing",
        own / "key.0123abcd.passing",
    ]
    others = [
        data / "notes.passing",
        data / "holiday.jpg",
        vault / ("ab" * 32),
        own / "letter.0123abcd.passing",
        own / "key.passing",
    ]
    for path in (*mine, *others):
        path.write_bytes(b"x")
    begin(data)
    assert not [path for path in (*mine, data / "restoring") if path.exists()]
    assert all(path.exists() for path in others)
    assert proved(data) == (["one", "two"], 2)


def test_a_start_that_is_not_alone_clears_nothing(own: Path) -> None:
    rest = own / "data" / "rebuilding.duckdb"
    rest.touch()
    with lock.held(own / "data"), pytest.raises(InUse):
        begin(own / "data")
    assert rest.exists()


def test_a_place_of_backups_is_cleared_of_what_was_cut_there(tmp_path: Path) -> None:
    (tmp_path / ".restored-ab12_xyz").mkdir()
    (tmp_path / ".restored-of-mine").mkdir()
    for name in ("2026-11-25.000001.backup.0123abcd.passing", "2026-11-25.backup", "x.passing"):
        (tmp_path / name).touch()
    leftovers.clear_place(tmp_path)
    assert names(tmp_path) == [".restored-of-mine", "2026-11-25.backup", "x.passing"]


def test_the_demonstration_takes_a_key_that_is_there_and_no_folder_that_is_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECORD_KEY_FILE", str(tmp_path / "key"))
    (tmp_path / "key").write_text(keys.sheet(KEY))
    start.begin(tmp_path / "new", takes_any_key=True, is_new=True).close()
    assert proved(tmp_path / "new") == ([], 0)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").touch()
    with pytest.raises(Refused, match="is not empty"):
        start.begin(tmp_path / "full", takes_any_key=True, is_new=True)
    assert names(tmp_path / "full") == ["letter"]


def test_a_name_is_never_taken_from_a_file_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"there")
    with pytest.raises(FileExistsError), disk.new(tmp_path / "there") as file:
        file.write(b"new")
    (tmp_path / "other").write_bytes(b"other")
    with pytest.raises(FileExistsError):
        disk.move(tmp_path / "other", tmp_path / "there")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "there": b"there", "other": b"other",
    }  # fmt: skip


def test_what_is_set_aside_replaces_nothing_though_the_clock_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    for content in ("one", "two", "three"):
        (tmp_path / "file").write_text(content)
        disk.set_aside(tmp_path / "file")
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["one", "three", "two"]
    assert disk.set_aside(tmp_path / "file") is None


def test_a_disk_that_knows_no_links_takes_no_name_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    with disk.new(tmp_path / "file") as file:
        file.write(b"one")
    with pytest.raises(FileExistsError), disk.new(tmp_path / "file") as file:
        file.write(b"two")
    assert names(tmp_path) == ["file"] and (tmp_path / "file").read_bytes() == b"one"


def test_make_run_in_a_bare_clone_then_again_and_the_command_line_finds_the_same_key(
    tmp_path: Path, ring: Path
) -> None:
    begin(tmp_path / "live")
    command = [sys.executable, "-m", "core", "verify", str(tmp_path / "live")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
