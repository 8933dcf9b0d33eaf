"""What a copy of the confidential report tells, part by part: exact numbers, and nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from core import categories, figures, moments, settings
from core import plans as kept
from core.diligence import Work
from core.disclosure import Cell, Tables
from core.disclosure.cells import PHASES, pupils
from core.measures import Wait
from core.person import Person
from core.reports import charts as drawn
from core.reports.charts import Bar, Chart
from core.reports.pack_tables import share
from core.reports.paper import Said
from core.store import Store


def facts(tables: Tables, work: Work) -> Iterator[Said]:
    """How many, and how the team worked."""
    whole = Cell(tables.span)
    yield Said(figures.COUNTED, _students(tables, whole))
    yield Said("Concerns about them", str(len({e.incident for e in tables.content(whole)})))
    yield Said("First read by the team", _waited(work.read, "read"))
    yield Said("First action", _waited(work.acted, "acted on"))
    yield Said(
        "Written down more than a day after it happened", _of(work.late, work.concerns, "None")
    )
    yield Said("Referrals answered", _of(work.answered, work.referrals, "None was made"))
    yield Said(
        "Actions done by the day they were asked for", _of(work.in_time, work.asked, "None was due")
    )
    yield Said("Actions that are overdue still", str(work.overdue))
    yield Said("Staff whose safeguarding training was up to date at the end",
               _of(work.training.trained, work.training.staff, "No staff"))  # fmt: skip


def _of(part: int, whole: int, none: str) -> str:
    return share(part, whole) if whole else none


def _waited(wait: Wait, done: str) -> str:
    """How long half of them waited, and how many wait still."""
    if not wait.concerns:
        return "None"
    half = f"half within {moments.length(wait.half)}" if wait.half is not None else "most wait"
    return f"{half}; {wait.waiting} of {wait.concerns} not {done} yet"


def by_category(tables: Tables) -> Iterator[tuple[str, ...]]:
    """Each category of which there was anything: students, incidents, and students by term."""
    for name, cell in _kinds(tables).items():
        incidents = {entry.incident for entry in tables.content(cell)}
        terms = (_students(tables, replace(cell, span=term)) for term in tables.terms)
        yield name, _students(tables, cell), str(len(incidents)), *terms


def charts(tables: Tables) -> Iterator[Chart]:
    """By category, by term where it is a year, and by phase."""
    terms = {term.name: Cell(term) for term in tables.terms}
    phases = {figures.PHASES[phase]: Cell(tables.span, (), (phase,)) for phase in PHASES}
    yield from drawn.of("By category", _bars(tables, _kinds(tables)))
    yield from drawn.of("By term", _bars(tables, terms))
    yield from drawn.of("By phase", _bars(tables, phases))


def plans(store: Store, at: datetime, by: Person) -> Iterator[Said]:
    """How many students have a plan of each kind on the day of a moment."""
    today = at.astimezone(settings.school(store).zone).date()
    has = {(each.kind, each.pupil) for each in kept.current(store, today, by=by)
           if each.since <= today}  # fmt: skip
    kinds = Counter(kind for kind, _ in has)
    yield from (Said(name, str(kinds[kind])) for kind, name in kept.KINDS.items())


def _kinds(tables: Tables) -> dict[str, Cell]:
    """The cell of each category of which there was anything, by its name."""
    every = ((kind.key, Cell(tables.span, (kind.key,))) for kind in tables.kinds)
    return {categories.names([key]): cell for key, cell in every if tables.content(cell)}


def _bars(tables: Tables, cells: Mapping[str, Cell]) -> Iterator[Bar]:
    for name, cell in cells.items():
        number = pupils(tables.content(cell))
        yield Bar(name, str(number), number)


def _students(tables: Tables, cell: Cell) -> str:
    return str(pupils(tables.content(cell)))
