"""Concerns that cannot wait, that nobody has read or acted on, and what is new."""

from __future__ import annotations

from collections.abc import Iterable

from core import alerts, categories, moments, school_days
from core.dashboard.asking import LOOK_BACK, Asked, Line, Notice


def urgent(asked: Asked) -> Iterable[Notice]:
    """Urgent ones that the asker has not read."""
    for line in alerts.unread(asked.store, by=asked.by):
        if line.urgent:
            said = f"{categories.names(line.categories)}: {line.pupil_name}, {line.class_name}"
            yield Notice(line.number, "", f"{said}, from {line.author}")


def unread(asked: Asked) -> Iterable[Notice]:
    """Those that another lead or the head has left unread for longer than the school allows."""
    found = asked.lines(
        "min(a.recorded_at) AS recorded_at, bool_or(i.urgent AND a.action = '') AS urgent,"
        " list(DISTINCT o.name ORDER BY o.name) AS late,"
        " coalesce(list(DISTINCT t.name ORDER BY t.name) FILTER (t.name <> ''), []) AS told",
        "JOIN unread_alerts a ON a.incident = i.id JOIN people o ON o.id = a.person"
        " LEFT JOIN escalated e ON e.alert = a.id LEFT JOIN people t ON t.id = e.told",
        "a.person <> $me AND o.active"
        " AND o.role IN ('lead', 'head') AND a.recorded_at > $since"
        " GROUP BY ALL ORDER BY min(a.seq)",
        since=asked.days_ago(LOOK_BACK),
    )
    for line in found:
        if asked.is_long(line):
            said = f"{line.title}. Not read by {', '.join(line.late)}"
            yield Notice(line.number, line.pupil, f"{said}{_escalated(line)}")


def _escalated(line: Line) -> str:
    """To whom, other than those who are late themselves: they were told of each other."""
    others = [name for name in line.told if name not in line.late]
    if others:
        return f". Escalated to {', '.join(others)}"
    return ". Escalated to all of them" if line.told else ""


def _due(asked: Asked, compared: str) -> list[Line]:
    return asked.lines(
        "r.recorded_at, coalesce(o.name, '') AS who, r.due_on",
        "JOIN requests r ON r.incident = i.id LEFT JOIN people o ON o.id = r.asked_of",
        f"r.done_at IS NULL AND r.due_on {compared} $today ORDER BY r.due_on, r.seq",
        today=asked.today,
    )


def overdue(asked: Asked) -> Iterable[Notice]:
    """What somebody was asked to do by a day that has passed."""
    for line in _due(asked, "<"):
        assert line.due_on is not None  # noqa: S101 - as the question says
        since = moments.weekday(line.due_on)
        yield Notice(line.number, line.pupil, f"{line.title}. Asked of {line.who}, due {since}")


def due_today(asked: Asked) -> Iterable[Notice]:
    """What somebody was asked to do by today."""
    for line in _due(asked, "="):
        yield Notice(line.number, line.pupil, f"{line.title}. Asked of {line.who}")


def silent(asked: Asked) -> Iterable[Notice]:
    """Those to which nobody has answered with an action or a decision for too long."""
    found = asked.lines(
        "i.recorded_at",
        "",
        "s.id IS NULL AND i.recorded_at > $since"
        " AND NOT EXISTS (SELECT 1 FROM responses r WHERE r.incident = i.id)"
        " ORDER BY i.seq",
        since=asked.days_ago(LOOK_BACK),
    )
    for line in found:
        if asked.is_long(line):
            yield Notice(line.number, line.pupil, f"{line.title}, from {line.author}")


def referrals(asked: Asked) -> Iterable[Notice]:
    """Referrals without an answer after one working day."""
    found = asked.lines(
        "r.recorded_at, r.to_whom AS who",
        "JOIN referrals r ON r.incident = i.id",
        "r.answered_at IS NULL ORDER BY r.seq",
    )
    calendar = school_days.calendar(asked.store)
    for line in found:
        sent = line.recorded_at.astimezone(asked.school.zone).date()
        if asked.today > calendar.next_open(sent):
            yield Notice(line.number, line.pupil, f"{line.title}. To {line.who}")


def new(asked: Asked, after: int) -> Iterable[Notice]:
    """What was recorded after this place in the record, at which the asker was last here; since
    yesterday for their first time."""
    which = "i.seq > $after" if after else "i.recorded_at > $since"
    given = {"after": after} if after else {"since": asked.days_ago(1)}
    found = asked.lines("i.recorded_at", "", f"{which} ORDER BY i.seq DESC", **given)
    for line in found:
        yield Notice(line.number, line.pupil, f"{line.title}, from {line.author}")
