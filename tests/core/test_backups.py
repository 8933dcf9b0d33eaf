"""A backup is taken by itself every night, checked, and kept in two places."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core import backups, clock, machine
from core.permissions import NotAllowed
from core.store import Store, backup, parcel
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


def a_backup(file: Path, content: bytes = b"a record") -> Path:
    """A file that looks like a backup of this school."""
    with file.open("wb") as parcelled:
        writer = parcel.Writer(parcelled, KEY)
        writer.write(content)
        writer.close()
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
    at(monkeypatch, now + timedelta(hours=3))
    assert backups.standing(store, by=school.lead).is_late
    at(monkeypatch, now)
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
    a_backup(first / "2026-11-25.backup")
    at(monkeypatch, moment("2026-11-25T01:10"))
    with pytest.raises(FileNotFoundError):
        backups.take_due(store)
    at(monkeypatch, backups.BEGUN + timedelta(hours=3))
    assert backups.standing(store, by=school.lead).is_late


def test_it_comes_back_by_the_recovery_sheet_alone(tmp_path: Path) -> None:
    drill = comes_back.drilled(tmp_path, 80)
    assert drill.after == drill.before
    assert drill.before.startswith("intact: 80 records, head ")
