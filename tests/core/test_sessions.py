from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core import people, sessions
from core.errors import Refused
from core.store import Store
from tests import day
from tests.conftest import KEY
from tests.core import staffroom
from tests.core.staffroom import Watch


def begun(store: Store, person_id: str, *, code_given: bool = False) -> str:
    """The id of a new session."""
    token = sessions.begin(store, person_id, code_given=code_given)
    session = sessions.of(store, token)
    assert session
    return session.id


def test_only_the_hash_of_a_token_of_256_bits_is_kept(store: Store) -> None:
    anna = staffroom.account(store)
    token = sessions.begin(store, anna.id, code_given=True)
    session = sessions.of(store, token)
    assert session
    assert (session.person, session.code_given) == (anna.id, True)
    assert len(token) == 43
    assert session.id == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(store.desk.ask(sessions.Session, "FROM sessions"))


@pytest.mark.parametrize("token", [None, "", "unknown", "0" * 43, "\0", "£"])
def test_a_token_that_was_never_given_opens_nothing(store: Store, token: str | None) -> None:
    begun(store, staffroom.account(store).id)
    assert sessions.of(store, token) is None


def test_a_session_ends_after_ten_minutes_without_activity(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    session = begun(store, anna.id)
    for _ in range(10):
        watch.turn(seconds=600)
        assert sessions.alive(store, session)
        sessions.touch(store, session)
    watch.turn(seconds=300)
    assert sessions.alive(store, session), "asking is no activity"
    watch.turn(seconds=301)
    assert sessions.alive(store, session) is None
    assert staffroom.events(store, anna.id) == ["timed_out"]


def test_activity_that_comes_too_late_does_not_bring_a_session_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    session = begun(store, staffroom.account(store).id)
    watch.turn(seconds=601)
    sessions.touch(store, session)
    assert sessions.alive(store, session) is None


def test_a_session_ends_after_ten_hours_of_work(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    session = begun(store, staffroom.account(store).id)
    for _ in range(60):
        watch.turn(minutes=10)
        sessions.touch(store, session)
    assert sessions.alive(store, session)
    watch.turn(seconds=1)
    assert sessions.alive(store, session) is None


@pytest.mark.parametrize(
    ("setting", "seconds"),
    [("6", 6), ("2.5", 2.5), ("", 600), ("often", 600), ("nan", 600), ("86400", 600)],
)
def test_the_time_out_can_be_shortened_and_never_lengthened(
    setting: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDLE_SECONDS", setting)
    assert sessions.idle_seconds() == seconds


def test_a_fourth_session_ends_the_oldest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    anna, ben = staffroom.account(store), staffroom.account(store)
    other, mine = begun(store, ben.id), []
    for _ in range(5):
        watch.turn(seconds=1)
        mine.append(begun(store, anna.id))
    assert [bool(sessions.alive(store, each)) for each in mine] == [False, False, True, True, True]
    assert sessions.alive(store, other)


def test_sessions_from_a_clock_that_was_ahead_shut_nobody_out_once_it_is_right(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    anna = staffroom.account(store)
    watch.turn(days=1)
    ahead = [begun(store, anna.id) for _ in range(3)]
    watch.turn(days=-1)
    now = begun(store, anna.id)
    assert sessions.alive(store, now)
    assert not any(sessions.alive(store, each) for each in ahead)


def test_ending_one_session_leaves_the_others(store: Store) -> None:
    anna = staffroom.account(store)
    one, two = begun(store, anna.id), begun(store, anna.id)
    sessions.end(store, one)
    sessions.end(store, one)
    assert sessions.alive(store, one) is None
    assert sessions.alive(store, two)


def test_all_sessions_of_a_person_end_but_the_one_they_are_in(store: Store) -> None:
    anna, ben = staffroom.account(store), staffroom.account(store)
    one, two, other = begun(store, anna.id), begun(store, anna.id), begun(store, ben.id)
    sessions.end_all(store, anna.id, but=two)
    assert [bool(sessions.alive(store, each)) for each in (one, two, other)] == [False, True, True]
    sessions.end_all(store, anna.id)
    assert [bool(sessions.alive(store, each)) for each in (one, two, other)] == [False, False, True]


def test_somebody_sees_and_ends_their_own_sessions_and_nobody_elses(store: Store) -> None:
    anna, ben = staffroom.account(store), staffroom.account(store)
    one, two, other = begun(store, anna.id), begun(store, anna.id), begun(store, ben.id)
    assert [each.id for each in sessions.own(store, by=anna)] == [one, two]
    sessions.end_own(store, other, by=anna)
    assert sessions.alive(store, other)
    sessions.end_own(store, two, by=anna)
    assert [each.id for each in sessions.own(store, by=anna)] == [one]


def test_a_closed_account_has_no_session_from_that_moment(store: Store) -> None:
    anna = staffroom.account(store)
    session = begun(store, anna.id)
    people.close(store, anna.id, by=staffroom.with_access(store))
    assert sessions.alive(store, session) is None
    with pytest.raises(Refused, match="closed"):
        sessions.begin(store, anna.id, code_given=False)


def test_whoever_wants_to_know_is_told_once_of_every_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    told: list[str] = []
    sessions.when_ended(store, told.append)
    anna, ben, cara = (staffroom.account(store) for _ in range(3))
    signed_out, closed = begun(store, anna.id), begun(store, ben.id)
    sessions.end(store, signed_out)
    people.close(store, ben.id, by=staffroom.with_access(store))
    left_alone = begun(store, cara.id)
    sessions.sweep(store)
    assert told == [signed_out, closed]
    watch.turn(seconds=601)
    sessions.sweep(store)
    sessions.sweep(store)
    assert told == [signed_out, closed, left_alone]


def test_sessions_outlive_a_restart_and_their_ends_do_too(folder: Path) -> None:
    first = Store.open(folder, KEY)
    anna = staffroom.account(first)
    ended, goes_on = begun(first, anna.id), begun(first, anna.id, code_given=True)
    before = sessions.alive(first, goes_on)
    sessions.end(first, ended)
    first.close()
    again = Store.open(folder, KEY)
    assert sessions.alive(again, ended) is None
    assert sessions.alive(again, goes_on) == before
    again.close()


AT_WORK = """
import sys, pathlib
from core import sessions, clock
from core.store import Store
from tests.conftest import KEY
from tests.core import staffroom
from datetime import timedelta
store = Store.open(pathlib.Path(sys.argv[1]), KEY)
token = sessions.begin(store, staffroom.account(store).id, code_given=False)
session = sessions.of(store, token)
for seconds in (2, 7, 8, 9):
    clock.now = lambda: session.began_at + timedelta(seconds=seconds)
    sessions.touch(store, session.id)
print(session.id, flush=True)
sys.stdin.read()
"""


def test_after_a_kill_a_session_lives_five_seconds_less_at_most_and_never_longer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK, str(folder)],
        env=os.environ | day.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as server:
        assert server.stdout
        session_id = server.stdout.readline().strip()
        server.send_signal(signal.SIGKILL)
    watch = Watch(monkeypatch)
    store = Store.open(folder, KEY)
    session = sessions.alive(store, session_id)
    assert session
    assert (session.active_at - session.began_at).total_seconds() == 7, "9 was the last activity"
    watch.now = session.began_at
    watch.turn(seconds=607.5)
    assert sessions.alive(store, session_id) is None
    store.close()


def test_an_end_counts_at_once_in_every_thread(store: Store) -> None:
    people_ = [staffroom.account(store) for _ in range(3)]
    ended: set[str] = set()
    wrong: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            over = set(ended)
            wrong.extend(each for each in over if sessions.alive(store, each))
            for each in over:
                sessions.touch(store, each)

    def come_and_go(person_id: str) -> None:
        for _ in range(5):
            session = begun(store, person_id)
            sessions.touch(store, session)
            sessions.end(store, session)
            ended.add(session)

    lookers = [threading.Thread(target=look) for _ in range(2)]
    workers = [threading.Thread(target=come_and_go, args=(each.id,)) for each in people_]
    for thread in [*lookers, *workers]:
        thread.start()
    for thread in workers:
        thread.join()
    done.set()
    for thread in lookers:
        thread.join()
    assert (len(ended), wrong) == (15, [])
    assert store.desk.ask(sessions.Session, "FROM sessions") == []
