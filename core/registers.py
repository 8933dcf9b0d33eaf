"""The registers: which child is here, in the morning and in the afternoon of a day of school.

A mark is never changed: a later one stands instead of it, and both can be read. Whoever has no mark
when a register closes, or is absent and nobody knows why, is not accounted for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from core import clock, moments, people, pupils, school_days, settings
from core.errors import Refused
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.records import RegisterEntry
from core.settings import School
from core.store import Store

FILE = Path(__file__).parents[1] / "data" / "attendance.json"
SESSIONS: Mapping[str, str] = {"morning": "Morning", "afternoon": "Afternoon"}
NOON = time(12)


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


@dataclass(frozen=True)
class Row:
    """A child in a register, with every mark of the session, the newest first."""

    pupil: str
    name: str
    marks: tuple[Mark, ...]

    @property
    def mark(self) -> Mark | None:
        """The mark that counts."""
        return self.marks[0] if self.marks else None


@dataclass(frozen=True)
class Register:
    """One class in one session of a day."""

    class_name: str
    day: date
    session: str
    closes: time
    rows: tuple[Row, ...]

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The ids of the children whom nobody has marked yet."""
        return tuple(row.pupil for row in self.rows if row.mark is None)


@dataclass(frozen=True)
class Unaccounted:
    """A child of whom the school does not know where they are; or, if `pupil` is empty, a class
    whose register nobody has taken. `was_here` says that they were there in the morning."""

    class_name: str
    session: str
    pupil: str = ""
    name: str = ""
    was_here: bool = False

    @property
    def said(self) -> str:
        """What there is about it, in a sentence."""
        session = self.session
        if not self.pupil:
            return f"{self.class_name}: the {session} register has not been taken"
        before = ". Was here this morning" if self.was_here else ""
        return f"{self.name}, {self.class_name}: not accounted for this {session}{before}"


@cache
def kinds() -> Mapping[str, Kind]:
    """What a child can be marked as, in the order in which it is offered."""
    entries: list[dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {entry["key"]: Kind(**entry) for entry in entries}


def reasons() -> list[Kind]:
    """Why a child can be absent."""
    return [kind for kind in kinds().values() if kind.kind == "away"]


def newest_day(store: Store, *, by: Person) -> date:
    """Today, or the last day on which there was school."""
    demand(by, Verb.KEEP_REGISTER)
    return school_days.last_open(moments.today(settings.school(store).zone))


def session_now(store: Store, *, by: Person) -> str:
    """The session that it is by the clock on the wall."""
    demand(by, Verb.KEEP_REGISTER)
    local = clock.now().astimezone(settings.school(store).zone)
    return "morning" if local.time() < NOON else "afternoon"


def of(store: Store, class_name: str, day: date, session: str, *, by: Person) -> Register:
    """The register of a class. Raises `NotAllowed`, `NotThere`."""
    demand(by, Verb.KEEP_REGISTER)
    children = pupils.in_class(store, class_name, by=by)
    if not children or session not in SESSIONS:
        raise NotThere("register")
    made = store.kept(_marks, day, session)
    rows = tuple(Row(child.id, child.name, made.get(child.id, ())) for child in children)
    return Register(class_name, day, session, closes(settings.school(store), session), rows)


def mark(store: Store, day: date, session: str, marks: Mapping[str, str], *, by: Person) -> None:
    """Marks children, by id, as something of `kinds`; again, where a mark was wrong. Whoever is
    marked so already needs no second mark.

    Raises `NotAllowed`, `NotThere`, and `Refused` for a day that is none of school or to come.
    """
    demand(by, Verb.KEEP_REGISTER)
    _check_day(store, day)
    known = {child.id for child in pupils.everyone(store, by=by)}
    if set(marks) - known or session not in SESSIONS or set(marks.values()) - kinds().keys():
        raise NotThere("student in this register")
    made = store.kept(_marks, day, session)
    marks = {pupil: kind for pupil, kind in marks.items()
             if pupil not in made or made[pupil][0].kind.key != kind}  # fmt: skip
    if marks:
        entry = RegisterEntry(day=day, session=session, pupils=tuple(marks),
                              marks=tuple(marks.values()))  # fmt: skip
        store.append(entry, by=by)


def all_present(store: Store, class_name: str, day: date, session: str, *, by: Person) -> None:
    """Marks as present whoever of a class has no mark yet. Raises what `mark` does."""
    with store.alone():
        register = of(store, class_name, day, session, by=by)
        mark(store, day, session, dict.fromkeys(register.unmarked, "present"), by=by)


def unaccounted(store: Store, *, by: Person) -> list[Unaccounted]:
    """Where the registers of today that have closed leave a child unaccounted for: whoever was
    here in the morning first, then every other child by name, then the classes whose register
    nobody has taken. Raises `NotAllowed`."""
    demand(by, Verb.SEE_UNACCOUNTED)
    school = settings.school(store)
    local = clock.now().astimezone(school.zone)
    closed = [each for each in SESSIONS if local.time() >= closes(school, each)]
    if not closed or not school_days.is_open(local.date()):
        return []
    day, session = local.date(), closed[-1]
    now, before = store.kept(_marks, day, session), store.kept(_marks, day, "morning")
    found: list[Unaccounted] = []
    for class_name in pupils.classes(store, by=by):
        children = pupils.in_class(store, class_name, by=by)
        if not any(child.id in now for child in children):
            found.append(Unaccounted(class_name, session))
            continue
        for child in children:
            went = child.id not in now and _is(before.get(child.id), "left")
            if _unknown(now.get(child.id)) and not went:
                was_here = session == "afternoon" and _is(before.get(child.id), "here")
                found.append(Unaccounted(class_name, session, child.id, child.name, was_here))
    return sorted(found, key=lambda each: (not each.was_here, not each.pupil))


def here_on(store: Store, day: date, *, by: Person) -> Mapping[str, bool]:
    """For each child who was marked on a day whether they are at school by the newest session."""
    demand(by, Verb.KEEP_REGISTER)
    morning, afternoon = (store.kept(_marks, day, session) for session in SESSIONS)
    return {pupil: _is(marks, "here") for pupil, marks in {**morning, **afternoon}.items()}


def closes(school: School, session: str) -> time:
    """When the register of a session closes."""
    return school.morning_closes_at if session == "morning" else school.afternoon_closes_at


def _unknown(marks: Sequence[Mark] | None) -> bool:
    return not marks or _is(marks, "unknown")


def _is(marks: Sequence[Mark] | None, kind: str) -> bool:
    return marks is not None and marks[0].kind.kind == kind


def _check_day(store: Store, day: date) -> None:
    if day > moments.today(settings.school(store).zone):
        raise Refused("This day is still to come: choose today, or a day that has been.")
    if not school_days.is_open(day):
        raise Refused("There is no school on this day: choose another one.")


def _marks(store: Store, day: date, session: str) -> dict[str, tuple[Mark, ...]]:
    """Every mark of a session by child, the newest first."""
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
