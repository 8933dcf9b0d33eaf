"""A school with six released terms: what governors see side by side.

Attendance grows, and injuries come and go, so that some terms have too few of them to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from core import periods, releases
from core import terms as school_terms
from core.periods import Period
from core.person import SYSTEM, Person, Role
from core.records import Action, Incident, PersonDetails, PupilDetails, Rehearsal
from core.store import Past, Record, Store
from tests.core.school import WRITTEN as CALENDAR
from tests.core.school import details, person_of, stopped

NAMES = ("Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026", "Summer 2026")
AFTERWARDS = datetime(2026, 9, 15, 12, tzinfo=UTC)
CHILDREN = 240

# How many children were written about, term by term.
WRITTEN = {
    "attendance": (31, 38, 44, 52, 57, 66),
    "behaviour": (24, 21, 26, 18, 22, 16),
    "emotional_wellbeing": (11, 16, 18, 17, 23, 28),
    "injury": (12, 2, 9, 3, 1, 13),
    "online_safety": (1, 3, 2, 8, 12, 14),
    "medical": (1, 0, 2, 1, 3, 0),
}
LATE = (0.3, 0.25, 0.2, 0.2, 0.1, 0.05)
ACTED_AFTER = (30, 26, 20, 14, 9, 6)  # hours


def terms() -> list[Period]:
    """The six terms, in their order."""
    known = {period.name: period for period in periods.every(CALENDAR)}
    return [known[name] for name in NAMES]


def entered(store: Store, *, only: int = len(NAMES), more: int = 0) -> Person:
    """Makes the school, with `more` children in each category of each term, and releases the first
    terms. Returns the lead who did."""
    lead = details("Ms Priya Lead", Role.LEAD)
    store.imagine([*_school(lead), *_years(more)])
    by = replace(person_of(lead), code_given=True)
    release(store, [term.name for term in terms()[:only]], by=by)
    return by


def release(store: Store, names: list[str], *, by: Person) -> None:
    """Releases periods, one after the other, as a lead does."""
    known = {period.name: period.key for period in periods.every(CALENDAR)}
    with stopped(AFTERWARDS):
        for name in names:
            drawn = releases.preview(store, known[name], by=by)
            releases.make(store, known[name], drawn.fingerprint, by=by)


def _school(lead: PersonDetails) -> Iterator[Past]:
    children = [
        PupilDetails(pupil=f"pupil{n}", name=f"Child {n}", class_name="1 Ash",
                     household=f"home{n}", born_on=date(2014 + n % 7, 1, 1))
        for n in range(CHILDREN)
    ]  # fmt: skip
    dates = school_terms.records(CALENDAR.terms)
    yield Past(_noon(terms()[0], 0), SYSTEM.id, [Rehearsal(), *dates, lead, *children])


def _years(more: int) -> Iterator[Past]:
    """By the time at which it was written down."""
    for at, term in enumerate(terms()):
        written = list(_incidents(at, term, more))
        late = round(LATE[at] * len(written))
        hours = timedelta(hours=ACTED_AFTER[at])
        yield Past(_noon(term, 9), SYSTEM.id, written[late:])
        yield Past(_noon(term, 9) + hours, SYSTEM.id, list(map(_acted, written[late:])))
        yield Past(_noon(term, 14), SYSTEM.id, written[:late])


def _incidents(at: int, term: Period, more: int) -> Iterator[Incident]:
    for place, (category, counts) in enumerate(WRITTEN.items()):
        for n in range(counts[at] + more):
            number = 10_000 * at + 1_000 * place + n
            yield Incident(
                id=f"incident{number}", number=1_001 + number, pupil=f"pupil{n + 37 * place}",
                occurred_at=_noon(term, 9) - timedelta(hours=1), account="Words",
                parents_contacted=True, categories=(category,),
            )  # fmt: skip


def _acted(incident: Record) -> Action:
    return Action(incident=incident.id, kind="note", account="Done")


def _noon(term: Period, days: int) -> datetime:
    """A noon of a term, so many days after its first."""
    return datetime.combine(term.begins + timedelta(days=days), time(12), UTC)
