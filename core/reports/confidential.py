"""The confidential report for the safeguarding governor: exact numbers of a period, on paper.

It is no part of the dashboard. The head makes it on purpose, for one person who is named on every
page of it, and each copy of a period has a number that no other has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core import categories, diligence, exact, figures, moments, openings, plans, releases, settings
from core.diligence import Work
from core.disclosure import Cell, Tables
from core.disclosure.cells import PHASES, pupils
from core.measures import Wait
from core.periods import Period
from core.permissions import Verb, demand, incidents
from core.person import Person
from core.records import ConfidentialCopy
from core.reports import charts, exports, pdf
from core.reports.charts import Bar, Chart
from core.reports.exports import SETTING, File, Line, Made, Order
from core.reports.pack_tables import share
from core.reports.paper import Letterhead, Said, letterhead
from core.store import Store

CONFIDENTIAL = "confidential report"
TEMPLATE = "confidential"

TITLE = "Confidential safeguarding report"
LEFT_OUT = (
    "Concerns in which the head who made this has a conflict of interest are left out. Those "
    "entered in error, and positive events, are not counted."
)
KEEP_IT = (
    "These are exact numbers, from which a child may be recognised. Do not copy, photograph, "
    "forward or publish this report. For anybody else there is another one, Safeguarding trends."
)


@dataclass(kw_only=True)
class Form:
    """What is filled in for a copy: of which period, by its key, for whom and why."""

    period: str = ""
    recipient: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Counted:
    """The students of a cell, and the incidents because of which they are in it."""

    name: str
    pupils: int
    incidents: int


@dataclass(frozen=True)
class Report:
    """Everything that a copy tells, and which one it is."""

    letterhead: Letterhead
    copy: int
    title: str
    period: str
    notes: tuple[str, ...]
    facts: tuple[Said, ...]
    charts: tuple[Chart, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plans: tuple[Said, ...]
    plans_on: str


def offered(store: Store, *, by: Person) -> Mapping[str, Period]:
    """The terms and years that are over, by key, the newest first. Raises `NotAllowed`."""
    demand(by, Verb.EXPORT_CONFIDENTIAL)
    return {each.key: each for each in releases.over(store, by=by) if each.is_whole}


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """A new copy, once the Authenticator's code was given again. Raises as `exports.made` does.

    Its number and its export are recorded together. Nobody else writes meanwhile, so that no two
    copies can have one number, and no number is lost where nothing was made.
    """
    period = offered(store, by=by).get(form.period)
    wrong = problems(form, period)
    with store.alone():
        copy = _copy(store, period, form) if period else None

        def content(at: datetime) -> Made:
            assert period and copy  # noqa: S101 - or there would be a problem
            report = of(store, period, form, copy.number, at, by=by)
            stage(SETTING)
            return Made(pdf.typeset(TEMPLATE, report, at=at), (copy,))

        file = exports.made(store, _order(form, copy, wrong), code, content, by=by, stage=stage)
    return replace(file, name=_file_name(copy)) if copy else file


def problems(form: Form, period: Period | None) -> dict[str, str]:
    """What keeps a copy from being made, by the names of the fields."""
    wrong = exports.addressed(form.recipient, form.purpose)
    if not form.recipient.strip():
        wrong["recipient"] = "Please give the name of the governor who receives this copy."
    if period is None:
        wrong["period"] = "Please choose a term or a year that is over."
    return wrong


def of(store: Store, period: Period, form: Form, copy: int, at: datetime, *, by: Person) -> Report:
    """The copy of this number, of what `by` may see; that it was read is recorded first.

    Raises `NotAllowed`.
    """
    demand(by, Verb.EXPORT_CONFIDENTIAL)
    openings.note(store, CONFIDENTIAL, period.key, by=by)
    seen = incidents(by, Verb.EXPORT_CONFIDENTIAL)
    tables = exact.tables(store, period, seen, by=by)
    rows = tuple(_by_category(tables))
    paper = letterhead(store, form.recipient.strip(), form.purpose.strip(), at, by=by)
    return Report(
        letterhead=paper,
        copy=copy,
        title=TITLE,
        period=period.name,
        notes=(KEEP_IT, LEFT_OUT),
        facts=tuple(_facts(tables, diligence.of(store, period, seen, by=by))),
        charts=tuple(_charts(tables)),
        columns=("Category", "Students", "Incidents", *(span.name for span in tables.terms)),
        rows=rows,
        plans=tuple(_plans(store, at, by)),
        plans_on=paper.exported_at,
    )


def made(store: Store, *, by: Person) -> list[Line]:
    """The copies that were made, the newest first. Raises `NotAllowed`."""
    return exports.of_the_school(store, CONFIDENTIAL, Verb.EXPORT_CONFIDENTIAL, by=by)


def _copy(store: Store, period: Period, form: Form) -> ConfidentialCopy:
    """The next copy of a period: one more than the last one that there ever was."""
    sql = """SELECT coalesce(max(number), 0) + 1 AS number FROM confidential_copies
             WHERE begins = $begins AND ends = $ends"""
    number = store.ask(_Number, sql, begins=period.begins, ends=period.ends)[0].number
    return ConfidentialCopy(number=number, name=period.name, begins=period.begins,
                            ends=period.ends, recipient=form.recipient.strip())  # fmt: skip


def _order(form: Form, copy: ConfidentialCopy | None, wrong: dict[str, str]) -> Order:
    chosen = (copy.name, f"copy {copy.number}", "exact numbers") if copy else ()
    return Order(CONFIDENTIAL, "", pdf.MEDIA_TYPE, form.recipient, form.purpose, chosen, wrong,
                 Verb.EXPORT_CONFIDENTIAL)  # fmt: skip


def _file_name(copy: ConfidentialCopy) -> str:
    """Which copy of which period, and nobody's name."""
    period = copy.name.lower().replace("–", "-").replace(" ", "-")
    return f"CONFIDENTIAL-{period}-copy-{copy.number}.pdf"


def _counted(tables: Tables, name: str, cell: Cell) -> Counted:
    content = tables.content(cell)
    return Counted(name, pupils(content), len({entry.incident for entry in content}))


def _facts(tables: Tables, work: Work) -> Iterator[Said]:
    whole = _counted(tables, "", Cell(tables.span))
    yield Said(figures.COUNTED, str(whole.pupils))
    yield Said("Concerns recorded", str(whole.incidents))
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


def _by_category(tables: Tables) -> Iterator[tuple[str, ...]]:
    """Each category of which there was anything: students, incidents, and students by term."""
    for key in (kind.key for kind in tables.kinds):
        whole = _counted(tables, categories.names([key]), Cell(tables.span, (key,)))
        if whole.pupils:
            terms = (_counted(tables, "", Cell(term, (key,))) for term in tables.terms)
            yield (
                whole.name,
                str(whole.pupils),
                str(whole.incidents),
                *(str(term.pupils) for term in terms),
            )


def _charts(tables: Tables) -> Iterator[Chart]:
    span = tables.span
    kinds = {categories.names([kind.key]): Cell(span, (kind.key,)) for kind in tables.kinds}
    there = {name: cell for name, cell in kinds.items() if tables.content(cell)}
    yield from charts.of("By category", _bars(tables, there))
    yield from charts.of("By term", _bars(tables, {t.name: Cell(t) for t in tables.terms}))
    phases = {figures.PHASES[phase]: Cell(span, (), (phase,)) for phase in PHASES}
    yield from charts.of("By phase", _bars(tables, phases))


def _bars(tables: Tables, cells: Mapping[str, Cell]) -> Iterable[Bar]:
    for name, cell in cells.items():
        there = _counted(tables, name, cell)
        yield Bar(name, str(there.pupils), there.pupils)


def _plans(store: Store, at: datetime, by: Person) -> Iterator[Said]:
    """How many students have a plan of each kind today."""
    today = at.astimezone(settings.school(store).zone).date()
    has = {(each.kind, each.pupil) for each in plans.current(store, today, by=by)
           if each.since <= today}  # fmt: skip
    kinds = Counter(kind for kind, _ in has)
    yield from (Said(name, str(kinds[kind])) for kind, name in plans.KINDS.items())


@dataclass(frozen=True)
class _Number:
    number: int
