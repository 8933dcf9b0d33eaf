from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import limits, throttle
from core.limits import Limit
from core.store import Store, new_id
from core.throttle import TooSoon
from tests.conftest import KEY
from tests.core.staffroom import Watch


@dataclass(frozen=True)
class Row:
    bucket: str


WITH_STORE = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def waits(store: Store, account: str, address: str) -> int:
    """The seconds that the next try has to wait; 0 if it is let through (and counted)."""
    try:
        throttle.admit(store, account, address)
    except TooSoon as soon:
        return soon.seconds
    return 0


def miss(store: Store, account: str, address: str, watch: Watch, times: int) -> list[int]:
    """Guesses as fast as it is let; returns the waits between."""
    waited = []
    for _ in range(times):
        if seconds := waits(store, account, address):
            watch.turn(seconds=seconds)
            assert waits(store, account, address) == 0, "after the wait a try is let through"
        waited.append(seconds)
    return waited


def test_after_three_wrong_tries_the_wait_doubles_up_to_a_minute(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = miss(store, "anna", "10.0.0.1", Watch(monkeypatch), 11)
    assert waited == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


def test_an_address_that_tries_many_accounts_waits_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    assert [waits(store, f"somebody {n}", "10.0.0.1") for n in range(10)] == [0] * 10
    assert waits(store, "anna", "10.0.0.1") == 6
    assert waits(store, "anna", "10.0.0.2") == 0
    watch.turn(seconds=6)
    assert waits(store, "anna", "10.0.0.1") == 0
    assert waits(store, "ben", "10.0.0.1") == 12


def test_a_try_during_a_wait_does_not_lengthen_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    miss(store, "anna", "10.0.0.1", watch, 6)
    assert [waits(store, "anna", "10.0.0.1") for _ in range(5)] == [8] * 5
    watch.turn(seconds=7.5)
    assert waits(store, "anna", "10.0.0.1") == 1
    watch.turn(seconds=0.5)
    assert waits(store, "anna", "10.0.0.1") == 0


def test_an_attacker_elsewhere_does_not_keep_the_lead_waiting(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    throttle.admit(store, "lead", "school")
    throttle.forgive(store, "lead", "school")
    for number in range(60):
        miss(store, "lead", f"attacker {number}", watch, 1)
    assert waits(store, "lead", "attacker 60") == 10, "from wherever, but mildly"
    assert waits(store, "lead", "school") == 0, "it was opened from there before"


def test_one_pupil_at_the_schools_address_does_not_shut_its_staff_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    throttle.admit(store, "lead", "school")
    throttle.forgive(store, "lead", "school")
    for number in range(20):
        miss(store, f"guessed {number}", "school", watch, 1)
    assert waits(store, "stranger", "school") == 60
    assert waits(store, "lead", "school") == 0


def test_the_right_password_takes_back_ones_own_slips_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    miss(store, "anna", "elsewhere", watch, 2)
    miss(store, "anna", "home", watch, 3)
    watch.turn(seconds=1)
    assert throttle.admit(store, "anna", "home") == 6
    throttle.forgive(store, "anna", "home")
    assert throttle.admit(store, "anna", "home") == 3
    assert [waits(store, "anna", "home") for _ in range(3)] == [0, 0, 1]


def test_counts_are_forgotten_after_an_hour(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    miss(store, "anna", "home", watch, 8)
    watch.turn(hours=1, seconds=1)
    assert throttle.admit(store, "anna", "home") == 1


@pytest.mark.parametrize("minutes", [5, 59, 600_000])
def test_a_clock_that_was_put_back_locks_nobody_out(
    store: Store, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    watch = Watch(monkeypatch)
    miss(store, "anna", "home", watch, 12)
    watch.turn(minutes=-minutes)
    assert waits(store, "anna", "home") == 0


def test_the_wait_outlives_a_restart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    first = Store.open(folder, KEY)
    miss(first, "anna", "home", watch, 6)
    first.close()
    again = Store.open(folder, KEY)
    assert waits(again, "anna", "home") == 8
    again.close()


def test_tries_at_the_same_moment_are_not_all_let_through(store: Store) -> None:
    let: list[int] = []

    def guess() -> None:
        let.append(waits(store, "anna", "home"))

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let) == 12
    assert 3 <= let.count(0) < 6


def test_nothing_that_is_kept_tells_whom_it_is_about(store: Store) -> None:
    waits(store, "anna@oakfield.example", "10.0.0.1")
    kept = str(store.desk.ask(Row, "FROM tries"))
    assert "Row(" in kept
    assert "anna" not in kept
    assert "10.0" not in kept


@given(
    st.builds(Limit, st.integers(0, 30), st.floats(0.1, 60), st.floats(60, 600)),
    st.integers(0, 10_000),
)
def test_the_wait_never_shrinks_and_never_passes_its_limit(limit: Limit, wrong: int) -> None:
    assert 0 <= limit.wait(wrong) <= limit.wait(wrong + 1) <= limit.longest
    assert (limit.wait(wrong) == 0) == (wrong < limit.free)


@WITH_STORE
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 90)), max_size=16))
def test_whatever_was_tried_a_minute_later_a_try_is_let_through(
    store: Store, monkeypatch: pytest.MonkeyPatch, steps: Sequence[tuple[str, int]]
) -> None:
    watch, account = Watch(monkeypatch), new_id()
    for address, seconds in steps:
        assert waits(store, account, f"{account} {address}") <= limits.PASSWORD.pair.longest
        watch.turn(seconds=seconds)
    watch.turn(seconds=60)
    assert waits(store, account, f"{account} a") == 0
