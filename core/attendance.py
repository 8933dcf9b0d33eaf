"""Who comes to school less than before, together with a concern: a rule of “who needs a look”.

Attendance alone says little, and a school sees it elsewhere. Beside a concern it says more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core import moments
from core.permissions import Verb, children
from core.person import Person
from core.pieces import Pointed, Seen
from core.register_marks import kinds
from core.school_days import Calendar
from core.store import Store

RECENT, BEFORE = 5, 20  # days of school that are compared
FALL = 30  # in a hundred sessions: more than a day of a week
ENOUGH = 8  # sessions before, or nothing can be said
CONCERN = timedelta(days=30)
WEIGHT = 5

WAITS = "Attendance is compared again once the terms are known."


@dataclass(frozen=True)
class Sessions:
    """How many sessions a child was there, of how many in which they were marked."""

    pupil: str
    here: int
    marked: int
    here_before: int
    marked_before: int

    @property
    def has_fallen(self) -> bool:
        """Whether they are there less than before, by so many in a hundred."""
        if not self.marked or self.marked_before < ENOUGH:
            return False
        lost = self.here_before * self.marked - self.here * self.marked_before
        return 100 * lost >= FALL * self.marked * self.marked_before


def pointed(store: Store, seen: Seen, *, by: Person) -> Iterator[Pointed]:
    """The children who come less, and about whom somebody wrote a concern not long ago. Nobody
    while it `waits`."""
    yesterday = moments.day_before(seen.at, seen.school.zone)
    if waits(seen.calendar, yesterday):
        return
    days = seen.calendar.opened(yesterday, RECENT + BEFORE)
    fallen = store.kept(_fallen, days[-1], days[RECENT - 1], days[0], by)
    for child in seen.children:
        pieces = seen.since(child.id, CONCERN)
        if pieces and (found := fallen.get(child.id)):
            concerns = "a concern" if len(pieces) == 1 else f"{len(pieces)} concerns"
            said = (
                f"At school for {found.here} of the last {found.marked} sessions, "
                f"{found.here_before} of {found.marked_before} before, and {concerns} in "
                f"{CONCERN.days} days."
            )
            yield Pointed(child.id, child.name, child.class_name, "attendance", said, tuple(pieces),
                          WEIGHT + len(pieces))  # fmt: skip


def waits(calendar: Calendar, last: date) -> str:
    """A sentence, where the last of the days that would be compared is not known; else nothing."""
    ended = calendar.ended(last)
    return f"{ended} {WAITS}" if ended else ""


def _fallen(store: Store, first: date, recent: date, last: date, by: Person) -> dict[str, Sessions]:
    sql = f"""SELECT r.pupil,
                     count(*) FILTER (r.day >= $recent AND list_contains($here, r.mark)) AS here,
                     count(*) FILTER (r.day >= $recent) AS marked,
                     count(*) FILTER (r.day < $recent AND list_contains($here, r.mark))
                         AS here_before,
                     count(*) FILTER (r.day < $recent) AS marked_before
              FROM registers_now r JOIN pupils p ON p.id = r.pupil
              WHERE r.day BETWEEN $first AND $last AND {children(by, Verb.SEE_DASHBOARD)}
              GROUP BY r.pupil"""
    here = [kind.key for kind in kinds().values() if kind.kind in ("here", "left")]
    given = {"first": first, "recent": recent, "last": last, "here": here, "me": by.id}
    return {each.pupil: each for each in store.ask(Sessions, sql, **given) if each.has_fallen}
