"""Adding an incident with six alerts, six mails and an audit line: kept twice and chained."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from statistics import median

from core import clock
from core.person import SYSTEM
from core.records import Alert, Incident, Mail, Opening
from core.store import Record, engine, new_id
from core.store import key as keys
from core.store.record import columns
from core.store.values import stored
from tests.bench.figure import Figure
from tests.bench.school import School

TIMES, TOLD = 120, 6
WORDS = "She did not want to go out to play, and held her arm. " * 8


def measure(school: School) -> Iterator[Figure]:
    """In turns: through the store, and bare. Both into records of the same size."""
    through, alone = [], []
    with (
        school.copied() as ours,
        school.copied() as theirs,
        ours.opened() as store,
        closing(Bare(theirs)) as bare,
    ):
        for _ in range(TIMES):
            number = store.next_number()
            through.append(_took(store.append, *_incident(number), by=SYSTEM))
            alone.append(_took(bare.add, _incident(number)))
    yield Figure(
        what="Adding an incident, through the store : bare, and two fsyncs",
        measured=median(through) * 1000,
        yardstick=median(alone) * 1000,
        unit="ms",
        bound=2,
    )


class Bare:
    """One encrypted DuckDB transaction, one statement a table, and two files that are fsynced."""

    def __init__(self, school: School) -> None:
        key = keys.derived(keys.read(school.key), "record")
        self._engine = engine.connect(school.data / "record.duckdb", key)
        self._cursor = self._engine.cursor()
        self._cursor.execute("USE record")
        self._files = [(school.folder / name).open("ab") for name in ("one", "two")]

    def add(self, records: list[Record]) -> None:
        """Adds what was stored together."""
        self._cursor.execute("BEGIN")
        for kind in dict.fromkeys(type(each) for each in records):
            self._insert([each for each in records if type(each) is kind])
        self._cursor.execute("COMMIT")
        for file in self._files:
            file.write(WORDS.encode())
            file.flush()
            os.fsync(file.fileno())

    def _insert(self, records: list[Record]) -> None:
        """Rows of one kind."""
        names = columns(records[0].TABLE)
        row = f"(0, now()::TIMESTAMP, 'system', {', '.join('?' * len(names))})"
        into = f"{records[0].TABLE} (seq, recorded_at, recorded_by, {', '.join(names)})"
        values = [stored(vars(each))[name] for each in records for name in names]
        rows = ", ".join([row] * len(records))
        self._cursor.execute(f"INSERT INTO {into} VALUES {rows}", values)

    def close(self) -> None:
        for file in self._files:
            file.close()
        self._engine.close()


def _took(call: Callable[..., object], *given: object, **named: object) -> float:
    begun = time.perf_counter()
    call(*given, **named)
    return time.perf_counter() - begun


def _incident(number: int) -> list[Record]:
    incident = Incident(
        number=number, pupil=new_id(), occurred_at=clock.now(), account=WORDS,
        parents_contacted=True, categories=("injury", "behaviour"),
    )  # fmt: skip
    persons = [new_id() for _ in range(TOLD)]
    alerts = [Alert(person=each, incident=incident.id) for each in persons]
    mails = [Mail(person=each, purpose="alert", category="injury") for each in persons]
    return [incident, *alerts, *mails, Opening(what="incident", subject=incident.id)]
