"""The exact tables of a period, from the record. They go to disclosure control and nowhere else.

Everything counts, also what the person who makes a release may not see: what comes out gives
nobody away, and a count that differed by who made it would.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import categories, disclosure, moments, settings
from core.disclosure import Entry, Fact, Kind, Span, Tables
from core.disclosure.cells import PHASES
from core.measures import courses, wait
from core.periods import Period, school_year
from core.permissions import Verb, demand
from core.person import Person
from core.pieces import NOT_A_CONCERN
from core.store import Store

PLANS = {"child_in_need", "early_help"}

FACTS = """
    SELECT i.id AS incident, c.pupil, p.household, p.born_on, i.occurred_at, i.categories
    FROM concerned c JOIN incidents_now i ON i.id = c.incident JOIN pupils p ON p.id = c.pupil
    LEFT JOIN linked_pupils l ON l.incident = i.id AND l.pupil = c.pupil
    WHERE NOT i.in_error AND i.occurred_at >= $since AND i.occurred_at < $until
      AND coalesce(l.part, '') IN ('', 'harmed')
"""

# Everybody who was here in the period, as far as the list of students tells.
ROLL = """
    SELECT p.id, p.born_on
    FROM pupils p JOIN (SELECT pupil, min(recorded_at) AS since FROM pupils_details GROUP BY pupil)
      d ON d.pupil = p.id
    WHERE (d.since < $until AND (p.left_on IS NULL OR p.left_on >= $begins))
"""

EVERYTHING = "$me <> ''"

REFERRALS = """
    SELECT r.recorded_at, r.answered_at
    FROM referrals r JOIN incidents_now i ON i.id = r.incident
    WHERE NOT i.in_error AND i.occurred_at >= $since AND i.occurred_at < $until
"""


@dataclass(frozen=True)
class _Fact:
    incident: str
    pupil: str
    household: str
    born_on: date
    occurred_at: datetime
    categories: tuple[str, ...]


@dataclass(frozen=True)
class _Pupil:
    id: str
    born_on: date


@dataclass(frozen=True)
class _Referral:
    recorded_at: datetime
    answered_at: datetime | None


def tables(store: Store, period: Period, *, by: Person) -> Tables:
    """Who was written about in a period, and under which categories. Raises `NotAllowed`."""
    demand(by, Verb.MAKE_RELEASE)
    zone = settings.school(store).zone
    year = school_year(period.ends)
    between = _between(store, period)
    facts = store.ask(_Fact, FACTS, **between)
    roll = store.ask(_Pupil, ROLL, begins=period.begins, until=between["until"])
    there = {pupil.id: pupil.born_on for pupil in roll}
    there |= {fact.pupil: fact.born_on for fact in facts}
    phases = Counter(_phase(born_on, year) for born_on in there.values())
    return Tables(
        span=_span(period),
        terms=tuple(map(_span, period.terms)),
        kinds=_kinds(),
        roll={phase: phases[phase] for phase in PHASES},
        facts=tuple(
            Fact(Entry(f.pupil, f.household or f.pupil, f.incident),
                 f.occurred_at.astimezone(zone).date(), _phase(f.born_on, year), f.categories)
            for f in facts
        ),
    )  # fmt: skip


def measures(store: Store, period: Period, *, by: Person) -> dict[str, int]:
    """How the team worked: what is over enough concerns to be told, rounded.

    Raises `NotAllowed`.
    """
    demand(by, Verb.MAKE_RELEASE)
    between = _between(store, period)
    since, until = between["since"], between["until"]
    found = [c for c in courses(store, since, EVERYTHING, by=by) if since <= c.occurred_at < until]
    read = wait((c.recorded_at, c.read_at) for c in found if not c.own)
    acted = wait((c.recorded_at, c.acted_at) for c in found)
    referrals = store.ask(_Referral, REFERRALS, **between)
    late = sum(moments.is_late(c.occurred_at, c.recorded_at) for c in found)
    told = {
        "hours_to_reading": disclosure.middle(read.half, read.concerns),
        "hours_to_action": disclosure.middle(acted.half, acted.concerns),
        "late": disclosure.share(late, len(found)),
        "answered": disclosure.share(
            sum(r.answered_at is not None for r in referrals), len(referrals)),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def _between(store: Store, period: Period) -> dict[str, datetime]:
    zone = settings.school(store).zone
    after = period.ends + timedelta(days=1)
    return {"since": moments.at(period.begins, time(), zone),
            "until": moments.at(after, time(), zone)}  # fmt: skip


def _span(period: Period) -> Span:
    return Span(period.begins, period.ends, period.name)


def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(each.key, each.lead_only, each.key in PLANS)
        for each in categories.every()
        if each.key not in NOT_A_CONCERN
    )


def _phase(born_on: date, year: int) -> str:
    """The phase of a child in the school year that began in `year`; the year group is by age."""
    born = born_on.year if born_on.month >= 9 else born_on.year - 1
    group = year - born - 5
    return PHASES[0] if group < 1 else PHASES[1] if group < 3 else PHASES[2]
