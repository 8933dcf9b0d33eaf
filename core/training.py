"""Safeguarding training: which member of staff completed what, and who is due.

It is of nobody's past that a certificate is out of date: what counts on a day is whether one was
valid then. What was entered by mistake is taken back by a new record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from core import moments, once, people, settings
from core.forms import Incomplete
from core.permissions import NotThere, Verb, demand
from core.person import Person, Role
from core.records import TrainingDetails
from core.store import Store, new_id

SAFEGUARDING, FOR_LEADS = "safeguarding", "for_leads"

KINDS: Mapping[str, str] = {
    SAFEGUARDING: "Safeguarding and child protection",
    FOR_LEADS: "For safeguarding leads",
    "prevent": "Prevent",
    "online_safety": "Online safety",
    "recruitment": "Safer recruitment",
}

# Whom the school has to train, and in what. A governor may be entered and is never due.
STAFF = (Role.STAFF, Role.LEAD, Role.HEAD, Role.OFFICE)
NEEDED: Mapping[str, tuple[Role, ...]] = {SAFEGUARDING: STAFF, FOR_LEADS: (Role.LEAD,)}

SOON = timedelta(days=42)  # half a term, in which a course can be found


@dataclass(kw_only=True)
class Form:
    """What is filled in when somebody has completed training."""

    id: str = field(default_factory=new_id)
    person: str = ""
    kind: str = ""
    completed_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Training:
    """Training that somebody completed."""

    id: str
    person: str
    name: str
    kind: str
    completed_on: date
    valid_until: date


@dataclass(frozen=True)
class Due:
    """Training that somebody needs and has not, or will soon not have; `until` is None where they
    never had it."""

    name: str
    post: str
    kind: str
    until: date | None
    is_over: bool


@dataclass(frozen=True)
class Count:
    """How many of the staff of a day had all the training that they need."""

    staff: int
    trained: int


DONE = """
    SELECT t.id, t.person, coalesce(p.name, '') AS name, t.kind, t.completed_on, t.valid_until
    FROM trainings_now t LEFT JOIN people p ON p.id = t.person
    ORDER BY t.completed_on DESC, name, t.id
"""

# The accounts as they stood at a moment.
THEN = """
    SELECT person AS id, role FROM people_details WHERE recorded_at < $until
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY seq DESC) = 1 AND active
"""


def record(store: Store, form: Form, *, by: Person) -> None:
    """Records that somebody completed training. Raises `NotAllowed`, `Incomplete`."""
    demand(by, Verb.KEEP_LISTS)
    if wrong := problems(store, form, by=by):
        raise Incomplete(wrong)
    assert form.completed_on and form.valid_until  # noqa: S101 - or there would be a problem
    details = TrainingDetails(
        id=form.id,
        training=form.id,
        person=form.person,
        kind=form.kind,
        completed_on=form.completed_on,
        valid_until=form.valid_until,
    )
    once.append(store, details, by=by)


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps training from being recorded, by the names of the fields."""
    demand(by, Verb.KEEP_LISTS)
    wrong: dict[str, str] = {}
    person, today = people.of(store, form.person), moments.today(settings.school(store).zone)
    if person is None or not person.active:
        wrong["person"] = "Please choose who completed it."
    if form.kind not in KINDS:
        wrong["kind"] = "Please choose what kind of training it was."
    if form.completed_on is None or form.completed_on > today:
        wrong["completed_on"] = "Please say on which day it was completed; not in the future."
    if form.valid_until is None:
        wrong["valid_until"] = "Please say until when it is valid."
    elif form.completed_on and form.valid_until <= form.completed_on:
        wrong["valid_until"] = "It ends before it begins: please check the dates."
    return wrong


def take_back(store: Store, training: str, *, by: Person) -> None:
    """Records that training was entered by mistake. Raises `NotAllowed`, `NotThere`."""
    found = next((each for each in done(store, by=by) if each.id == training), None)
    if found is None:
        raise NotThere("training")
    details = TrainingDetails(training=found.id, person=found.person, kind=found.kind,
                              completed_on=found.completed_on, valid_until=found.valid_until,
                              mistaken=True)  # fmt: skip
    store.append(details, by=by)


def done(store: Store, *, by: Person) -> list[Training]:
    """All training that was completed, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.KEEP_LISTS)
    return list(store.kept(_done))


def due(store: Store, *, by: Person) -> list[Due]:
    """Who has to be trained now or soon, whoever waits longest first. Raises `NotAllowed`."""
    today, had = moments.today(settings.school(store).zone), done(store, by=by)
    found = []
    for person in people.here(store):
        for kind in _needed(person.role):
            until = max((t.valid_until for t in had if (t.person, t.kind) == (person.id, kind)),
                        default=None)  # fmt: skip
            if until is None or until < today + SOON:
                is_over = until is None or until < today
                found.append(Due(person.name, person.post, kind, until, is_over))
    return sorted(found, key=lambda each: (each.until or date.min, each.name))


def counted(store: Store, day: date, until: datetime, *, by: Person) -> Count:
    """How many of those who were staff at a moment had what they need on its day.

    Raises `NotAllowed`.
    """
    demand(by, Verb.KEEP_LISTS)
    valid = {(each.person, each.kind) for each in done(store, by=by)
             if each.completed_on <= day <= each.valid_until}  # fmt: skip
    staff = [p for p in store.ask(_Then, THEN, until=until) if Role(p.role) in STAFF]
    trained = [p for p in staff
               if all((p.id, kind) in valid for kind in _needed(Role(p.role)))]  # fmt: skip
    return Count(len(staff), len(trained))


def _needed(role: Role) -> list[str]:
    return [kind for kind, roles in NEEDED.items() if role in roles]


def _done(store: Store) -> tuple[Training, ...]:
    return tuple(store.ask(Training, DONE))


@dataclass(frozen=True)
class _Then:
    id: str
    role: str
