"""Children of whom the school does not know where they are, and classes without a register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core import clock, pupils, register_marks, registers, school_days, settings
from core.permissions import Verb, demand
from core.person import Person
from core.pupils import Pupil
from core.register_marks import SESSIONS, are
from core.store import Store


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


def now(store: Store, *, by: Person) -> list[Unaccounted]:
    """Where the registers of today that have closed leave a child unaccounted for: whoever was
    here in the morning first, then every other child by name, then the classes whose register
    nobody has taken. Raises `NotAllowed`."""
    demand(by, Verb.SEE_UNACCOUNTED)
    school = settings.school(store)
    local = clock.now().astimezone(school.zone)
    closed = [each for each in SESSIONS if local.time() >= registers.closes(school, each)]
    if not closed or not school_days.calendar(store).is_open(local.date()):
        return []
    found: list[Unaccounted] = []
    for class_name in pupils.classes(store, by=by):
        children = pupils.in_class(store, class_name, by=by)
        found += _of_class(store, class_name, children, local.date(), closed[-1], by)
    return sorted(found, key=lambda each: (not each.was_here, not each.pupil))


def _of_class(
    store: Store, class_name: str, children: Sequence[Pupil], day: date, session: str, by: Person
) -> Iterator[Unaccounted]:
    marked = register_marks.of(store, day, session, by=by)
    if not any(child.id in marked for child in children):
        yield Unaccounted(class_name, session)
        return
    before = register_marks.of(store, day, "morning", by=by)
    for child in children:
        marks, earlier = marked.get(child.id), before.get(child.id)
        went = not marks and are(earlier, "left")
        if not went and (not marks or are(marks, "unknown")):
            was_here = session == "afternoon" and are(earlier, "here")
            yield Unaccounted(class_name, session, child.id, child.name, was_here)
