"""What a child can be marked as in a register, and every mark that was made in a session."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from core import people
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store

FILE = Path(__file__).parents[1] / "data" / "attendance.json"
SESSIONS: Mapping[str, str] = {"morning": "Morning", "afternoon": "Afternoon"}


@dataclass(frozen=True)
class Kind:
    """What a child can be marked as. `kind` is `here`, `left`, `away`, or `unknown`; `code` is how
    a school's return to the ministry writes it."""

    key: str
    name: str
    code: str
    kind: str


@dataclass(frozen=True)
class Mark:
    """What somebody marked a child as, and when."""

    kind: Kind
    author: str
    recorded_at: datetime


@cache
def kinds() -> Mapping[str, Kind]:
    """What a child can be marked as, in the order in which it is offered."""
    entries: list[dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {entry["key"]: Kind(**entry) for entry in entries}


def reasons() -> list[Kind]:
    """Why a child can be absent."""
    return [kind for kind in kinds().values() if kind.kind == "away"]


def here_on(store: Store, day: date, *, by: Person) -> Mapping[str, bool]:
    """For each child who was marked on a day whether they are at school by the newest session.
    Raises `NotAllowed`."""
    morning, afternoon = (of(store, day, session, by=by) for session in SESSIONS)
    return {pupil: are(marks, "here") for pupil, marks in {**morning, **afternoon}.items()}


def are(marks: Sequence[Mark] | None, kind: str) -> bool:
    """Whether the newest of a child's marks, if there are any, is of this kind."""
    return marks is not None and marks[0].kind.kind == kind


def of(store: Store, day: date, session: str, *, by: Person) -> Mapping[str, tuple[Mark, ...]]:
    """Every mark of a session by child, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_REGISTER)
    return store.kept(_of, day, session)


def _of(store: Store, day: date, session: str) -> dict[str, tuple[Mark, ...]]:
    sql = """SELECT pupil, mark, recorded_by, recorded_at FROM register_marks
             WHERE day = $day AND session = $session ORDER BY seq DESC"""
    authors = people.names(store)
    found: dict[str, tuple[Mark, ...]] = {}
    for each in store.ask(_Marked, sql, day=day, session=session):
        author = authors.get(each.recorded_by, "")
        made = Mark(kinds()[each.mark], author, each.recorded_at)
        found[each.pupil] = (*found.get(each.pupil, ()), made)
    return found


@dataclass(frozen=True)
class _Marked:
    pupil: str
    mark: str
    recorded_by: str
    recorded_at: datetime
