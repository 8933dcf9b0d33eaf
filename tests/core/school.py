"""A small school for tests: somebody of each role, two classes, and concerns to write down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from core import clock, incidents, pupils, rehearsals, requests, term_dates, terms
from core.demonstration import school_years
from core.forms import Form
from core.person import SYSTEM, Person, Role
from core.pupils import Pupil
from core.records import Opening, PersonDetails
from core.school_days import Calendar
from core.store import Record, Store, new_id
from core.term_dates import Term

KEY = bytes(range(32))
BORN = date(2016, 2, 29)
WORDS = "He hid under the table and said “I -> won’t go home”.  Twice.\n\n  – at 13:30"

# The terms that the program brings, as tests on days of their years know them.
WRITTEN = Calendar(term_dates.starter())

_serial = count(1)


@dataclass(frozen=True)
class School:
    """Leads and the head are in a session in which the code was given; `plain` takes it away."""

    store: Store
    birch: Person
    oak: Person
    assistant: Person
    lead: Person
    deputy: Person
    head: Person
    governor: Person
    chair: Person
    office: Person
    amy: Pupil
    ben: Pupil
    cai: Pupil
    dua: Pupil

    @property
    def team(self) -> set[str]:
        """Whoever is told of everything, by name."""
        return {self.lead.name, self.deputy.name, self.head.name}


def a_school(store: Store) -> School:
    """Nine people and four pupils; Ben is in 5 Oak, the others are in 4 Birch. The terms are known
    for the days of `WRITTEN` and for a year and more around today."""
    if store.head is None:
        rehearsals.begin(store)
    staff = {
        "birch": details("Mr Tom Birch", class_name="4 Birch"),
        "oak": details("Mrs Ann Oak", class_name="5 Oak"),
        "assistant": details("Ms Zoë Null", post="Teaching assistant"),
        "lead": details("Ms Priya Shah", Role.LEAD, post="Designated safeguarding lead"),
        "deputy": details("Mr Ade Deputy", Role.LEAD, post="Deputy safeguarding lead"),
        "head": details("Dr Hà Head", Role.HEAD, post="Head teacher"),
        "governor": details("Mr Guy Governor", Role.GOVERNOR),
        "chair": details("Mrs Cora Chair", Role.GOVERNOR, is_chair=True),
        "office": details("Mr Olu Office", Role.OFFICE),
    }
    store.append(*terms.records(terms_around(clock.now().year)), *staff.values(), by=SYSTEM)
    everybody: dict[str, Any] = {key: person_of(each) for key, each in staff.items()}
    children = {
        "amy": pupils.Details(name="Amy D’Souza", born_on=BORN, class_name="4 Birch"),
        "ben": pupils.Details(name="Ben O'Brien", born_on=BORN, class_name="5 Oak"),
        "cai": pupils.Details(name="Cai Łukasz Smith-Jones", born_on=BORN, class_name="4 Birch"),
        "dua": pupils.Details(name="Dua", born_on=BORN, class_name="4 Birch"),
    }
    ids = pupils.add(store, children.values(), by=everybody["lead"])
    for (key, each), id_ in zip(children.items(), ids, strict=True):
        everybody[key] = Pupil(id=id_, **pupils.written(each))
    return School(store=store, **everybody)


def terms_around(year: int) -> tuple[Term, ...]:
    """Those that the program brings, and those of the years from them to this one."""
    first, last = WRITTEN.terms[0].begins.year, WRITTEN.terms[-1].begins.year - 1
    return school_years.between(min(first, year - 2), max(last, year + 1))


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """A clock that shows one moment."""
    before = clock.now
    clock.now = lambda: at
    try:
        yield
    finally:
        clock.now = before


def everybody_leaves(store: Store) -> None:
    """Closes all accounts, so that nobody here is told of what happens in the next school."""
    sql = "SELECT id AS person, * EXCLUDE (id) FROM people WHERE active"
    here = store.ask(PersonDetails, sql)
    store.append(*(replace(each, active=False) for each in here), by=SYSTEM)


def a_person(store: Store, name: str, role: Role = Role.STAFF, **more: Any) -> Person:
    """A new account; a lead or head has given the code."""
    each = details(name, role, **more)
    store.append(each, by=SYSTEM)
    return person_of(each)


def details(name: str, role: Role = Role.STAFF, **more: Any) -> PersonDetails:
    """What is recorded about a new account."""
    address = f"o'person.{next(_serial)}@school.example"
    return PersonDetails(person=new_id(), name=name, email=address, role=role, **more)


def person_of(details: PersonDetails) -> Person:
    """The person whom a record is about; a lead or head has given the code."""
    told = {**vars(details), "id": details.person, "role": Role(details.role)}
    del told["person"]
    return Person(**told, code_given=told["role"] in (Role.LEAD, Role.HEAD))


def a_pupil(store: Store, name: str, class_name: str = "4 Birch", *, by: Person) -> Pupil:
    """A new child."""
    (id_,) = pupils.add(
        store, [pupils.Details(name=name, born_on=BORN, class_name=class_name)], by=by
    )
    return pupils.of(store, id_, by=by)


def plain(person: Person) -> Person:
    """The same person in a session in which no code was given."""
    return replace(person, code_given=False)


def a_concern(pupil: Pupil | str, /, **chosen: Any) -> Form:
    """A form that can be sent, about a pupil or the id of one."""
    form = Form(
        pupil=pupil if isinstance(pupil, str) else pupil.id,
        occurred_at=clock.now() - timedelta(minutes=21),
        account=WORDS,
        parents_contacted=True,
        categories=("injury", "behaviour"),
    )
    return replace(form, **chosen)


def recorded(school: School, form: Form, *, by: Person) -> str:
    """Adds an incident and returns its id."""
    incidents.add(school.store, form, by=by)
    return form.id


def linked(*pupils_: Pupil, part: str = "witness") -> tuple[tuple[str, str], ...]:
    """Other pupils who took part, as a form names them."""
    return tuple((pupil.id, part) for pupil in pupils_)


@dataclass(frozen=True)
class _Count:
    number: int


def how_many(store: Store, kind: type[Record]) -> int:
    """How many records of a kind there are."""
    return store.ask(_Count, f"SELECT count(*) AS number FROM {kind.TABLE}")[0].number


def openings_of(store: Store, subject: str) -> list[Opening]:
    """What was written down about somebody reading this."""
    return store.ask(Opening, "FROM openings WHERE subject = $subject", subject=subject)


def moment(text: str) -> datetime:
    """A moment from its ISO spelling, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def finish(store: Store, action: str, *, by: Person) -> None:
    """Records that what an action asked for is done, without a word about it."""
    with store.alone():
        store.append(*requests.completions(store, action, by=by), by=by)


@contextmanager
def disk_gone(store: Store) -> Iterator[None]:
    """Takes the disk with the second copy away for a while: nothing can be kept meanwhile."""
    away = store.journal.path.with_suffix(".away")
    store.journal.path.rename(away)
    try:
        yield
    finally:
        away.rename(store.journal.path)
