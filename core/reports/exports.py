"""Exports: a report is made, written down, and only then handed to whoever asked for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core import clock, mails, pupils, sealed, sign_in
from core.forms import Incomplete
from core.permissions import Verb, children, demand
from core.person import Person
from core.records import Export
from core.reports import cells, chronology, pdf, sheet
from core.reports.chronology import Form
from core.sign_in import WrongCode
from core.store import Record, Store

CHRONOLOGY = "chronology"
ACCESS = "subject access"

# How a file's name ends.
ENDINGS: Mapping[str, str] = {
    pdf.MEDIA_TYPE: "pdf",
    cells.MEDIA_TYPE: "csv",
    sealed.MEDIA_TYPE: "zip",
}

LONGEST = 300  # letters; both stand at the foot of every page

LINES = """
    SELECT e.number, e.what, e.media_type, e.recipient, e.purpose, e.chosen, e.recorded_at,
           coalesce(w.name, '') AS author
    FROM exports e LEFT JOIN people w ON w.id = e.recorded_by {whose} ORDER BY e.seq DESC
"""

READING, SETTING, RECORDING = "Reading the record", "Making the file", "Writing the export down"


@dataclass(frozen=True)
class File:
    """A report as a file. Its name holds a number and nobody's name."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Line:
    """An export as it is read: who took what out of the record, for whom, why and when."""

    number: int
    what: str
    media_type: str
    recipient: str
    purpose: str
    chosen: tuple[str, ...]
    recorded_at: datetime
    author: str


class Addressed(Protocol):
    """What is filled in for whatever leaves the record: for whom and why."""

    recipient: str
    purpose: str


class Asked(Addressed, Protocol):
    """The same for an export of a kind, and in which form."""

    media_type: str

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices in words."""


@dataclass(frozen=True)
class Kind:
    """A kind of report: its name, which is its template's too, how it is read at a moment and how
    it becomes a table. `pupil` is whose record it is, empty where it is nobody's alone."""

    name: str
    read: Callable[[datetime], Any]
    table: Callable[[Any], bytes]
    pupil: str = ""
    verb: Verb = Verb.EXPORT


@dataclass(frozen=True)
class Order:
    """What report is wanted, for whom and why, and what is still wrong with the asking."""

    what: str
    pupil: str
    media_type: str
    recipient: str
    purpose: str
    chosen: tuple[str, ...]
    problems: Mapping[str, str]
    verb: Verb = Verb.EXPORT


@dataclass(frozen=True)
class Made:
    """A report's bytes, and what is recorded together with its export."""

    content: bytes
    beside: tuple[Record, ...] = ()


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """The chronology of a pupil as a file. Raises as `made` does."""
    kind = Kind(
        CHRONOLOGY,
        lambda at: chronology.of(store, form, at, by=by),
        sheet.file,
        form.pupil,
    )
    return issue(store, kind, form, problems(form), code, by=by, stage=stage)


def issue(
    store: Store,
    kind: Kind,
    form: Asked,
    wrong: Mapping[str, str],
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """A report of a kind as PDF or as a table, as it was asked for. Raises as `made` does."""

    def content(at: datetime) -> Made:
        report = kind.read(at)
        stage(SETTING)
        is_pdf = form.media_type == pdf.MEDIA_TYPE
        return Made(pdf.typeset(kind.name, report, at=at) if is_pdf else kind.table(report))

    chosen = () if wrong else form.chosen  # what is wrong cannot always be put into words
    order = Order(kind.name, kind.pupil, form.media_type, form.recipient, form.purpose,
                  chosen, wrong, kind.verb)  # fmt: skip
    return made(store, order, code, content, by=by, stage=stage)


def made(
    store: Store,
    order: Order,
    code: str,
    content: Callable[[datetime], Made],
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """A report as a file, once the Authenticator's code was given again and nothing is wrong.

    What is taken out is recorded before anybody has it; `stage` is told what begins, and if it
    raises, nothing has been exported. Raises `NotAllowed`, `NotThere`, `Incomplete`, `WrongCode`,
    `TooSoon`.
    """
    demand(by, order.verb)
    if order.pupil:
        pupils.demand_record(store, order.pupil, order.verb, by=by)
    if order.problems:
        raise Incomplete(dict(order.problems))
    _demand_code(store, code, by)
    stage(READING)
    found = content(clock.now())
    stage(RECORDING)
    number = _record(store, order, found, by)
    name = f"{order.what.replace(' ', '-')}-{number}.{ENDINGS[order.media_type]}"
    return File(name, order.media_type, found.content)


def problems(form: Form) -> dict[str, str]:
    """What keeps a chronology from being made, by the names of the fields."""
    wrong = wrongly_asked(form)
    if form.since and form.until and form.until < form.since:
        wrong["until"] = "It ends before it begins: please check the dates."
    return wrong


def wrongly_asked(form: Asked) -> dict[str, str]:
    """What keeps any report from being made, by the names of the fields."""
    wrong = addressed(form.recipient, form.purpose)
    if form.media_type not in (pdf.MEDIA_TYPE, cells.MEDIA_TYPE):
        wrong["media_type"] = "Please choose PDF or CSV."
    return wrong


def addressed(recipient: str, purpose: str) -> dict[str, str]:
    """What is wrong with for whom and why a report is made, by the names of the fields."""
    wrong: dict[str, str] = {}
    for name, text, missing in (
        ("recipient", recipient.strip(), "Please say for whom it is."),
        ("purpose", purpose.strip(), "Please say why they need it."),
    ):
        if not text or len(text) > LONGEST:
            wrong[name] = f"Please say it in {LONGEST} letters." if text else missing
    return wrong


def about(store: Store, pupil: str, *, by: Person) -> list[Line]:
    """The exports of a pupil's record, the newest first; none if `by` may not export it."""
    return list(store.kept(_about, pupil, by))


def _about(store: Store, pupil: str, by: Person) -> list[Line]:
    whose = f"JOIN pupils p ON p.id = e.pupil WHERE e.pupil = $what AND {children(by, Verb.EXPORT)}"
    return store.ask(Line, LINES.format(whose=whose), what=pupil, me=by.id)


def of_the_school(store: Store, what: str, verb: Verb, *, by: Person) -> list[Line]:
    """The exports of one kind that are about the whole school, the newest first, for whom the verb
    is open to. Raises `NotAllowed`."""
    demand(by, verb)
    whose = "WHERE e.what = $what AND e.pupil = ''"
    return store.ask(Line, LINES.format(whose=whose), what=what)


def _demand_code(store: Store, code: str, by: Person) -> None:
    """Somebody who finds a session open must not carry a child's record away."""
    try:
        sign_in.demand_code(store, by, code)
    except WrongCode as wrong:
        if wrong.warned:
            mails.owe(store, wrong.warned.id, "many_refusals")
        raise


def _record(store: Store, order: Order, found: Made, by: Person) -> int:
    with store.alone():
        number = store.ask(_Number, "SELECT count(*) + 1 AS number FROM exports")[0].number
        export = Export(
            number=number,
            what=order.what,
            pupil=order.pupil,
            media_type=order.media_type,
            recipient=order.recipient.strip(),
            purpose=order.purpose.strip(),
            chosen=order.chosen,
            sha256=hashlib.sha256(found.content).hexdigest(),
        )
        store.append(*found.beside, export, by=by)
    return number


@dataclass(frozen=True)
class _Number:
    number: int
