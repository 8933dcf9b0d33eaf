"""The store: one way in, kept twice, and asked without being changed."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings

from core import clock
from core.errors import Refused
from core.person import SYSTEM, Person, Role
from core.records import Alert, Incident, Setting
from core.store import AlreadyRecorded, Past, Record, Store, new_id, proof
from core.store.faults import InUse, WrongKey
from core.store.record import KINDS, columns
from tests.core import histories
from tests.core.histories import opened, told
from tests.core.samples import KEY, OTHER_KEY, add, batch, incident, setting


@dataclass(frozen=True)
class Pair:
    incidents: int
    alerts: int


@dataclass(frozen=True)
class Column:
    name: str
    seq: int = 0


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One record for all examples of a rule: each adds to what is there."""
    with opened(tmp_path_factory.mktemp("shared") / "school") as store:
        yield store


@settings(max_examples=40, deadline=None)
@given(history=histories.histories)
def test_what_was_recorded_comes_back_as_it_was(shared: Store, history: list[list[Record]]) -> None:
    for together in history:
        shared.append(*together, by=SYSTEM)
    for record in (record for together in history for record in together):
        kind = type(record)
        assert shared.ask(kind, f"FROM {kind.TABLE} WHERE id = $id", id=record.id) == [record]


def test_after_all_of_that_the_record_is_whole(shared: Store) -> None:
    shared.append(Setting(name="the last", value="of all"), by=SYSTEM)
    found = proof.verify(shared)
    assert shared.head is not None
    assert found == proof.Proof(shared.head.seq, shared.head.hash)


def test_an_empty_record_is_whole(store: Store) -> None:
    assert proof.verify(store) == proof.Proof(0, "0" * 64)


@pytest.mark.parametrize("kind", histories.OURS, ids=lambda kind: kind.TABLE)
def test_every_kind_has_a_table_with_its_fields(shared: Store, kind: type[Record]) -> None:
    sql = "SELECT column_name AS name FROM duckdb_columns() WHERE table_name = $table"
    names = {row.name for row in shared.ask(Column, sql, table=kind.TABLE)}
    assert names == {"seq", "recorded_at", "recorded_by", *columns(kind.TABLE)}


def test_each_record_is_stamped_with_its_place_its_time_and_its_author(store: Store) -> None:
    author = Person(id="p1", name="Ms Priya Shah", email="p@school.example", role=Role.STAFF)
    before = clock.now()
    store.append(setting("first"), setting("second"), by=author)

    @dataclass(frozen=True)
    class Stamp:
        seq: int
        recorded_at: datetime
        recorded_by: str

    first, second = store.ask(Stamp, "FROM settings ORDER BY seq")
    assert (first.seq, second.seq) == (1, 2)
    assert first.recorded_by == second.recorded_by == "p1"
    assert before <= first.recorded_at == second.recorded_at <= clock.now()


def test_what_belongs_together_is_stored_together_or_not_at_all(store: Store) -> None:
    known = setting("known")
    store.append(known, by=SYSTEM)
    with pytest.raises(AlreadyRecorded):
        store.append(*batch(1), setting("again", id=known.id), by=SYSTEM)
    assert told(store) == ["known"]
    assert store.ask(Incident, "FROM incidents") == []
    assert proof.verify(store).count == 1


def test_the_same_form_sent_twice_at_once_is_recorded_once(store: Store) -> None:
    form = new_id()

    def send(value: int) -> bool:
        try:
            store.append(setting(str(value), id=form), by=SYSTEM)
        except AlreadyRecorded:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(send, range(8))) == 1
    assert proof.verify(store).count == 1


def test_eight_people_who_write_at_once_are_all_recorded(store: Store) -> None:
    def write(person: int) -> None:
        for n in range(10):
            store.append(*batch(person * 100 + n), by=SYSTEM)

    with ThreadPoolExecutor(8) as people:
        list(people.map(write, range(1, 9)))
    seqs = store.ask(Column, "SELECT number AS name, seq FROM incidents ORDER BY seq")
    assert [row.seq for row in seqs] == list(range(1, 320, 4))
    assert len({row.name for row in seqs}) == 80
    assert proof.verify(store).count == 320


def test_readers_never_see_a_part_of_what_belongs_together(store: Store) -> None:
    done = Event()

    def read() -> list[Pair]:
        seen = []
        while not done.is_set():
            seen += store.ask(
                Pair,
                "SELECT (SELECT count(*) FROM incidents) AS incidents, "
                "(SELECT count(*) FROM alerts) AS alerts",
            )
        return seen

    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read) for _ in range(4)]
        for n in range(40):
            store.append(*batch(n), by=SYSTEM)
        done.set()
        seen = [pair for each in reading for pair in each.result()]
    assert seen and all(pair.alerts == 3 * pair.incidents for pair in seen)


def test_readers_get_their_own_answers(store: Store) -> None:
    add(store, *(str(n) for n in range(40)))

    def read(n: int) -> bool:
        found = store.ask(Setting, "FROM settings WHERE value = $value", value=str(n))
        return [row.value for row in found] == [str(n)]

    with ThreadPoolExecutor(8) as readers:
        assert all(readers.map(read, [*range(40)] * 5))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE settings SET value = 'changed' RETURNING *",
        "DELETE FROM settings RETURNING *",
        "INSERT INTO settings FROM settings RETURNING *",
        "DROP TABLE settings",
        "CREATE TABLE other (name VARCHAR)",
        "TRUNCATE settings",
        "COMMIT; DELETE FROM settings",
        "FROM settings; DELETE FROM settings",
        "COPY settings TO '/tmp/out.csv'",
        "FROM read_text('/etc/hostname')",
        "ATTACH '/tmp/other.duckdb'",
        "SET memory_limit = '1GB'",
    ],
)
def test_a_question_changes_nothing(store: Store, sql: str) -> None:
    add(store, "kept")
    with pytest.raises((duckdb.Error, ValueError)):
        store.ask(Setting, sql)
    assert told(store) == ["kept"]
    assert proof.verify(store).count == 1


def test_a_moment_without_a_zone_is_not_recorded(store: Store) -> None:
    with pytest.raises(ValueError, match="zone"):
        told_at = incident(1)
        store.append(
            Incident(**{**vars(told_at), "occurred_at": datetime(2026, 1, 1)}),  # noqa: DTZ001
            by=SYSTEM,
        )
    assert store.head is None


def test_a_look_holds_until_the_change_is_made(store: Store) -> None:
    """Without `alone`, two people could both find that there is none."""

    def add_the_only_one(value: int) -> None:
        with store.alone():
            if not told(store):
                add(store, str(value))

    with ThreadPoolExecutor(8) as people:
        list(people.map(add_the_only_one, range(8)))
    assert len(told(store)) == 1


def test_numbers_begin_at_1001_and_are_never_given_twice(folder: Path) -> None:
    with opened(folder) as store:
        first = store.next_number()
        store.append(incident(first), by=SYSTEM)
    with opened(folder) as store, store.alone():
        assert [first, store.next_number(), store.next_number()] == [1001, 1002, 1003]
        store.append(incident(1002), incident(1003), by=SYSTEM)
        assert store.next_number() == 1004


def test_an_invented_past_is_stored_with_its_own_times_until_something_real_is(
    store: Store,
) -> None:
    past = [Past(datetime(2024, 1, n, tzinfo=UTC), "p1", batch(1000 + n)) for n in range(1, 9)]
    store.imagine(past)
    assert proof.verify(store).count == 32
    assert store.next_number() == 1009
    with pytest.raises(Refused):
        store.imagine(past)


def test_a_record_that_is_closed_and_opened_again_goes_on(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "first")
    with opened(folder) as store:
        add(store, "second")
        assert told(store) == ["first", "second"]
        assert proof.verify(store).count == 2


def test_another_key_is_refused_and_harms_nothing(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "kept")
    with pytest.raises(WrongKey), opened(folder, OTHER_KEY):
        pass
    assert histories.proved(folder) == (["kept"], 1)


def test_another_key_is_refused_when_only_the_journal_is_left(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "kept")
    (folder / "record.duckdb").unlink()
    with pytest.raises(WrongKey), opened(folder, OTHER_KEY):
        pass
    assert histories.proved(folder) == (["kept"], 1)


def test_another_key_is_refused_when_only_the_database_is_left(folder: Path) -> None:
    with opened(folder) as store:
        add(store, "kept")
    (folder / "journal.jsonl").unlink()
    with pytest.raises(WrongKey), opened(folder, OTHER_KEY):
        pass
    assert histories.proved(folder) == (["kept"], 1)


def test_a_second_program_is_kept_out(store: Store) -> None:
    script = (
        "import sys; from pathlib import Path; from core.store import Store\n"
        "from core.store.faults import InUse\n"
        "try: Store.open(Path(sys.argv[1]), bytes(range(32)))\n"
        "except InUse as refusal: print(refusal)"
    )
    command = [sys.executable, "-c", script, str(store.folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said == "record.duckdb is in use: stop the other program first.\n"


def test_the_same_program_cannot_open_it_twice(store: Store) -> None:
    with pytest.raises(InUse):
        Store.open(store.folder, KEY)
    add(store, "goes on")
    assert told(store) == ["goes on"]


def test_nothing_that_was_written_can_be_read_without_the_key(folder: Path) -> None:
    secret = "Ms Priya Shah heard it"
    with opened(folder) as store:
        add(store, secret)
        store.vault.put(secret.encode())
        store.desk.change("CREATE TABLE notes (words VARCHAR)")
        store.desk.change("INSERT INTO notes VALUES ($words)", words=secret)
        store.desk.copy()
        live = histories.crashed(folder, folder.with_name("live"))
    for path in (*live.rglob("*"), *folder.rglob("*")):
        assert not path.is_file() or b"Priya" not in path.read_bytes(), path


def test_only_their_owner_may_read_the_folder_and_what_is_in_it(store: Store) -> None:
    store.vault.put(b"photograph")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    ours = [store.journal.path, store.desk.copy_path, *(store.folder / "files").rglob("*")]
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in ours)


def test_no_table_is_forgotten_by_the_proof(shared: Store) -> None:
    sql = "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'record'"
    kept = {row.name for row in shared.ask(Column, sql)} - {"ledger", "migrations", "definitions"}
    assert kept == {kind.TABLE for kind in KINDS.values()}


def test_a_record_with_something_of_every_kind_is_proved_within_the_limit_of_memory(
    store: Store,
) -> None:
    records = [histories.plain(kind) for kind in histories.WITHOUT_FILES for _ in range(60)]
    store.append(*records, by=SYSTEM)
    assert proof.verify(store).count == len(records)


def test_alerts_are_found_by_whom_they_concern(store: Store) -> None:
    store.append(*batch(1), by=SYSTEM)
    (alert,) = store.ask(Alert, "FROM alerts WHERE person = $person", person="s2")
    assert alert.person == "s2"


WRONG: list[tuple[str, Any]] = [
    ("account", 5),
    ("account", None),
    ("urgent", 2),
    ("urgent", "yes"),
    ("number", 1.5),
    ("number", True),
    ("occurred_at", "2026-11-25"),
    ("categories", ("injury", 7)),
    ("categories", "injury"),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_value_that_is_not_what_its_field_says_is_never_recorded(
    store: Store, field: str, value: Any
) -> None:
    """The database would make it so, and the proof would be broken for good."""
    add(store, "before")
    with pytest.raises(TypeError, match=field):
        store.append(replace(incident(store.next_number()), **{field: value}), by=SYSTEM)
    add(store, "after")
    assert proof.verify(store).count == 2


@pytest.mark.parametrize("place", ["/etc/hostname", "http://127.0.0.1:1/x"])
def test_no_question_reads_a_file_of_this_machine(store: Store, place: str) -> None:
    with pytest.raises(duckdb.Error, match="disabled"):
        store.ask(Record, f"FROM read_text('{place}')")
