"""What the desk asks the record: of one moment, as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import categories, escalation
from core.permissions import Verb, incidents
from core.person import Person
from core.settings import School
from core.store import Store

LOOK_BACK = 60  # days; further back nothing is “now”
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Notice:
    """One line of a group: an incident by its number, a pupil, the log of a missing child, or a
    transfer, and what there is about it."""

    number: int
    pupil: str
    said: str
    log: str = ""
    transfer: str = ""


@dataclass(frozen=True)
class Line:
    """A concern of a group; the fields with defaults hold what else its question asks."""

    number: int
    categories: tuple[str, ...]
    pupil: str
    pupil_name: str
    class_name: str
    author: str
    recorded_at: datetime
    who: str = ""
    late: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    urgent: bool = False
    due_on: date | None = None

    @property
    def title(self) -> str:
        """What kind of concern, and about whom."""
        return f"{categories.names(self.categories)}: {self.pupil_name}, {self.class_name}"


# An incident that counts and is not closed, with whom it is about and who wrote it.
LINES = """
    SELECT i.number, i.categories, i.pupil, p.name AS pupil_name, p.class_name,
           coalesce(w.name, '') AS author, {more}
    FROM incidents_now i JOIN pupils p ON p.id = i.pupil
    LEFT JOIN people w ON w.id = i.recorded_by
    LEFT JOIN statuses_now s ON s.incident = i.id
    {source}
    WHERE NOT i.in_error AND coalesce(s.status, 'new') <> 'closed' AND {seen} AND {which}
"""


@dataclass(frozen=True)
class Asked:
    """The school at one moment, as one person sees it."""

    store: Store
    school: School
    by: Person
    at: datetime

    @property
    def today(self) -> date:
        """The day that it is at school."""
        return self.at.astimezone(self.school.zone).date()

    def days_ago(self, days: int) -> datetime:
        """When that day began: the same all day, so that what is asked with it can be kept."""
        return datetime.combine(self.today - timedelta(days), time(), self.school.zone)

    def lines(self, more: str, source: str, which: str, **values: object) -> list[Line]:
        """The concerns that a question finds, of those that the person may see."""
        sql = LINES.format(
            more=more, source=source, which=which, seen=incidents(self.by, Verb.SEE_DASHBOARD)
        )
        return self.store.kept(_asked, sql, self.by, tuple(values.items()))

    def is_long(self, line: Line) -> bool:
        """Whether it has waited longer than the school allows."""
        since, urgent = line.recorded_at, line.urgent
        return escalation.waited_too_long(self.store, since, self.at, urgent=urgent)


def _asked(
    store: Store, sql: str, by: Person, values: tuple[tuple[str, object], ...]
) -> list[Line]:
    return store.ask(Line, sql, me=by.id, **dict(values))
