"""How the team worked in a period, exactly. It goes to disclosure control, or to the head alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import disclosure, moments, settings, training
from core.measures import Wait, courses, wait
from core.periods import Period
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store
from core.training import Count

EVERYTHING = "$me <> ''"

REFERRALS = """
    SELECT r.recorded_at, r.answered_at
    FROM referrals r JOIN incidents_now i ON i.id = r.incident
    WHERE NOT i.in_error AND i.occurred_at >= $since AND i.occurred_at < $until AND {seen}
"""

ASKED = """
    SELECT r.due_on, r.done_at FROM requests r JOIN incidents_now i ON i.id = r.incident
    WHERE NOT i.in_error AND r.due_on >= $begins AND r.due_on <= $ends AND {seen}
"""


@dataclass(frozen=True)
class Work:
    """How concerns of a period were read and acted on, what was to be done in it and was, and who
    of the staff was trained at its end. What a lead wrote waits for no first reading."""

    concerns: int
    read: Wait
    acted: Wait
    late: int
    referrals: int
    answered: int
    asked: int
    in_time: int
    overdue: int
    training: Count


@dataclass(frozen=True)
class _Referral:
    recorded_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class _Asked:
    due_on: date
    done_at: datetime | None


def of(store: Store, period: Period, seen: str = EVERYTHING, *, by: Person) -> Work:
    """How the team worked, as far as `seen` lets it through, a condition on `incidents AS i` that
    names $me. Raises `NotAllowed`."""
    demand(by, Verb.MAKE_RELEASE)
    zone = settings.school(store).zone
    within = period.between(zone)
    since, until = within["since"], within["until"]
    found = [c for c in courses(store, since, seen, by=by) if since <= c.occurred_at < until]
    referrals = store.ask(_Referral, REFERRALS.format(seen=seen), **within, me=by.id)
    asked = store.ask(_Asked, ASKED.format(seen=seen), begins=period.begins, ends=period.ends,
                      me=by.id)  # fmt: skip
    return Work(
        concerns=len(found),
        read=wait((c.recorded_at, c.read_at) for c in found if not c.own),
        acted=wait((c.recorded_at, c.acted_at) for c in found),
        late=sum(moments.is_late(c.occurred_at, c.recorded_at) for c in found),
        referrals=len(referrals),
        answered=sum(r.answered_at is not None for r in referrals),
        asked=len(asked),
        in_time=sum(bool(a.done_at and a.done_at.astimezone(zone).date() <= a.due_on)
                    for a in asked),
        overdue=sum(a.done_at is None for a in asked),
        training=training.counted(store, period.ends, until, by=by),
    )  # fmt: skip


def measures(store: Store, period: Period, *, by: Person) -> dict[str, int]:
    """What of it is over enough to be told to anybody, rounded. Raises `NotAllowed`."""
    work = of(store, period, by=by)
    told = {
        "hours_to_reading": disclosure.middle(work.read.half, work.read.concerns),
        "hours_to_action": disclosure.middle(work.acted.half, work.acted.concerns),
        "late": disclosure.share(work.late, work.concerns),
        "answered": disclosure.share(work.answered, work.referrals),
        "in_time": disclosure.share(work.in_time, work.asked),
        "trained": disclosure.share(work.training.trained, work.training.staff),
    }
    return {name: value for name, value in told.items() if value is not None}
