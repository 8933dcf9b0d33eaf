"""The registers: which child is here, in the morning and in the afternoon of a day of school.

A mark is never changed: a later one stands instead of it, and both can be read. Whoever has no mark
when a register closes, or is absent and nobody knows why, is not accounted for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from core import clock, moments, pupils, register_marks, school_days, settings
from core.errors import Refused
from core.permissions import NotThere, Verb, demand
from core.person import Person
from core.records import RegisterEntry
from core.register_marks import SESSIONS, Mark, kinds
from core.settings import School
from core.store import Store

NOON = time(12)


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


def newest_day(store: Store, *, by: Person) -> date:
    """Today, or the last day on which there was school."""
    demand(by, Verb.KEEP_REGISTER)
    return school_days.calendar(store).last_open(moments.today(settings.school(store).zone))


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
    made = register_marks.of(store, day, session, by=by)
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
    made = register_marks.of(store, day, session, by=by)
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


def closes(school: School, session: str) -> time:
    """When the register of a session closes."""
    return school.morning_closes_at if session == "morning" else school.afternoon_closes_at


def _check_day(store: Store, day: date) -> None:
    if day > moments.today(settings.school(store).zone):
        raise Refused("This day is still to come: choose today, or a day that has been.")
    if not school_days.calendar(store).is_open(day):
        raise Refused("There is no school on this day: choose another one.")
