"""Escalation: what has waited too long for one person is told to the rest of the team, once.

An alert that a lead or the head has not read within the school's limit, and an action that was not
done by its day. Told are all others of the safeguarding team who may see the incident, also those
who have read it themselves: they are the ones who can ask why the others have not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby

from core import apart, clock, concerns, moments, people, school_days, settings, wrong_clock
from core.person import SYSTEM
from core.records import Alert, Escalation, Mail
from core.store import Record, Store

# By the clock and not in hours of school: the child is about to go home, or has gone. It is as long
# as a lead may be kept from a screen by something else, and leaves the others time to act.
URGENT_WAIT = timedelta(minutes=15)

LOOK_BACK = (
    school_days.LONGEST
)  # a summer: what waited before the last one is on the desk, unmailed


def waited_too_long(store: Store, since: datetime, at: datetime, *, urgent: bool) -> bool:
    """Whether an alert has waited longer than the school allows: so many hours of school, or, if
    somebody must act before the child goes home, a quarter of an hour. Where the clock was put back
    since, nobody can say how long, and the others are told."""
    if since > at + timedelta(minutes=1):
        return True
    if urgent:
        return at - since > URGENT_WAIT
    school = settings.school(store)
    waited = school_days.calendar(store).hours(since, at, school)
    return waited > float(school.unread_hours)


def escalate(store: Store) -> int:
    """Tells the team of everything that has waited too long and that they were not told of yet,
    and says how much that was. Everything about one incident is stored together."""
    school, at = settings.school(store), clock.now()
    today = at.astimezone(school.zone).date()
    with store.alone():
        late = [each for each in store.kept(_waiting, today) if each.is_late(store, at)]
        about = groupby(_not_told(store, late), key=lambda each: each.incident)
        return sum(apart.each([partial(_tell, store, which, list(some)) for which, some in about]))


def _tell(store: Store, incident: str, waited: Sequence[_Waited]) -> int:
    records = list(_records(store, incident, waited))
    store.append(*records, by=SYSTEM)
    return sum(isinstance(record, Escalation) for record in records)


@dataclass(frozen=True)
class _Waited:
    """What waits for a person: an alert, or an action whose day has passed."""

    id: str
    incident: str
    person: str
    author: str
    categories: tuple[str, ...]
    recorded_at: datetime
    urgent: bool
    due_on: date | None
    told_at: datetime | None

    def is_late(self, store: Store, at: datetime) -> bool:
        """Nobody is told at night that a day has passed, but when the next day of school begins."""
        if self.due_on is None:
            return waited_too_long(store, self.recorded_at, at, urgent=self.urgent)
        school = settings.school(store)
        passed = moments.at(self.due_on + timedelta(days=1), time(), school.zone)
        return school_days.calendar(store).hours(passed, at, school) > 0

    def told_to(self, others: Sequence[str]) -> Escalation:
        which = "action" if self.due_on else "alert"
        return Escalation(
            incident=self.incident, person=self.person, told=tuple(others), **{which: self.id}
        )

    def mail(self, person: str, purpose: str) -> Mail:
        return Mail(person=person, purpose=purpose, author=self.author, category=self.categories[0])


# Of several alerts about an incident the oldest counts until it is read, and reading reads them
# all: one wait is told of once. That somebody else waits is no alert that can wait too long itself.
UNREAD = """
    SELECT a.id, a.seq, a.incident, a.person, i.recorded_by AS author, i.categories, a.recorded_at,
           i.urgent AND a.action = '' AS urgent, NULL AS due_on
    FROM unread_alerts a
    JOIN incidents_now i ON i.id = a.incident
    JOIN people p ON p.id = a.person
    LEFT JOIN statuses_now s ON s.incident = i.id
    WHERE a.recorded_at > $since AND p.active AND p.role IN ('lead', 'head')
      AND NOT i.in_error AND coalesce(s.status, 'new') <> 'closed'
    QUALIFY row_number() OVER (PARTITION BY a.person, a.incident ORDER BY a.seq) = 1
"""

OVERDUE = """
    SELECT r.id, r.seq, r.incident, r.asked_of AS person, r.recorded_by AS author, i.categories,
           r.recorded_at, FALSE AS urgent, r.due_on
    FROM requests r
    JOIN incidents_now i ON i.id = r.incident
    LEFT JOIN statuses_now s ON s.incident = i.id
    WHERE r.done_at IS NULL AND r.due_on < $today AND r.due_on > $since
      AND NOT i.in_error AND coalesce(s.status, 'new') <> 'closed'
"""

TOLD = """
    SELECT CASE WHEN alert <> '' THEN alert ELSE action END AS id,
           arg_max(recorded_at, seq) AS told_at
    FROM escalations GROUP BY ALL
"""


def _not_told(store: Store, waited: Sequence[_Waited]) -> list[_Waited]:
    """Without what the team was told of; what it was told of by a clock that was ahead was not
    late then, and is told of again."""
    wrong = wrong_clock.among(store, (each.told_at for each in waited if each.told_at))
    return [each for each in waited if each.told_at is None or each.told_at in wrong]


def _waiting(store: Store, today: date) -> tuple[_Waited, ...]:
    """What may be late in the course of a day, by incident, and when it was last told of."""
    sql = f"""SELECT w.*, e.told_at FROM ({UNREAD} UNION ALL {OVERDUE}) w
              LEFT JOIN ({TOLD}) e ON e.id = w.id ORDER BY w.incident, w.seq"""
    return tuple(store.ask(_Waited, sql, today=today, since=today - LOOK_BACK))


def _records(store: Store, incident: str, waited: Sequence[_Waited]) -> Iterator[Record]:
    """Who is told of what waited about one incident, with an alert for whoever has none unread,
    and one mail to each."""
    barred = concerns.barred(store, incident)
    team = [p.id for p in people.teaching(store)
            if p.role in people.FULL_ACCESS and p.id not in barred]  # fmt: skip
    alerted, mailed = _still_alerted(store, incident), set[tuple[str, str]]()
    for each in waited:
        others = [person for person in team if person != each.person]
        asked = people.of(store, each.person) if each.due_on else None
        reminded = asked is not None and asked.active and asked.id not in barred
        if not others and not reminded:
            continue
        yield (escalation := each.told_to(others))
        for person in [person for person in others if person not in alerted]:
            yield Alert(person=person, incident=incident, action=escalation.id)
        purpose = "not_done" if each.due_on else "unread"
        for person in [person for person in others if (person, purpose) not in mailed]:
            yield each.mail(person, purpose)
        if reminded:
            yield each.mail(each.person, "overdue")
        alerted.update(others)
        mailed.update((person, purpose) for person in others)


def _still_alerted(store: Store, incident: str) -> set[str]:
    sql = "SELECT person FROM alerts_now WHERE incident = $incident AND read_at IS NULL"
    return {each.person for each in store.ask(_Alerted, sql, incident=incident)}


@dataclass(frozen=True)
class _Alerted:
    person: str
