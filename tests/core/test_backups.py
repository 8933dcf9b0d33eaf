"""A backup is taken by itself every night, checked, and kept in two places."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core import backup_files, backups, clock, machine
from core.errors import Refused
from core.permissions import NotAllowed
from core.store import Store, backup, lock, parcel
from core.store import key as keys
from tests.core.histories import flip, opened, told
from tests.core.samples import KEY, add
from tests.core.school import a_school, moment, plain
from tests.prove import comes_back


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two places, in the second of which nothing is mounted yet; and the key of the school."""
    (tmp_path / "school.key").write_text(keys.sheet(KEY))
    for name, value in {
        "RECORD_KEY_FILE": tmp_path / "school.key",
        "BACKUP_SECOND": tmp_path / "stick",
        "BACKUP_KEPT": "2",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setattr(machine, "SECRETS", tmp_path / "secrets.toml")
    return tmp_path / "stick"


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def runs_for(monkeypatch: pytest.MonkeyPatch, long: timedelta) -> None:
    """So long has the program been running."""
    monkeypatch.setattr(clock, "running", lambda: backups.BEGUN + long.total_seconds())


def a_backup(file: Path, content: bytes = b"a record") -> Path:
    """A file that looks like a backup of this school."""
    with file.open("wb") as parcelled:
        writer = parcel.Writer(parcelled, KEY)
        writer.write(content)
        writer.close()
    backup_files.stamp(file, clock.now())
    return file


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_every_night_one_is_taken_that_restores_and_the_oldest_go(
    store: Store, second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.folder.with_name("school.backups")
    add(store, "one")
    at(monkeypatch, moment("2026-11-24T00:30"))
    assert not backups.take_due(store)  # it is not yet night
    second.mkdir()
    for day in (24, 25):
        at(monkeypatch, moment(f"2026-11-{day}T01:10"))
        assert backups.take_due(store)
        assert not backups.take_due(store)
        add(store, f"after {day}")
    (first / "holiday.zip").write_bytes(b"somebody else's")
    for place in (first, second):
        a_backup(place / "2026-11-01.backup")
    assert not backups.take_due(store)
    kept = ["2026-11-24.000001.backup", "2026-11-25.000002.backup"]
    assert (names(first), names(second)) == ([*kept, "holiday.zip"], kept)
    backup.restore(second / "2026-11-25.000002.backup", tmp_path / "restored", KEY)
    with opened(tmp_path / "restored") as restored:
        assert told(restored) == ["one", "after 24"]


def test_what_does_not_restore_is_no_backup_and_no_old_one_goes_for_it(
    store: Store, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.folder.with_name("school.backups")
    second.mkdir()
    first.mkdir()
    add(store, "one", "two", "three")  # the end would be mended
    old = [f"2026-11-{day}.backup" for day in (20, 21)]
    for name in old:
        a_backup(first / name)
    flip(store.journal.path, 100)
    at(monkeypatch, moment("2026-11-25T01:10"))
    with pytest.raises(OSError, match="not taken"):
        backups.take_due(store)
    assert names(first) == old


def test_leads_see_when_the_last_good_one_was(
    store: Store, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = a_school(store)
    first = store.folder.with_name("school.backups")
    assert backups.standing(store, by=school.lead) == backups.Standing(None, None, True)
    now = clock.now()
    assert not backups.standing(store, by=school.lead).is_late
    with monkeypatch.context() as later:
        runs_for(later, timedelta(hours=3))
        assert backups.standing(store, by=school.lead).is_late
    backups.places(store.folder).first.mkdir()
    second.mkdir()
    for place in (first, second):
        a_backup(place / "2026-11-24.backup")
    stood = backups.standing(store, by=school.lead)
    assert stood.first and stood.second and not stood.is_late
    at(monkeypatch, now + timedelta(hours=51))
    assert stood.is_late
    for by in (plain(school.lead), school.oak, school.office, school.chair):
        with pytest.raises(NotAllowed):
            backups.standing(store, by=by)


def test_a_second_place_that_is_not_mounted_costs_no_backup_and_is_told(
    store: Store, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = a_school(store)
    first = store.folder.with_name("school.backups")
    first.mkdir()
    at(monkeypatch, moment("2026-11-25T01:10"))
    a_backup(first / "2026-11-25.backup")
    with pytest.raises(FileNotFoundError):
        backups.take_due(store)
    assert not backups.standing(store, by=school.lead).is_late
    runs_for(monkeypatch, timedelta(hours=3))
    assert backups.standing(store, by=school.lead).is_late


def test_it_comes_back_by_the_recovery_sheet_alone(tmp_path: Path) -> None:
    drill = comes_back.drilled(tmp_path, 80)
    assert drill.after == drill.before
    assert drill.before.startswith("intact: 80 records, head ")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record that nobody writes into: its places are chosen by each test."""
    with opened(tmp_path_factory.mktemp("quiet") / "school") as store:
        yield store


@pytest.fixture
def first(tmp_path: Path, second: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first place, and a moment in a night."""
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path / "first"))
    (tmp_path / "first").mkdir()
    at(monkeypatch, moment("2026-11-25T01:10"))
    return tmp_path / "first"


TODAY = "2026-11-25"


def some(place: Path, *numbers: int, day: str = TODAY) -> list[str]:
    """Backups with these numbers, each of another content."""
    return [
        a_backup(place / f"{day}.{number:06}.backup", f"{number}".encode()).name
        for number in numbers
    ]


def test_while_the_second_place_is_away_the_first_is_cleared_all_the_same(
    quiet: Store, first: Path
) -> None:
    kept = some(first, *range(1, 61))[-2:]
    with pytest.raises(FileNotFoundError):
        backups.take_due(quiet)
    assert names(first) == kept
    assert backups.AWAY in list(backups.warnings(quiet))


def test_while_the_first_place_is_away_the_second_is_cleared_all_the_same(
    quiet: Store, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second.mkdir()
    kept = some(second, *range(1, 9))[-2:]
    (first / "file").touch()
    monkeypatch.setenv("BACKUP_FOLDER", str(first / "file" / "backups"))
    with pytest.raises(NotADirectoryError):
        backups.take_due(quiet)
    assert names(second) == kept


def test_all_that_the_second_place_lacks_is_copied_with_its_moment(
    quiet: Store, first: Path, second: Path
) -> None:
    second.mkdir()
    kept = some(first, 1, 2, 3)[-2:]
    os.utime(first / kept[0], (1_700_000_000, 1_700_000_000))
    (second / kept[1]).write_bytes(b"x")  # cut while it was copied
    backups.take_due(quiet)
    assert names(second) == kept
    for name in kept:
        assert (second / name).read_bytes() == (first / name).read_bytes()
    assert (second / kept[0]).stat().st_mtime == 1_700_000_000


def test_a_copy_never_takes_the_place_of_another_schools(
    quiet: Store, first: Path, second: Path
) -> None:
    second.mkdir()
    (mine,), (theirs,) = some(first, 7), some(second, 7)
    before = (second / theirs).read_bytes()
    assert mine == theirs
    with pytest.raises(FileExistsError):
        backups.take_due(quiet)
    assert (second / theirs).read_bytes() == before


@pytest.mark.parametrize("ahead", ["2040-08-09.000003.backup", "2040-08-09.backup"])
def test_a_night_in_which_the_clock_was_ahead_decides_nothing(
    quiet: Store, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch, ahead: str
) -> None:
    """The next night one is taken; both places have it; the false one goes in its turn."""
    second.mkdir()
    some(first, 1, 2, day="2026-11-23")
    wrong = a_backup(first / ahead)
    os.utime(wrong, (2_228_000_000, 2_228_000_000))
    if ".000003." in ahead:
        stood = list(backups.warnings(quiet))
        assert backups.LATE in stood and backups.AHEAD in stood
    assert backups.take_due(quiet)
    tonight = backup_files.all_in(first)[-1].path.name
    assert tonight.startswith(TODAY) and tonight in names(second)
    assert not backups.take_due(quiet)
    at(monkeypatch, moment("2026-11-26T01:10"))
    (tomorrow,) = some(first, 9, day="2026-11-26")
    assert not backups.take_due(quiet)
    assert names(first) == names(second) == [tonight, tomorrow]


def test_a_file_of_one_byte_is_no_backup_of_today(store: Store, first: Path, second: Path) -> None:
    add(store, "one")
    second.mkdir()
    (first / f"{TODAY}.backup").write_bytes(b"x")
    assert backups._standing(store).first is None
    assert backups.take_due(store)
    assert f"{TODAY}.000001.backup" in names(first)
    assert names(second) == [f"{TODAY}.000001.backup"]


def test_a_moment_ahead_is_late_and_a_program_that_has_run_for_hours_without_any_is_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = clock.now()
    ahead = backups.Standing(now + timedelta(minutes=6), None, has_second=False)
    assert ahead.is_late and ahead.is_ahead
    good = backups.Standing(now - timedelta(hours=1), None, has_second=False)
    assert not good.is_late and not good.is_ahead
    none = backups.Standing(None, None, has_second=False)
    at(monkeypatch, now - timedelta(days=1))  # so did the clock jump since the start
    assert not none.is_late
    runs_for(monkeypatch, timedelta(hours=3))
    assert none.is_late


@pytest.mark.parametrize("how", ["the same", "through a link", "not there yet"])
def test_one_folder_is_not_two_places(
    quiet: Store, first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    named = first
    if how == "through a link":
        (tmp_path / "stick").symlink_to(first)
        named = tmp_path / "stick"
    elif how == "not there yet":
        first.rmdir()
    monkeypatch.setenv("BACKUP_SECOND", str(named))
    with pytest.raises(Refused, match="the same folder"):
        backups.check(quiet.folder)
    assert backups.places(quiet.folder).second is None
    assert backups.SAME in list(backups.warnings(quiet))


def test_what_a_backup_that_was_cut_left_is_cleared_unless_one_is_running(
    quiet: Store, first: Path
) -> None:
    (first / ".restored-abcd1234").mkdir()
    (first / f"{TODAY}.000001.backup.0123abcd.passing").touch()
    with lock.held(first):
        backups.clear(quiet.folder)
        assert len(names(first)) == 3
    backups.clear(quiet.folder)
    assert names(first) == []
