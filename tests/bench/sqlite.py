"""The same questions put to SQLite, with indexes, on the same records: what asking anew takes.

SQLite is asked less: it folds no accents, knows no corrections, and makes no objects of its rows.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, make_dataclass, replace
from datetime import timedelta
from statistics import median
from typing import Any

from core import alerts, chronology, clock, dashboard, people, search
from core.person import Person, Role
from core.store import Store
from tests.bench import past
from tests.bench.figure import Figure
from tests.bench.reruns import SOUGHT
from tests.bench.school import School

ROUNDS = 7

Ask = Callable[[Person], object]

TABLES = {
    "incidents": "SELECT id, number, pupil, occurred_at::VARCHAR AS occurred_at, account,"
    " child_words, urgent, recorded_by, recorded_at::VARCHAR AS recorded_at FROM incidents",
    "linked_pupils": "SELECT incident, pupil, part FROM linked_pupils",
    "actions": "SELECT id, incident, kind, account, asked_of, due_on::VARCHAR AS due_on,"
    " recorded_by, recorded_at::VARCHAR AS recorded_at FROM actions",
    "completions": "SELECT action FROM completions",
    "alerts": "SELECT id, person, incident, recorded_at::VARCHAR AS recorded_at FROM alerts",
    "readings": "SELECT alert FROM readings",
    "pupils": "SELECT id, name, class_name FROM pupils",
    "people": "SELECT id, name, role, active FROM people",
    "relatives": "SELECT person, pupil FROM relatives",
    "statuses": "SELECT incident, status FROM statuses_now",
}

INDEXED = (
    "incidents(id)", "incidents(pupil)", "incidents(recorded_at)", "linked_pupils(pupil)",
    "linked_pupils(incident)", "actions(incident)", "actions(due_on)", "completions(action)",
    "alerts(person)", "alerts(incident)", "readings(alert)", "pupils(id)", "people(id)",
    "relatives(person)", "statuses(incident)",
)  # fmt: skip

SEEN = """i.id NOT IN (SELECT i2.id FROM relatives r JOIN incidents i2 ON i2.pupil = r.pupil
          WHERE r.person = :me)"""

UNREAD = f"""
    SELECT i.number, p.name, w.name, i.urgent, a.recorded_at FROM alerts a
    JOIN incidents i ON i.id = a.incident JOIN pupils p ON p.id = i.pupil
    JOIN people w ON w.id = i.recorded_by LEFT JOIN readings r ON r.alert = a.id
    WHERE a.person = :me AND r.alert IS NULL AND {SEEN} ORDER BY i.urgent DESC, a.recorded_at DESC
"""

ENTRIES = f"""
    SELECT i.*, w.name FROM incidents i JOIN people w ON w.id = i.recorded_by
    WHERE (i.pupil = :child OR i.id IN (SELECT incident FROM linked_pupils WHERE pupil = :child))
    AND {SEEN} ORDER BY i.occurred_at DESC
"""

BENEATH = """
    SELECT a.*, w.name FROM actions a JOIN people w ON w.id = a.recorded_by
    WHERE a.incident IN (SELECT id FROM incidents WHERE pupil = :child
                         UNION SELECT incident FROM linked_pupils WHERE pupil = :child)
"""

FOUND = f"""
    SELECT i.number, p.name, t.words FROM (
        SELECT id AS incident, account AS words FROM incidents
        UNION ALL SELECT id, child_words FROM incidents
        UNION ALL SELECT incident, account FROM actions) t
    JOIN incidents i ON i.id = t.incident JOIN pupils p ON p.id = i.pupil
    WHERE t.words LIKE '%' || :sought || '%' AND {SEEN} ORDER BY i.occurred_at DESC LIMIT 50
"""

STUCK = (
    f"""SELECT i.number, p.name, min(a.recorded_at), group_concat(DISTINCT o.name) FROM alerts a
        JOIN incidents i ON i.id = a.incident JOIN pupils p ON p.id = i.pupil
        JOIN people o ON o.id = a.person LEFT JOIN readings r ON r.alert = a.id
        WHERE r.alert IS NULL AND a.person <> :me AND o.role IN ('lead', 'head') AND {SEEN}
        AND a.recorded_at > :since GROUP BY i.id ORDER BY min(a.recorded_at)""",
    f"""SELECT i.number, p.name, a.due_on FROM actions a JOIN incidents i ON i.id = a.incident
        JOIN pupils p ON p.id = i.pupil LEFT JOIN completions c ON c.action = a.id
        WHERE a.asked_of <> '' AND c.action IS NULL AND a.due_on <= :today AND {SEEN}
        ORDER BY a.due_on""",
    f"""SELECT i.number, p.name FROM incidents i JOIN pupils p ON p.id = i.pupil
        LEFT JOIN statuses s ON s.incident = i.id WHERE s.incident IS NULL
        AND i.recorded_at > :since AND {SEEN}
        AND NOT EXISTS (SELECT 1 FROM actions a WHERE a.incident = i.id)""",
)  # the three dearest of the questions of Today


def measure(school: School) -> Iterator[Figure]:
    """What each question takes when nothing is kept, beside SQLite."""
    with school.opened() as store, closing(_copied(store)) as other:
        staff = people.teaching(store)
        lead = replace(next(p for p in staff if p.role is Role.LEAD), code_given=True)
        leads = [replace(lead, name=f"{lead.name} {nth}") for nth in range(ROUNDS)]
        child = store.ask(_Child, f"SELECT id FROM pupils WHERE name = '{past.LONG}'")[0].id
        values = {"child": child, "sought": SOUGHT, "today": _day(0), "since": _day(60)}
        ours: dict[str, tuple[list[Person], Ask, tuple[str, ...]]] = {
            "unread alerts": (staff[:ROUNDS], lambda by: alerts.unread(store, by=by), (UNREAD,)),
            "a chronology of 500": (
                leads, lambda by: chronology.of(store, child, by=by), (ENTRIES, BENEATH)),
            "the team’s desk": (leads, lambda by: dashboard.now(store, by=by), STUCK),
            "a search": (leads, lambda by: search.found(store, SOUGHT, by=by), (FOUND,)),
        }  # fmt: skip
        for what, (viewers, ask, questions) in ours.items():
            ask(lead)  # that it was read is recorded the first time
            yield Figure(
                what=f"Asking anew for {what} : SQLite",
                measured=_took(viewers, ask),
                unit="ms",
                yardstick=_took(viewers, _there(other, questions, values)),
            )


def _took(viewers: list[Person], ask: Ask) -> float:
    """The median in milliseconds, each time for a viewer for whom nothing has been kept."""
    took = []
    for viewer in viewers:
        begun = time.perf_counter()
        ask(viewer)
        took.append(time.perf_counter() - begun)
    return median(took) * 1000


def _there(other: sqlite3.Connection, questions: tuple[str, ...], values: dict[str, str]) -> Ask:
    return lambda by: [
        other.execute(question, values | {"me": by.id}).fetchall() for question in questions
    ]


def _copied(store: Store) -> sqlite3.Connection:
    """The tables that the questions are about, in memory, with an index for each way in."""
    other = sqlite3.connect(":memory:")
    for name, sql in TABLES.items():
        columns, rows = _rows(store, sql)
        other.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        other.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    for nth, indexed in enumerate(INDEXED):
        other.execute(f"CREATE INDEX i{nth} ON {indexed}")
    other.execute("ANALYZE")
    return other


def _rows(store: Store, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    chosen = sql.removeprefix("SELECT ").partition(" FROM ")[0].split(",")
    columns = [each.split()[-1] for each in chosen]
    shape = make_dataclass("Row", [(name, Any) for name in columns])
    rows: list[Any] = store.ask(shape, sql)
    return columns, [astuple(row) for row in rows]


def _day(ago: int) -> str:
    return f"{clock.now() - timedelta(days=ago):%Y-%m-%d}"


@dataclass(frozen=True)
class _Child:
    id: str
