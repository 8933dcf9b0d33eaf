"""What the pack for an inspection asks of the record, for a period and as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from core import moments, names, wrong_clock
from core.measures import COUNTS
from core.permissions import Verb, incidents
from core.person import Person
from core.pieces import NOT_A_CONCERN
from core.settings import School
from core.store import Store

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A period of a school, the last day included, as one person sees it at a moment."""

    store: Store
    school: School
    since: date
    until: date
    named: bool
    at: datetime
    by: Person

    @property
    def zone(self) -> ZoneInfo:
        """The school's."""
        return self.school.zone

    @property
    def today(self) -> date:
        """On the school's wall."""
        return self.at.astimezone(self.zone).date()

    @property
    def period(self) -> dict[str, datetime]:
        """From the first moment of it to the first one after it."""
        after = self.until + timedelta(days=1)
        return {
            "since": moments.at(self.since, time(), self.zone),
            "before": moments.at(after, time(), self.zone),
        }

    def lines(self, shape: type[T], sql: str, **values: Any) -> list[T]:
        """What a question finds. A concern counts as it does in `measures`."""
        counts = COUNTS.format(seen=incidents(self.by, Verb.EXPORT_PACK))
        positive = sorted(NOT_A_CONCERN)
        return self.store.ask(shape, sql.format(counts=counts), me=self.by.id, positive=positive,
                              **values)  # fmt: skip

    def pupil(self, name: str, class_name: str) -> str:
        """A child as the head chose."""
        return f"{name if self.named else names.initials(name)}, {class_name}"

    def day(self, when: datetime | date | None) -> str:
        """“3 Mar 2026”, on the school's wall, and whether the clock was wrong when something was
        written down; a dash for none."""
        if when is None:
            return "–"
        local = when.astimezone(self.zone).date() if isinstance(when, datetime) else when
        is_wrong = isinstance(when, datetime) and bool(wrong_clock.among(self.store, [when]))
        return f"{local.day} {local:%b %Y}{f'. {wrong_clock.NOTE}' * is_wrong}"

    def days(self, since: datetime, until: datetime) -> str:
        """How many days later something was; 0 is the same day, and a dash where the clock was
        wrong, as nobody can say."""
        if wrong_clock.among(self.store, [since, until]):
            return "–"
        begins, ends = (at.astimezone(self.zone).date() for at in (since, until))
        return str((ends - begins).days)


@dataclass(frozen=True)
class Concern:
    """A concern that reached the team, with what came of it."""

    id: str
    number: int
    recorded_at: datetime
    categories: tuple[str, ...]
    pupil_name: str
    class_name: str
    parents_contacted: bool
    parents_why_not: str
    status: str
    outcome: str
    actions: int
    acted_at: datetime | None
    decided: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Whether two people have closed it."""
        return self.status == "closed"


CONCERNS = """
    SELECT i.id, i.number, i.recorded_at, i.categories, p.name AS pupil_name, p.class_name,
           i.parents_contacted, i.parents_why_not, coalesce(s.status, 'new') AS status,
           coalesce(s.outcome, '') AS outcome, coalesce(a.actions, 0) AS actions,
           f.acted_at,
           coalesce(d.decided, []) AS decided
    FROM incidents_now i JOIN pupils p ON p.id = i.pupil
    LEFT JOIN statuses_now s ON s.incident = i.id
    LEFT JOIN responses f ON f.incident = i.id
    LEFT JOIN (SELECT incident, count(*) AS actions FROM actions
               GROUP BY incident) a ON a.incident = i.id
    LEFT JOIN (SELECT incident, list(decided ORDER BY seq) AS decided FROM decisions
               GROUP BY incident) d ON d.incident = i.id
    WHERE {counts} AND i.recorded_at >= $since AND i.recorded_at < $before ORDER BY i.seq
"""


@dataclass(frozen=True)
class Referral:
    """A referral, and the first answer to it."""

    incident: str
    number: int
    categories: tuple[str, ...]
    pupil_name: str
    class_name: str
    recorded_at: datetime
    to_whom: str
    answered_at: datetime | None
    answer: str


# Those that were made in the period, and those about a concern of it.
REFERRALS = """
    SELECT r.incident, i.number, i.categories, p.name AS pupil_name, p.class_name, r.recorded_at,
           r.to_whom, r.answered_at, coalesce(a.account, '') AS answer
    FROM referrals r JOIN incidents_now i ON i.id = r.incident JOIN pupils p ON p.id = i.pupil
    LEFT JOIN (SELECT decision, arg_min(account, seq) AS account
               FROM referral_answers GROUP BY decision) a ON a.decision = r.id
    WHERE {counts} AND (r.recorded_at >= $since AND r.recorded_at < $before
                        OR i.recorded_at >= $since AND i.recorded_at < $before) ORDER BY r.seq
"""


@dataclass(frozen=True)
class Overdue:
    """Something that was asked of somebody and is not done."""

    number: int
    categories: tuple[str, ...]
    pupil_name: str
    class_name: str
    asked: str
    due_on: date


OVERDUE = """
    SELECT i.number, i.categories, p.name AS pupil_name, p.class_name,
           coalesce(w.name, '') AS asked, r.due_on
    FROM requests r JOIN incidents_now i ON i.id = r.incident JOIN pupils p ON p.id = i.pupil
    LEFT JOIN people w ON w.id = r.asked_of
    WHERE {counts} AND r.done_at IS NULL AND r.due_on < $today ORDER BY r.due_on, r.seq
"""


@dataclass(frozen=True)
class Told:
    """A concern of which somebody was alerted, and when they marked it as read."""

    person: str
    name: str
    post: str
    recorded_at: datetime
    read_at: datetime | None


# Of the concern itself: what was added later is read by whoever acts on it.
TOLD = """
    SELECT a.person, coalesce(w.name, '') AS name, coalesce(w.post, '') AS post, a.recorded_at,
           a.read_at
    FROM alerts_now a JOIN incidents_now i ON i.id = a.incident
    LEFT JOIN people w ON w.id = a.person
    WHERE {counts} AND a.action = '' AND i.recorded_at >= $since AND i.recorded_at < $before
    ORDER BY w.name, a.person, a.seq
"""
