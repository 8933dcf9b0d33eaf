"""Which moments in the record were written down by a clock that was wrong, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from core import wrong_clock
from core.person import SYSTEM
from core.records import Setting
from core.store import Store
from tests.conftest import KEY
from tests.core.school import stopped

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
MINUTE = timedelta(minutes=1)


def write(store: Store, at: datetime) -> datetime:
    """One line of the ledger."""
    with stopped(at):
        store.append(Setting(name="note", value=at.isoformat()), by=SYSTEM)
    return at


def wrong(store: Store, moments: Sequence[datetime], *, now: datetime) -> list[datetime]:
    with stopped(now):
        return sorted(wrong_clock.among(store, moments))


def a_morning(store: Store, lines: int = 20) -> list[datetime]:
    return [write(store, NOON - HOUR + n * MINUTE) for n in range(lines)]


def test_of_a_clock_that_only_went_forward_nothing_is_said(store: Store) -> None:
    every = [*a_morning(store), write(store, NOON + DAY), write(store, NOON + YEAR)]
    assert wrong(store, every, now=NOON + YEAR) == []


def test_a_clock_that_is_put_right_by_some_seconds_was_not_wrong(store: Store) -> None:
    every = [*a_morning(store), write(store, NOON), write(store, NOON - timedelta(seconds=50))]
    assert wrong(store, every, now=NOON) == []


@pytest.mark.parametrize("ahead", [HOUR, DAY, YEAR, 14 * YEAR])
def test_what_a_clock_wrote_that_was_ahead_is_known_for_ever(
    store: Store, ahead: timedelta
) -> None:
    before = a_morning(store)
    night = [write(store, NOON + ahead + n * MINUTE) for n in range(8)]
    assert wrong(store, [*before, *night], now=NOON + 10 * MINUTE) == night, "before another record"
    after = [write(store, NOON + (10 + n) * MINUTE) for n in range(3)]
    every = [*before, *night, *after]
    assert wrong(store, every, now=NOON + 15 * MINUTE) == night
    assert wrong(store, every, now=NOON + 15 * YEAR) == night
    later = write(store, NOON + 15 * YEAR)
    assert wrong(store, [*every, later], now=NOON + 15 * YEAR) == night


def test_a_record_that_was_begun_by_a_clock_that_was_ahead_is_right_from_then_on(
    store: Store,
) -> None:
    night = [write(store, NOON + YEAR + n * MINUTE) for n in range(8)]
    after = [write(store, NOON + n * MINUTE) for n in range(3)]
    assert wrong(store, [*night, *after], now=NOON + HOUR) == night
    rest = [write(store, NOON + DAY + n * MINUTE) for n in range(20)]
    assert wrong(store, [*night, *after, *rest], now=NOON + 2 * YEAR) == night


@pytest.mark.parametrize("behind", [DAY, 56 * YEAR])
def test_a_clock_that_was_behind_makes_no_years_wrong(store: Store, behind: timedelta) -> None:
    """A machine without a battery begins in 1970, until the network has told it the time."""
    before = a_morning(store)
    lost = [write(store, NOON - behind + n * MINUTE) for n in (0, 5, 3)]
    after = [write(store, NOON + n * MINUTE) for n in range(3)]
    assert wrong(store, [*before, *lost, *after], now=NOON + HOUR) == sorted(lost)
    lost += [write(store, NOON - behind + HOUR)]
    later = write(store, NOON + HOUR)
    assert wrong(store, [*before, *lost, *after, later], now=NOON + HOUR) == sorted(lost)


def test_a_clock_that_has_come_back_is_judged_anew_before_anything_is_written(store: Store) -> None:
    before = a_morning(store)
    lost = write(store, NOON - DAY)
    assert lost not in wrong(store, [*before, lost], now=NOON - DAY)
    assert wrong(store, [*before, lost], now=NOON) == [lost]


def test_only_what_was_written_since_is_read_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_morning(store)
    night = write(store, NOON + DAY)
    write(store, NOON)
    assert wrong(store, [night], now=NOON) == [night]
    asked: list[str] = []
    ask = store.ask

    def noted(shape, sql, **values):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return ask(shape, sql, **values)

    monkeypatch.setattr(store, "ask", noted)
    assert wrong(store, [night], now=NOON + MINUTE) == [night]
    assert asked == [], "nothing is new"
    write(store, NOON + MINUTE)
    assert wrong(store, [night], now=NOON + MINUTE) == [night]
    assert asked == [wrong_clock.NEW]


def test_it_is_known_after_a_start(folder, tmp_path) -> None:  # type: ignore[no-untyped-def]
    first = Store.open(folder, KEY)
    a_morning(first)
    night = write(first, NOON + DAY)
    write(first, NOON)
    first.close()
    again = Store.open(folder, KEY)
    assert wrong(again, [night], now=NOON + YEAR) == [night]
    again.close()
