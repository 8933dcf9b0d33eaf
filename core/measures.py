"""How the safeguarding team is doing: how long concerns wait, and whether they are closed.

Waits are in hours of the clock, nights and weekends included: a child lives through them too, and
hours of school would make a concern of Friday that is read on Monday look like one that is read at
once. A positive event is no concern and is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock, moments, settings
from core.permissions import Verb, demand, incidents
from core.person import Person
from core.pieces import NOT_A_CONCERN
from core.store import Store

FEW = 5  # concerns: a figure that stands on fewer says so
WEEK = timedelta(days=7)
PERIODS: Mapping[int, str] = {4: "4 weeks", 12: "12 weeks", 52: "12 months"}

# How long a concern waited, the shortest first; what waits still comes after the last.
BANDS: Mapping[timedelta, str] = {
    timedelta(hours=2): "Up to 2 hours",
    timedelta(hours=24): "2 to 24 hours",
    timedelta(days=3): "1 to 3 days",
    timedelta.max: "Over 3 days",
}


@dataclass(frozen=True)
class Wait:
    """How long concerns waited for something. What waits still counts as the longest, so that
    `half` and `most` (9 in 10) are never better than they are; None where too many wait still."""

    concerns: int
    waiting: int
    half: timedelta | None
    most: timedelta | None
    bands: tuple[int, ...]

    @property
    def is_on_few(self) -> bool:
        """Whether this stands on too few concerns to be a pattern."""
        return self.concerns < FEW


@dataclass(frozen=True)
class Week:
    """A week from its Monday: concerns recorded in it, and those that were closed in it and have
    not been taken up again."""

    begins: date
    opened: int
    closed: int


@dataclass(frozen=True)
class Measures:
    """A period of whole weeks, the running one included. `own` concerns were written by a lead or
    head: somebody of the team knew of them at once, so they wait for no first reading."""

    since: date
    concerns: int
    own: int
    read: Wait
    acted: Wait
    weeks: tuple[Week, ...]
    closed: int
    open_now: int
    late: int
    categories: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Course:
    """What became of a concern, and when. `own` ones were written by a lead or head."""

    recorded_at: datetime
    occurred_at: datetime
    categories: tuple[str, ...]
    own: bool
    read_at: datetime | None
    acted_at: datetime | None
    closed_at: datetime | None


COUNTS = "NOT i.in_error AND NOT list_has_all($positive, i.categories) AND {seen}"

# One line a concern. Weeks are not grouped here: DuckDB knows no time zones (core/store/values.py).
CONCERNS = """
    SELECT i.recorded_at, i.occurred_at, i.categories, coalesce(w.role IN ('lead', 'head'), FALSE)
           AS own, r.read_at, a.acted_at, c.closed_at
    FROM incidents_now i
    ASOF LEFT JOIN people_details w ON w.person = i.recorded_by AND w.seq < i.seq
    LEFT JOIN closings c ON c.incident = i.id
    LEFT JOIN (
        SELECT r.incident, arg_min(r.recorded_at, r.seq) AS read_at
        FROM readings r ASOF JOIN people_details d ON d.person = r.person AND d.seq < r.seq
        WHERE r.recorded_at >= $since AND d.role IN ('lead', 'head') GROUP BY r.incident
    ) r ON r.incident = i.id
    LEFT JOIN responses a ON a.incident = i.id
    WHERE {counts} AND (i.recorded_at >= $since OR c.closed_at >= $since)
"""

OPEN = """
    SELECT count(*) AS number FROM incidents_now i
    WHERE {counts} AND i.id NOT IN (SELECT incident FROM closings)
"""


def of(store: Store, weeks: int, *, by: Person) -> Measures:
    """How the last so many weeks went, the running one included. Raises `NotAllowed`."""
    demand(by, Verb.SEE_DASHBOARD)
    zone = settings.school(store).zone
    last = _monday(clock.now(), zone)
    begins = tuple(last - WEEK * before for before in reversed(range(weeks)))
    return store.kept(_measures, begins, zone, by)


def courses(store: Store, since: datetime, seen: str, *, by: Person) -> list[Course]:
    """The concerns that were recorded or closed since a moment, as far as `seen` lets them through,
    a condition on `incidents AS i` that names $me. Raises `NotAllowed`."""
    demand(by, Verb.SEE_DASHBOARD)
    counts = COUNTS.format(seen=seen)
    asked = {"me": by.id, "positive": sorted(NOT_A_CONCERN)}
    return store.ask(Course, CONCERNS.format(counts=counts), since=since, **asked)


def _measures(store: Store, begins: tuple[date, ...], zone: ZoneInfo, by: Person) -> Measures:
    since = moments.at(begins[0], time(), zone)
    seen = incidents(by, Verb.SEE_DASHBOARD)
    found = courses(store, since, seen, by=by)
    new = [each for each in found if each.recorded_at >= since]
    weeks = _weeks(found, begins, zone)
    return Measures(
        since=begins[0],
        concerns=len(new),
        own=sum(each.own for each in new),
        read=wait((each.recorded_at, each.read_at) for each in new if not each.own),
        acted=wait((each.recorded_at, each.acted_at) for each in new),
        weeks=weeks,
        closed=sum(week.closed for week in weeks),
        open_now=_open_now(store, seen, by),
        late=sum(moments.is_late(each.occurred_at, each.recorded_at) for each in new),
        categories=_categories(new),
    )


def wait(spans: Iterable[tuple[datetime, datetime | None]]) -> Wait:
    """How long something waited, from when until when; None for what waits still."""
    whole = [until - since if until else None for since, until in spans]
    known = sorted(length for length in whole if length is not None)
    return Wait(
        concerns=len(whole),
        waiting=len(whole) - len(known),
        half=_within(known, len(whole), 5),
        most=_within(known, len(whole), 9),
        bands=_bands(known),
    )


def _within(known: Sequence[timedelta], concerns: int, tenths: int) -> timedelta | None:
    """The wait after which so many tenths of the concerns waited no longer."""
    needed = -(-concerns * tenths // 10)
    return known[needed - 1] if 0 < needed <= len(known) else None


def _bands(known: Iterable[timedelta]) -> tuple[int, ...]:
    fits = Counter(next(end for end in BANDS if length <= end) for length in known)
    return tuple(fits[end] for end in BANDS)


def _open_now(store: Store, seen: str, by: Person) -> int:
    sql = OPEN.format(counts=COUNTS.format(seen=seen))
    return store.ask(_Count, sql, me=by.id, positive=sorted(NOT_A_CONCERN))[0].number


def _weeks(found: Iterable[Course], begins: Iterable[date], zone: ZoneInfo) -> tuple[Week, ...]:
    found = tuple(found)
    opened = Counter(_monday(each.recorded_at, zone) for each in found)
    closed = Counter(_monday(each.closed_at, zone) for each in found if each.closed_at)
    return tuple(Week(monday, opened[monday], closed[monday]) for monday in begins)


def _categories(concerns: Iterable[Course]) -> tuple[tuple[str, int], ...]:
    """How many concerns of each category, the most frequent first."""
    every = Counter(key for each in concerns for key in each.categories)
    kinds = ((key, number) for key, number in every.items() if key not in NOT_A_CONCERN)
    return tuple(sorted(kinds, key=lambda kind: (-kind[1], kind[0])))


def _monday(moment: datetime, zone: ZoneInfo) -> date:
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class _Count:
    number: int
