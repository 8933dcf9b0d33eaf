"""The governors' report that may be published: one release, in words and charts, and beside the
periods before it.

It is made of what was frozen and of nothing else: no number, name or word of the record gets here,
nor anything that was typed for the export. That is recorded, and does not stand on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core import figures, moments, over_time, releases, settings
from core.disclosure import Number
from core.disclosure.released import CATEGORIES, PHASES, TERMS
from core.disclosure.series import length
from core.permissions import Verb, demand
from core.person import Person
from core.releases import Drawn
from core.reports import cells, charts, exports
from core.reports.charts import Bar, Chart, Course
from core.reports.exports import File, Kind, Line
from core.reports.paper import Said
from core.store import Store

TRENDS = "trends"  # also the template's name

TITLE = "Safeguarding trends"
FOR_ANYBODY = "For publication: small numbers are withheld"
FROM_A_RELEASE = (
    "Made from what was released, which was checked together with all earlier releases: nobody can "
    "be worked out. What is written down later is in the next one."
)

OVER_TIME = "Released periods side by side. Nothing was added up or taken apart for it."

CHARTS = {CATEGORIES: "By category", TERMS: "By term", PHASES: "By phase"}


@dataclass(kw_only=True)
class Form:
    """What is filled in: of which release, by its fingerprint, and as what."""

    media_type: str
    release: str = ""
    name: str = ""  # of its period, once it is known
    recipient: str = ""
    purpose: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices in words."""
        return (self.name, "small numbers withheld")


@dataclass(frozen=True)
class Report:
    """Everything that the report tells. `columns` and `rows` are the categories in words, and
    `courses` the same period after period, with `meanings` of the words in them."""

    school: str
    period: str
    released: str
    made: str
    fingerprint: str
    head: str
    title: str
    edition: str
    notes: tuple[str, ...]
    facts: tuple[Said, ...]
    charts: tuple[Chart, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    courses: tuple[Course, ...] = ()
    meanings: tuple[str, ...] = ()


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """The report as a file. Raises as `exports.issue` does."""
    drawn = _found(store, form.release, by)
    form.name = drawn.name if drawn else ""
    kind = Kind(TRENDS, lambda at: of(store, form.release, at, by=by), file,
                verb=Verb.MAKE_RELEASE)  # fmt: skip
    return exports.issue(store, kind, form, problems(form), code, by=by, stage=stage)


def problems(form: Form) -> dict[str, str]:
    """What keeps the report from being made, by the names of the fields."""
    wrong = exports.wrongly_asked(form)
    if not form.name:
        wrong["release"] = "Please choose what was released."
    return wrong


def of(store: Store, release: str, at: datetime, *, by: Person) -> Report:
    """The report of a release, made at a moment. Raises `NotAllowed`, and `Refused` for a release
    that is not what was audited."""
    drawn = _found(store, release, by)
    assert drawn  # noqa: S101 - or there would be a problem
    school, head = settings.school(store), store.head
    report = drawn_up(drawn, school.name or "School", school.zone, at, head.hash if head else "")
    return with_those_before(report, drawn, releases.made(store, by=by))


def made(store: Store, *, by: Person) -> list[Line]:
    """The reports that were made, the newest first. Raises `NotAllowed`."""
    return exports.of_the_school(store, TRENDS, Verb.MAKE_RELEASE, by=by)


def drawn_up(drawn: Drawn, school: str, zone: ZoneInfo, at: datetime, head: str) -> Report:
    """A release in the words and charts of the report."""
    told = tuple(Said(label, said) for label, said in figures.facts(drawn.released))
    rows = figures.by_category(drawn.released)
    return Report(
        school=school,
        period=drawn.name,
        released=moments.full(drawn.made_at, zone) if drawn.made_at else "",
        made=moments.full(at, zone),
        fingerprint=drawn.fingerprint,
        head=head,
        title=TITLE,
        edition=FOR_ANYBODY,
        notes=(figures.EXPLAINED, FROM_A_RELEASE, *([] if told else [figures.TOO_LITTLE])),
        facts=told,
        charts=tuple(_charts(drawn)),
        columns=tuple(rows[0]) if rows else (),
        rows=tuple(tuple(row.values()) for row in rows),
    )


def with_those_before(report: Report, drawn: Drawn, made: Sequence[Drawn]) -> Report:
    """The report with the releases of its length up to its own, side by side; as it is where there
    is no other."""
    forms = [each.released for each in made]
    span = drawn.released.span
    shown = over_time.seen(forms, length(span), span.name)
    if not shown.is_trend:
        return report
    courses = tuple(map(charts.course, shown.charts))
    return replace(report, courses=courses, meanings=(OVER_TIME, *shown.notes))


def file(report: Report) -> bytes:
    """The report for a spreadsheet program: the same words as the PDF."""
    return cells.file([*_first_page(report), *_numbers(report), *_over_time(report)])


def _found(store: Store, release: str, by: Person) -> Drawn | None:
    demand(by, Verb.MAKE_RELEASE)
    made = releases.made(store, by=by)
    return next((each for each in made if each.fingerprint == release), None)


def _charts(drawn: Drawn) -> Iterator[Chart]:
    for table, title in CHARTS.items():
        yield from charts.of(title, map(_bar, drawn.released.tables.get(table, ())))


def _bar(number: Number) -> Bar:
    return Bar(figures.name(number), number.said, number.about or 0)


def _first_page(report: Report) -> Iterator[tuple[str, ...]]:
    yield report.title, report.edition
    yield "School", report.school
    yield "Period", report.period
    yield "Released", report.released
    yield "Made", report.made
    yield "Release", report.fingerprint
    yield "Record", report.head
    yield from (("Note", note) for note in report.notes)
    yield ()
    yield from ((fact.label, fact.text) for fact in report.facts)


def _numbers(report: Report) -> Iterator[tuple[str, ...]]:
    for chart in report.charts:
        yield ()
        yield chart.title, "Students"
        yield from ((bar.name, bar.said) for bar in chart.bars)
    if report.rows:
        yield ()
        yield report.columns
        yield from report.rows


def _over_time(report: Report) -> Iterator[tuple[str, ...]]:
    if report.courses:
        yield ()
        yield from (("Note", meaning) for meaning in report.meanings)
    for course in report.courses:
        yield ()
        yield course.head
        yield from course.rows
        if course.hidden:
            yield "Note", course.hidden
