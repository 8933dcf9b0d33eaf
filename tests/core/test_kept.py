"""Answers that are held in memory are never older than the record."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.person import SYSTEM
from core.records import AccessProposal, PersonDetails, Setting
from core.store import NotKept, Store, kept
from core.store.kept import Kept
from tests.core.school import disk_gone

TABLES = ("cats", "dogs", "fish")
VIEWS = {"pets": "CREATE VIEW pets AS FROM cats, dogs", "ours": "CREATE VIEW ours AS FROM Pets"}
SOURCES = {"cats": {"cats"}, "FISH": {"fish"}, "pets": {"cats", "dogs"}, "ours": {"cats", "dogs"}}


@dataclass(frozen=True)
class Value:
    value: str


asked: Counter[str] = Counter()


@pytest.fixture(autouse=True)
def _nothing_asked_yet() -> None:
    asked.clear()


def newest(store: Store, name: str) -> str:
    asked[name] += 1
    sql = "SELECT value FROM settings_now WHERE name = $name"
    return next((row.value for row in store.ask(Value, sql, name=name)), "")


def choose(store: Store, name: str, value: str) -> None:
    store.append(Setting(name=name, value=value), by=SYSTEM)


def a_person() -> PersonDetails:
    return PersonDetails(person="p", name="Ms P", email="p@school.example", role="staff")


def test_a_question_is_asked_once_until_something_is_stored_that_it_read(store: Store) -> None:
    choose(store, "colour", "green")
    for _ in range(3):
        assert store.kept(newest, "colour") == "green"
    assert asked["colour"] == 1
    choose(store, "colour", "blue")
    assert store.kept(newest, "colour") == "blue"


def test_what_it_did_not_read_changes_nothing(store: Store) -> None:
    store.kept(newest, "colour")
    store.append(a_person(), by=SYSTEM)
    store.kept(newest, "colour")
    assert asked["colour"] == 1


def test_each_viewer_has_an_answer_of_their_own(store: Store) -> None:
    choose(store, "colour", "green")
    choose(store, "shape", "round")
    assert [store.kept(newest, name) for name in ("colour", "shape", "colour", "none")] == [
        "green",
        "round",
        "green",
        "",
    ]


def proposed(store: Store) -> int:
    return len(store.ask(Value, "SELECT id AS value FROM proposals"))


def test_a_view_of_several_kinds_counts_as_all_of_them(store: Store) -> None:
    wish = AccessProposal(person="p", name="Ms P", email="p@school.example", role="lead")
    store.append(wish, by=SYSTEM)
    assert store.kept(proposed) == 1
    store.append(a_person(), by=SYSTEM)
    assert store.kept(proposed) == 0


def loud(store: Store) -> str:
    return store.kept(newest, "colour").upper()


def test_an_answer_made_from_another_one_goes_with_it(store: Store) -> None:
    choose(store, "colour", "green")
    store.kept(newest, "colour")  # held already, so that the outer question asks nothing itself
    assert store.kept(loud) == "GREEN"
    choose(store, "colour", "blue")
    assert store.kept(loud) == "BLUE"


def interrupted(store: Store) -> str:
    found = newest(store, "colour")
    if found == "green":
        choose(store, "colour", "blue")
    return found


def test_what_is_stored_while_a_question_is_under_way_makes_its_answer_an_old_one(
    store: Store,
) -> None:
    choose(store, "colour", "green")
    assert store.kept(interrupted) == "green"
    assert store.kept(interrupted) == "blue"


def test_an_answer_is_asked_anew_after_a_disk_refused(store: Store) -> None:
    store.kept(newest, "colour")
    with disk_gone(store), pytest.raises(NotKept):
        choose(store, "colour", "green")
    assert store.kept(newest, "colour") == newest(store, "colour")


def failing(store: Store) -> str:
    raise KeyError(newest(store, "colour"))


def test_a_question_that_fails_is_not_held_and_troubles_no_other(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(KeyError):
            store.kept(failing)
    assert asked["colour"] == 2
    assert store.kept(newest, "colour") == ""


def count_of(store: Store) -> int:
    return int(store.kept(newest, "count") or 0)


def test_no_thread_is_given_an_answer_older_than_what_was_acknowledged(store: Store) -> None:
    acknowledged = [0]

    def write() -> None:
        for number in range(1, 31):
            choose(store, "count", str(number))
            acknowledged[0] = number

    def read() -> int:
        reads = 0
        while acknowledged[0] < 30:
            before = acknowledged[0]
            assert store.kept(count_of) >= before
            reads += 1
        return reads

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        pool.submit(write).result()
        assert all(reader.result() for reader in readers)
    assert store.kept(count_of) == 30


steps = st.lists(st.sampled_from([*TABLES, *SOURCES]), max_size=30)


@given(steps)
def test_a_held_answer_is_what_would_be_answered_now(taken: list[str]) -> None:
    """A step adds to a table, or asks for what a table or a view is made from."""
    held, added = Kept(TABLES, VIEWS), Counter[str]()

    def asked_now(source: str) -> int:
        held.read(f"SELECT * FROM {source} WHERE name = $name")
        return sum(added[table] for table in SOURCES[source])

    for step in taken:
        if step in TABLES:
            added[step] += 1
            held.added([step])
        for source in SOURCES:
            assert held.answer(source, partial(asked_now, source)) == asked_now(source)


def test_only_so_many_answers_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    held = Kept(TABLES, VIEWS)
    for key in ("first", "second", "third"):
        held.answer(key, partial(str, key))
    assert [held.answer(key, partial(str, "anew")) for key in ("third", "first")] == [
        "third",
        "anew",
    ]
