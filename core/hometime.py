"""The children at the end of a day: who may collect each, who left how, and who is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from core import clock, collection, moments, openings, pupils, register_marks, settings
from core.collection import Collector, Order, Walk
from core.permissions import NotThere, Verb, children, demand
from core.person import Person
from core.store import Store

T = TypeVar("T")


# How a child can go home; `kept` is still at school after all.
WAYS: Mapping[str, str] = {
    "collected": "Collected",
    "alone": "Went home alone",
    "club": "At a club",
    "override": "Gone as a lead allowed",
    "kept": "Still here",
}


@dataclass(frozen=True)
class Gone:
    """How a child went home, who saw to it, and when."""

    pupil: str
    how: str
    name: str
    reason: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True)
class Try:
    """Somebody was rung, and answered or not."""

    pupil: str
    collector: str
    answered: bool
    author: str
    recorded_at: datetime


@dataclass(frozen=True)
class Leaving:
    """A child at the end of a day. `is_family`: of the viewer's own, for a colleague to see to."""

    pupil: str
    name: str
    is_family: bool
    collectors: Sequence[Collector]
    kept_from: Sequence[Order]
    walk: Walk | None
    gone: Gone | None
    tries: Sequence[Try]
    is_late: bool

    @property
    def is_gone(self) -> bool:
        """Whether they have left, as far as anybody has recorded."""
        return self.gone is not None and self.gone.how != "kept"


def of_class(store: Store, class_name: str, day: date, *, by: Person) -> list[Leaving]:
    """The children of a class who are at school on a day, those not collected in time first.

    That the list was read is recorded. Raises `NotAllowed`, `NotThere`.
    """
    demand(by, Verb.HAND_OVER)
    here = register_marks.here_on(store, day, by=by)
    known = [p for p in pupils.in_class(store, class_name, by=by) if here.get(p.id, True)]
    if not known:
        raise NotThere("class with children here on this day")
    openings.note(store, "hand_over", class_name, by=by)
    found = of(store, known, day, by=by)
    return sorted(found, key=lambda each: (not each.is_late, each.name))


def of(store: Store, known: Sequence[pupils.Pupil], day: date, *, by: Person) -> list[Leaving]:
    """How some children of the list stand at the end of a day. Raises `NotAllowed`."""
    demand(by, Verb.HAND_OVER)
    asked = _Asked(store, [each.id for each in known], day, by)
    adults, walks, orders = collection.about(store, asked.ids, Verb.HAND_OVER, by=by)
    not_mine, gone, tries = asked.not_mine(), asked.gone(), asked.tries()
    late = _is_late(store, day)
    found: list[Leaving] = []
    for pupil in known:
        kept_from = [o for o in orders if o.pupil == pupil.id and not o.ended]
        went = gone.get(pupil.id)
        found.append(
            Leaving(
                pupil=pupil.id,
                name=pupil.name,
                is_family=pupil.id not in not_mine,
                collectors=[c for c in adults if c.pupil == pupil.id and not c.ended
                            and not collection.kept_away(c.name, kept_from)],
                kept_from=kept_from,
                walk=_newest([w for w in walks if w.pupil == pupil.id and not w.ended], day),
                gone=went,
                tries=[t for t in tries if t.pupil == pupil.id],
                is_late=late and (went is None or went.how == "kept"),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Asked:
    """Some children on one day, as one person may see them."""

    store: Store
    ids: Sequence[str]
    day: date
    by: Person

    def not_mine(self) -> set[str]:
        sql = f"SELECT p.id FROM pupils p WHERE list_contains($ids, p.id) AND {self._seen}"
        return {each.id for each in self.store.ask(_Id, sql, ids=list(self.ids), me=self.by.id)}

    def gone(self) -> dict[str, Gone]:
        sql = "SELECT t.pupil, t.how, t.name, t.reason"
        return {each.pupil: each for each in self._some(Gone, sql, "hand_overs_now")}

    def tries(self) -> list[Try]:
        return self._some(Try, "SELECT t.pupil, t.collector, t.answered", "collection_tries")

    def _some(self, shape: type[T], select: str, table: str) -> list[T]:
        sql = f"""{select}, coalesce(w.name, '') AS author, t.recorded_at
                  FROM {table} t JOIN pupils p ON p.id = t.pupil
                  LEFT JOIN people w ON w.id = t.recorded_by
                  WHERE t.day = $day AND list_contains($ids, t.pupil) AND {self._seen}
                  ORDER BY t.seq"""
        return self.store.ask(shape, sql, day=self.day, ids=list(self.ids), me=self.by.id)

    @property
    def _seen(self) -> str:
        return children(self.by, Verb.HAND_OVER)


def _newest(walks: Sequence[Walk], day: date) -> Walk | None:
    """The permission that holds on a day, or the last one, which says why none does."""
    return next((w for w in walks if w.holds(day)), walks[-1] if walks else None)


def _is_late(store: Store, day: date) -> bool:
    school = settings.school(store)
    home = moments.at(day, school.goes_home_at, school.zone)
    return clock.now() >= home + timedelta(minutes=int(school.grace_minutes))


@dataclass(frozen=True)
class _Id:
    id: str
