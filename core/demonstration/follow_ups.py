"""What comes of an incident: who reads it when, and what is done, asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log
from random import Random
from typing import cast as typed

from core.demonstration.calendar import CLOSES, LONDON, Calendar, at
from core.demonstration.cast import DEPUTY, HEAD, LEAD, Cast
from core.demonstration.happening import ActionKind, FollowUp, Read
from core.demonstration.steps import Delay, Step
from core.demonstration.wording import Wording

MINUTES_TO_READ = {LEAD: 45, DEPUTY: 80, HEAD: 260}  # the middle of each person's usual delay
OTHERS_READ = 150
NEVER_READ = {LEAD: 0.0, DEPUTY: 0.004, HEAD: 0.02}  # the share of alerts
OTHERS_NEVER = 0.04
SPREAD = 0.9
URGENT = 5  # times as fast


@dataclass(frozen=True)
class Pace:
    """How the time between two steps is drawn; `exact` times are not drawn but as written."""

    rng: Random
    calendar: Calendar
    exact: bool = False
    speed: float = 1.0

    def after(self, moment: datetime, delay: Delay) -> datetime:
        """The moment in school hours that comes so long after this one."""
        if delay.days:
            day = self.calendar.later(moment.astimezone(LONDON).date(), delay.days)
            return at(day, self.rng.randrange(8 * 60, CLOSES - 15)) + self._seconds()
        drawn = 1.0 if self.exact else self.rng.uniform(0.7, 1.5)
        later = moment + timedelta(minutes=delay.minutes * drawn * self.speed)
        return self.calendar.in_hours(later.replace(microsecond=0))

    def _seconds(self) -> timedelta:
        return timedelta(seconds=self.rng.randrange(60))


def actions(
    steps: Sequence[Step], cast: Cast, wording: Wording, pace: Pace, recorded_at: datetime
) -> tuple[FollowUp, ...]:
    """The steps as actions, one after the other; an answer points to what it answers."""
    done: list[FollowUp] = []
    moment = recorded_at
    waiting: dict[str, int] = {}
    for step in steps:
        moment = pace.after(moment, step.after)
        person = cast.person(step.by)
        asked = cast.person(step.asks) if step.asks else ""
        done.append(
            FollowUp(
                recorded_at=moment,
                by=person,
                kind=typed(ActionKind, step.kind),
                text=wording.of(step.text, then=_shortly_before(moment)),
                asked=asked,
                due=_due(step, pace.calendar, moment) if asked else None,
                answers=waiting.pop(person, None),
            )
        )
        if asked:
            waiting[asked] = len(done) - 1
    return tuple(done)


def readings(
    people: Sequence[str],
    done: Sequence[FollowUp],
    pace: Pace,
    recorded_at: datetime,
    *,
    urgent: bool,
    unread: Sequence[str] = (),
) -> tuple[Read, ...]:
    """When each of the people marked the alert as read. Nobody acts before they have read."""
    acted = {action.by: action.recorded_at for action in reversed(done)}
    return tuple(
        Read(
            person, None if person in unread else _read_at(person, acted, pace, recorded_at, urgent)
        )
        for person in people
    )


def cut(
    done: Sequence[FollowUp], read: Sequence[Read], now: datetime
) -> tuple[tuple[FollowUp, ...], tuple[Read, ...]]:
    """What has come to pass by now; what is still to come is not known yet."""
    past = tuple(action for action in done if action.recorded_at <= now)
    return past, tuple(r if r.at and r.at <= now else Read(r.person, None) for r in read)


def _read_at(
    person: str, acted: dict[str, datetime], pace: Pace, recorded_at: datetime, urgent: bool
) -> datetime | None:
    usual = MINUTES_TO_READ.get(person, OTHERS_READ) / (URGENT if urgent else 1)
    minutes = pace.rng.lognormvariate(log(usual), SPREAD)
    read = pace.calendar.in_hours(recorded_at + timedelta(seconds=60 + int(minutes * 60)))
    never = pace.rng.random() < NEVER_READ.get(person, OTHERS_NEVER)
    if person not in acted:
        return None if never else read
    wait = min(timedelta(minutes=12), acted[person] - recorded_at)
    shortly_before = acted[person] - wait * pace.rng.uniform(0.2, 0.8)
    return min(read, shortly_before.replace(microsecond=0))


def _shortly_before(moment: datetime) -> str:
    return f"{(moment - timedelta(minutes=6)).astimezone(LONDON):%H:%M}"


def _due(step: Step, calendar: Calendar, moment: datetime) -> date:
    today = moment.astimezone(LONDON).date()
    return calendar.later(today, step.within) if step.within else today
