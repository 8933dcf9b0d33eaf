"""The report to a conference about a child: what the record says, and what the school says.

It is recorded as it was made, and can be made again word for word. What was corrected since is
told after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from core import corrections, moments, settings, wrong_clock
from core.errors import Refused
from core.permissions import NotThere, Verb, children
from core.person import Person
from core.records import ConferenceReport, ConferenceStatement
from core.reports import exports, pdf, standing
from core.reports.conference_form import Form, problems
from core.reports.exports import SETTING, File, Made, Order
from core.reports.paper import Letterhead, Said, letterhead, told
from core.reports.standing import Standing
from core.reports.statements import KINDS, SECTIONS
from core.store import AlreadyRecorded, Store

CONFERENCE = "conference report"


@dataclass(frozen=True)
class Statement:
    """One thing that the school says: how it is known, from whom and when, and what it is."""

    known: str
    source: str
    text: str


@dataclass(frozen=True)
class Told:
    """A section of the report. `key` tells the template which one it is."""

    key: str
    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Report:
    """Everything that the report tells, in its words."""

    letterhead: Letterhead
    title: str
    standing: Standing
    facts: tuple[Said, ...]
    carers: str
    professionals: str
    why: str
    sections: tuple[Told, ...]
    shared: tuple[Said, ...]
    since: tuple[Said, ...]


@dataclass(frozen=True)
class Line:
    """A report that was made: for what conference, when and by whom."""

    id: str
    conference: str
    held_on: date | None
    recorded_at: datetime
    author: str


# Whoever may not see one of the incidents on which a report rests may not see the report.
EARLIER = """
    FROM conference_reports r JOIN pupils p ON p.id = r.pupil
    LEFT JOIN people w ON w.id = r.recorded_by
    WHERE {which} AND {seen} AND NOT list_has_any(
        r.rests_on, (SELECT coalesce(list(b.incident), []) FROM barred b WHERE b.person = $me))
    ORDER BY r.seq DESC
"""


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """The report as a PDF, once the Authenticator's code was given again.

    What was typed and how the record stands are recorded with the export: together or not at all.
    Raises as `exports.made` does.
    """

    def content(at: datetime) -> Made:
        found = standing.of(store, form.pupil, at, by=by)
        record = _recorded(form, found)
        said = tuple(_statements(form))
        paper = letterhead(store, form.recipient, form.purpose, at, by=by)
        stage(SETTING)
        report = _report(paper, record, said, ())
        return Made(pdf.typeset("conference", report, at=at), (record, *said))

    chosen = ("significant events", "what was typed for this report")
    order = _order(form, chosen, problems(form))
    try:
        return exports.made(store, order, code, content, by=by, stage=stage)
    except AlreadyRecorded:
        raise Refused("This report was made already: open it again below.") from None


def again(
    store: Store,
    report: str,
    recipient: str,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """A report that was made before, word for word, and after it what was corrected since.

    Raises `NotThere`, and as `exports.made` does.
    """
    record = _find(store, report, by)

    def content(at: datetime) -> Made:
        said = store.ask(ConferenceStatement, SAID, report=report)
        paper = letterhead(store, recipient, record.conference, at, by=by)
        since = tuple(_since(store, record, by))
        stage(SETTING)
        return Made(pdf.typeset("conference", _report(paper, record, said, since), at=at))

    form = Form(pupil=record.pupil, conference=record.conference, recipient=recipient)
    chosen = (f"made again as it was made on {_standing(record).made}",)
    wrong = exports.addressed(recipient, record.conference)
    return exports.made(store, _order(form, chosen, wrong), code, content, by=by, stage=stage)


def earlier(store: Store, pupil: str, *, by: Person) -> list[Line]:
    """The reports about a pupil that were made, the newest first, as far as `by` may see them."""
    sql = "SELECT r.id, r.conference, r.held_on, r.recorded_at, coalesce(w.name, '') AS author"
    of = EARLIER.format(which="r.pupil = $pupil", seen=children(by, Verb.EXPORT))
    return store.ask(Line, sql + of, pupil=pupil, me=by.id)


SAID = "FROM conference_statements WHERE report = $report ORDER BY seq"


def _find(store: Store, report: str, by: Person) -> ConferenceReport:
    of = EARLIER.format(which="r.id = $report", seen=children(by, Verb.EXPORT))
    found = store.ask(ConferenceReport, "SELECT r.*" + of, report=report, me=by.id)
    if not found:
        raise NotThere("report")
    return found[0]


def _order(form: Form, chosen: tuple[str, ...], wrong: dict[str, str]) -> Order:
    return Order(CONFERENCE, form.pupil, pdf.MEDIA_TYPE, form.recipient, form.purpose, chosen,
                 wrong)  # fmt: skip


def _recorded(form: Form, found: standing.Found) -> ConferenceReport:
    parents, child = bool(form.shared_with_parents), bool(form.shared_with_child)
    return ConferenceReport(
        id=form.id,
        pupil=form.pupil,
        conference=form.purpose,
        held_on=form.held_on,
        names_used=form.names_used,
        carers=form.carers,
        professionals=form.professionals,
        why=form.why,
        shared_with_parents=parents,
        parents_on=form.parents_on if parents else None,
        parents_why_not="" if parents else form.parents_why_not,
        shared_with_child=child,
        child_on=form.child_on if child else None,
        child_why_not="" if child else form.child_why_not,
        rests_on=found.rests_on,
        stood=msgspec.json.encode(found.standing).decode(),
    )


def _statements(form: Form) -> Iterator[ConferenceStatement]:
    for key, section in SECTIONS.items():
        for each in form.said.get(key, ()):
            if not each.is_empty:
                yield ConferenceStatement(
                    id=each.id,
                    report=form.id,
                    section=key,
                    kind=each.kind if section.kinds else "",
                    source=each.source.strip() if section.source else "",
                    dated=each.dated if section.dated else None,
                    account=each.account,
                )


def _standing(record: ConferenceReport) -> Standing:
    return msgspec.json.decode(record.stood, type=Standing)


def _report(
    paper: Letterhead,
    record: ConferenceReport,
    said: Sequence[ConferenceStatement],
    since: tuple[Said, ...],
) -> Report:
    stood = _standing(record)
    return Report(
        letterhead=paper,
        title=record.conference,
        standing=stood,
        facts=_facts(record, stood),
        carers=record.carers,
        professionals=record.professionals,
        why=record.why,
        sections=tuple(_section(key, said) for key in SECTIONS),
        shared=(
            _shared("With the parents", record.parents_on, record.parents_why_not),
            _shared("With the child", record.child_on, record.child_why_not),
        ),
        since=since,
    )


def _facts(record: ConferenceReport, stood: Standing) -> tuple[Said, ...]:
    """The child first, then the conference and who tells it."""
    more = {
        "Other names used": record.names_used,
        "Date of the conference": moments.day(record.held_on) if record.held_on else "",
        "Report written by": stood.author,
        "Report made": stood.made,
    }
    return (*stood.facts, *told(more))


def _section(key: str, said: Sequence[ConferenceStatement]) -> Told:
    own = (each for each in said if each.section == key)
    return Told(key, SECTIONS[key].name, tuple(_statement(key, each) for each in own))


def _statement(key: str, each: ConferenceStatement) -> Statement:
    day = moments.day(each.dated) if each.dated else ""
    day = f"by {day}" if day and key == "needs" else day
    known = KINDS[each.kind].told if each.kind else ""
    return Statement(known, ", ".join(part for part in (each.source, day) if part), each.account)


def _shared(whom: str, when: date | None, why_not: str) -> Said:
    return Said(whom, f"Shared on {moments.day(when)}." if when else f"Not shared. {why_not}")


def _since(store: Store, record: ConferenceReport, by: Person) -> Iterator[Said]:
    """What was corrected, after the report was made, of the events that it tells."""
    zone, stood = settings.school(store).zone, _standing(record)
    made = store.ask(_Made, "SELECT seq FROM conference_reports WHERE id = $id", id=record.id)[0]
    for row, incident in zip(stood.events, record.rests_on, strict=False):
        for each in corrections.beneath(store, incident, by=by):
            if each.seq > made.seq:
                wrong = wrong_clock.among(store, [each.recorded_at])
                when = wrong_clock.said(each.recorded_at, zone, wrong)
                label = f"#{row.number} · {corrections.KINDS[each.kind]} · {each.author}, {when}"
                yield Said(label, each.account)


@dataclass(frozen=True)
class _Made:
    seq: int
