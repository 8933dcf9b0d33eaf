"""Moments and days as staff read them, on the clock of the school's wall."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock

LATE = timedelta(hours=24)  # policy: the same day


def day(when: date) -> str:
    """“3 March 2017”."""
    return f"{when.day} {when:%B %Y}"


def weekday(when: date) -> str:
    """“Fri 20 Nov”."""
    return f"{when:%a} {when.day} {when:%b}"


def age(born_on: date, on: date) -> int:
    """How many years old somebody is on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def today(zone: ZoneInfo) -> date:
    """The day that it is at school."""
    return clock.now().astimezone(zone).date()


def day_before(moment: datetime, zone: ZoneInfo) -> date:
    """The day before the one that it is on the wall at a moment."""
    return moment.astimezone(zone).date() - timedelta(days=1)


def short(moment: datetime, zone: ZoneInfo) -> str:
    """“Today 13:51”, “Fri 20 Nov, 15:42”, and the year where it is another one."""
    local, now = moment.astimezone(zone), today(zone)
    if local.date() == now:
        return f"Today {local:%H:%M}"
    year = "" if local.year == now.year else f" {local.year}"
    return f"{weekday(local)}{year}, {local:%H:%M}"


def within(moment: datetime, zone: ZoneInfo) -> str:
    """The same within a sentence: “today 13:51”."""
    return short(moment, zone).replace("Today", "today")


def full(moment: datetime, zone: ZoneInfo, *, about: bool = False) -> str:
    """“Mon 23 Nov 2026, about 13:30”."""
    local = moment.astimezone(zone)
    return f"{weekday(local)} {local.year}, {'about ' if about else ''}{local:%H:%M}"


def later(occurred_at: datetime, recorded_at: datetime) -> str:
    """“21 minutes later”: how long after it happened something was written down."""
    return f"{length(max(recorded_at - occurred_at, timedelta()))} later"


def is_late(occurred_at: datetime, recorded_at: datetime) -> bool:
    """Whether it was written down later than the policy asks: more than a day after."""
    return recorded_at - occurred_at > LATE


def is_ahead(at: datetime) -> bool:
    """Whether a moment is still to come. A tablet's clock may be a little ahead of the machine's,
    so five minutes are none."""
    return at > clock.now() + timedelta(minutes=5)


def until(at: time, zone: ZoneInfo) -> str:
    """How long it is until a time of today: “1 hour 42 minutes”; empty once it has passed."""
    now = clock.now()  # in UTC: two times of one zone are subtracted as if its clock never changed
    left = datetime.combine(now.astimezone(zone).date(), at, zone) - now
    return length(left) if left > timedelta() else ""


def at(when: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """The moment at which the school's clock shows this date and time."""
    return datetime.combine(when, clock_time, zone)


def length(span: timedelta) -> str:
    """“1 hour 42 minutes”, “3 days”: as long as it is worth saying."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= 48 * 60:
        return _count(minutes // (24 * 60), "day")
    hours, rest = divmod(minutes, 60)
    parts = [_count(hours, "hour")] * bool(hours) + [_count(rest, "minute")] * bool(rest)
    return " ".join(parts) or "less than a minute"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
