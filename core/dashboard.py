"""The safeguarding team's desk: what cannot wait, and what is stuck, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import (
    alerts,
    categories,
    clock,
    collection,
    escalation,
    openings,
    plans,
    registers,
    school_days,
    settings,
    transfers,
)
from core.missing import ends, logs, titles
from core.permissions import Verb, demand, incidents
from core.person import Person
from core.settings import School
from core.store import Store

LOOK_BACK = 60  # days; further back nothing is “now”
SOON = timedelta(days=14)
YEAR = timedelta(days=365)


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
class Group:
    """What is stuck in the same way. `kind` is one of `KINDS`."""

    kind: str
    notices: tuple[Notice, ...]


KINDS = (
    "missing",
    "urgent",
    "unaccounted",
    "unread",
    "overdue",
    "today",
    "silent",
    "referral",
    "search",
    "review",
    "transfer",
    "new",
)


@dataclass(frozen=True)
class _Line:
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


def now(store: Store, *, by: Person) -> list[Group]:
    """What cannot wait, group by group in the order of `KINDS`; empty ones are left out.

    That it was opened is recorded, and what is new counts from the time before. Raises
    `NotAllowed`.
    """
    demand(by, Verb.SEE_DASHBOARD)
    school, before = settings.school(store), _last_here(store, by)
    openings.note(store, "dashboard", "", by=by)
    asked = _Asked(store, school, by, clock.now())
    groups = [Group(kind, tuple(WAYS[kind](asked))) for kind in KINDS if kind != "new"]
    groups.append(Group("new", tuple(_new(asked, before))))
    return [group for group in groups if group.notices]


@dataclass(frozen=True)
class _Asked:
    """The school at one moment, as one person sees it."""

    store: Store
    school: School
    by: Person
    at: datetime

    @property
    def today(self) -> date:
        return self.at.astimezone(self.school.zone).date()

    def days_ago(self, days: int) -> datetime:
        """When that day began: the same all day, so that what is asked with it can be kept."""
        return datetime.combine(self.today - timedelta(days), time(), self.school.zone)

    def lines(self, more: str, source: str, which: str, **values: object) -> list[_Line]:
        sql = LINES.format(
            more=more, source=source, which=which, seen=incidents(self.by, Verb.SEE_DASHBOARD)
        )
        return self.store.kept(_asked, sql, self.by, tuple(values.items()))

    def is_long(self, line: _Line) -> bool:
        """Whether it has waited longer than the school allows."""
        since, urgent = line.recorded_at, line.urgent
        return escalation.waited_too_long(since, self.at, self.school, urgent=urgent)


def _missing(asked: _Asked) -> Iterable[Notice]:
    for log in logs.every(asked.store, by=asked.by):
        if log.is_open:
            yield Notice(0, "", titles.of(asked.store, log.id, by=asked.by), log=log.id)


def _searched(asked: _Asked) -> Iterable[Notice]:
    """What is still owed of a search that is over."""
    for each in ends.waiting(asked.store, by=asked.by):
        said = titles.of(asked.store, each.log, by=asked.by)
        yield Notice(0, "", f"{said}. {each.said}.", log=each.log)


def near_misses(store: Store, *, by: Person) -> int:
    """How many children were missing for minutes only, in the last twelve months. Raises
    `NotAllowed`."""
    return titles.near_misses(store, clock.now() - YEAR, by=by)


def _urgent(asked: _Asked) -> Iterable[Notice]:
    for line in alerts.unread(asked.store, by=asked.by):
        if line.urgent:
            said = f"{categories.names(line.categories)}: {line.pupil_name}, {line.class_name}"
            yield Notice(line.number, "", f"{said}, from {line.author}")


def _unaccounted(asked: _Asked) -> Iterable[Notice]:
    for each in registers.unaccounted(asked.store, by=asked.by):
        yield Notice(0, each.pupil, each.said)


def _unread(asked: _Asked) -> Iterable[Notice]:
    found = asked.lines(
        "min(a.recorded_at) AS recorded_at, bool_or(i.urgent AND a.action = '') AS urgent,"
        " list(DISTINCT o.name ORDER BY o.name) AS late,"
        " coalesce(list(DISTINCT t.name ORDER BY t.name) FILTER (t.name <> ''), []) AS told",
        "JOIN alerts_now a ON a.incident = i.id JOIN people o ON o.id = a.person"
        " LEFT JOIN escalated e ON e.alert = a.id LEFT JOIN people t ON t.id = e.told",
        "a.read_at IS NULL AND NOT a.is_escalation AND a.person <> $me AND o.active"
        " AND o.role IN ('lead', 'head') AND a.recorded_at > $since"
        " GROUP BY ALL ORDER BY min(a.recorded_at)",
        since=asked.days_ago(LOOK_BACK),
    )
    for line in found:
        if asked.is_long(line):
            said = f"{line.title}. Not read by {', '.join(line.late)}"
            yield Notice(line.number, line.pupil, f"{said}{_escalated(line)}")


def _escalated(line: _Line) -> str:
    """To whom, other than those who are late themselves: they were told of each other."""
    others = [name for name in line.told if name not in line.late]
    if others:
        return f". Escalated to {', '.join(others)}"
    return ". Escalated to all of them" if line.told else ""


def _due(asked: _Asked, compared: str) -> list[_Line]:
    return asked.lines(
        "r.recorded_at, coalesce(o.name, '') AS who, r.due_on",
        "JOIN requests r ON r.incident = i.id LEFT JOIN people o ON o.id = r.asked_of",
        f"r.done_at IS NULL AND r.due_on {compared} $today ORDER BY r.due_on, r.seq",
        today=asked.today,
    )


def _overdue(asked: _Asked) -> Iterable[Notice]:
    for line in _due(asked, "<"):
        assert line.due_on is not None  # noqa: S101 - as the question says
        since = f"{line.due_on:%a} {line.due_on.day} {line.due_on:%b}"
        yield Notice(line.number, line.pupil, f"{line.title}. Asked of {line.who}, due {since}")


def _due_today(asked: _Asked) -> Iterable[Notice]:
    for line in _due(asked, "="):
        yield Notice(line.number, line.pupil, f"{line.title}. Asked of {line.who}")


def _silent(asked: _Asked) -> Iterable[Notice]:
    found = asked.lines(
        "i.recorded_at",
        "",
        "s.id IS NULL AND i.recorded_at > $since"
        " AND NOT EXISTS (SELECT 1 FROM actions a WHERE a.incident = i.id) ORDER BY i.recorded_at",
        since=asked.days_ago(LOOK_BACK),
    )
    for line in found:
        if asked.is_long(line):
            yield Notice(line.number, line.pupil, f"{line.title}, from {line.author}")


def _referrals(asked: _Asked) -> Iterable[Notice]:
    found = asked.lines(
        "r.recorded_at, r.to_whom AS who",
        "JOIN referrals r ON r.incident = i.id",
        "r.answered_at IS NULL ORDER BY r.seq",
    )
    for line in found:
        sent = line.recorded_at.astimezone(asked.school.zone).date()
        if asked.today > school_days.next_open(sent):
            yield Notice(line.number, line.pupil, f"{line.title}. To {line.who}")


def _reviews(asked: _Asked) -> Iterable[Notice]:
    for plan in plans.current(asked.store, asked.today, by=asked.by):
        if plan.review_on and plan.review_on <= asked.today + SOON:
            on = f"{plan.review_on:%a} {plan.review_on.day} {plan.review_on:%b}"
            said = f"{plans.KINDS[plan.kind]}: {plan.pupil_name}, {plan.class_name}. Review {on}"
            yield Notice(0, plan.pupil, said)
        elif plan.until and plan.until <= asked.today + SOON:
            on = f"{plan.until:%a} {plan.until.day} {plan.until:%b}"
            said = f"{plans.KINDS[plan.kind]}: {plan.pupil_name}, {plan.class_name}. Ends {on}"
            yield Notice(0, plan.pupil, said)


def _reviews_and_orders(asked: _Asked) -> Iterable[Notice]:
    yield from _reviews(asked)
    for order in collection.ending(asked.store, asked.today + SOON, by=asked.by):
        runs = "Ran out" if order.until < asked.today else "Runs out"
        on = f"{order.until:%a} {order.until.day} {order.until:%b}"
        said = f"Court order about collecting: {order.pupil_name}, {order.class_name}. {runs} {on}"
        yield Notice(0, order.pupil, said)


def _transfers(asked: _Asked) -> Iterable[Notice]:
    """Files that another school has to have soon, or had to, until it has signed for them."""
    for each in transfers.waiting(asked.store, asked.today + SOON, by=asked.by):
        day = each.due.earliest
        by = f"due {day:%a} {day.day} {day:%b}"
        done = "Sent, no receipt yet" if each.made_at else "Not sent yet"
        said = f"{each.pupil_name}, {each.class_name}, to {each.school}. {done}, {by}"
        yield Notice(0, each.pupil, said, transfer=each.id)


def _new(asked: _Asked, since: datetime | None) -> Iterable[Notice]:
    found = asked.lines(
        "i.recorded_at", "", "i.recorded_at > $since ORDER BY i.recorded_at DESC",
        since=since or asked.days_ago(1),
    )  # fmt: skip
    for line in found:
        yield Notice(line.number, line.pupil, f"{line.title}, from {line.author}")


WAYS: dict[str, Callable[[_Asked], Iterable[Notice]]] = {
    "missing": _missing,
    "urgent": _urgent,
    "unaccounted": _unaccounted,
    "unread": _unread,
    "overdue": _overdue,
    "today": _due_today,
    "silent": _silent,
    "referral": _referrals,
    "search": _searched,
    "review": _reviews_and_orders,
    "transfer": _transfers,
}


def _asked(
    store: Store, sql: str, by: Person, values: tuple[tuple[str, object], ...]
) -> list[_Line]:
    return store.ask(_Line, sql, me=by.id, **dict(values))


def _last_here(store: Store, by: Person) -> datetime | None:
    """When this person last looked, before the reading that goes on now."""
    sql = """SELECT max(recorded_at) AS at FROM openings
             WHERE what = 'dashboard' AND recorded_by = $me AND recorded_at < $before"""
    before = clock.now() - openings.ONE_READING
    return store.ask(_Last, sql, me=by.id, before=before)[0].at


@dataclass(frozen=True)
class _Last:
    at: datetime | None
