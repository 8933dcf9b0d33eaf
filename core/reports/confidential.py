"""The confidential report for the safeguarding governor: exact numbers of a period, on paper.

It is no part of the dashboard. The head makes it on purpose, for one person who is named on every
page of it, and each copy of a period has a number that no other has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core import diligence, exact, openings, releases
from core.periods import Period
from core.permissions import Verb, demand, incidents
from core.person import Person
from core.records import ConfidentialCopy
from core.reports import confidential_tables, exports, pdf
from core.reports.charts import Chart
from core.reports.exports import SETTING, File, Line, Made, Order
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
    work = diligence.of(store, period, seen, by=by)
    paper = letterhead(store, form.recipient.strip(), form.purpose.strip(), at, by=by)
    return Report(
        letterhead=paper,
        copy=copy,
        title=TITLE,
        period=period.name,
        notes=(KEEP_IT, LEFT_OUT),
        facts=tuple(confidential_tables.facts(tables, work)),
        charts=tuple(confidential_tables.charts(tables)),
        columns=("Category", "Students", "Incidents", *(span.name for span in tables.terms)),
        rows=tuple(confidential_tables.by_category(tables)),
        plans=tuple(confidential_tables.plans(store, at, by)),
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


@dataclass(frozen=True)
class _Number:
    number: int
