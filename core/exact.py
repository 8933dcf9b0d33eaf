"""The exact tables of a period, from the record. They go to disclosure control, or to the head
alone.

In a release everything counts, also what the person who makes it may not see: what comes out gives
nobody away, and a count that differed by who made it would.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from core import categories, settings
from core.diligence import EVERYTHING
from core.disclosure import Entry, Fact, Kind, Span, Tables
from core.disclosure.cells import PHASES
from core.periods import Period, school_year
from core.permissions import Verb, demand
from core.person import Person
from core.pieces import NOT_A_CONCERN
from core.store import Store

PLANS = {"child_in_need", "early_help"}
REST = "other"  # says nothing by itself: it is counted in the total alone

FACTS = """
    SELECT i.id AS incident, c.pupil, p.household, p.born_on, i.occurred_at, i.categories
    FROM concerned c JOIN incidents_now i ON i.id = c.incident JOIN pupils p ON p.id = c.pupil
    LEFT JOIN linked_pupils l ON l.incident = i.id AND l.pupil = c.pupil
    WHERE NOT i.in_error AND i.occurred_at >= $since AND i.occurred_at < $until
      AND coalesce(l.part, '') IN ('', 'harmed') AND {seen}
"""

# Everybody who was here on any day of the period, as far as the list of students tells: from when
# they were written down, or came back, until they left.
ROLL = """
    SELECT DISTINCT p.id, p.born_on
    FROM pupils p JOIN (
        SELECT pupil, recorded_at AS since, first_value(left_on IGNORE NULLS) OVER (
            PARTITION BY pupil ORDER BY seq ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS left_on FROM pupils_details
    ) d ON d.pupil = p.id
    WHERE d.since < $until AND (d.left_on IS NULL OR d.left_on >= $begins)
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


def tables(store: Store, period: Period, seen: str = EVERYTHING, *, by: Person) -> Tables:
    """Who was written about in a period, and under which categories, as far as `seen` lets it
    through, a condition on `incidents AS i` that names $me. Raises `NotAllowed`."""
    demand(by, Verb.MAKE_RELEASE)
    zone = settings.school(store).zone
    year = school_year(period.ends)
    within = period.between(zone)
    facts = store.ask(_Fact, FACTS.format(seen=seen), **within, me=by.id)
    roll = store.ask(_Pupil, ROLL, begins=period.begins, until=within["until"])
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


def _span(period: Period) -> Span:
    return Span(period.begins, period.ends, period.name)


def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(each.key, each.lead_only, each.key in PLANS, each.key == REST)
        for each in categories.every()
        if each.key not in NOT_A_CONCERN
    )


def _phase(born_on: date, year: int) -> str:
    """The phase of a child in the school year that began in `year`; the year group is by age."""
    born = born_on.year if born_on.month >= 9 else born_on.year - 1
    group = year - born - 5
    return PHASES[0] if group < 1 else PHASES[1] if group < 3 else PHASES[2]
