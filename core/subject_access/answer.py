"""The answer to a request: the record without what was taken out, and what that was by number.

Words are taken out before anything is set in type: the file has never held them. A piece that is
withheld whole leaves no title and no date, only its number in the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core import moments, pupils
from core.errors import Refused
from core.person import Person
from core.reports import cells, exports, pdf
from core.reports.exports import ACCESS, SETTING, File, Made, Order
from core.reports.paper import Letterhead, Said, letterhead, told
from core.store import Store
from core.subject_access import asking, looks
from core.subject_access.asking import Request
from core.subject_access.codes import CODES, Code
from core.subject_access.looks import DONE, Seen

PURPOSE = "Answer to a request for what is kept"

LEFT_OUT = (
    "Concerns about adults are kept apart and are not in this file. Nor are registers, who "
    "collected the child on which day, the logs of searches, records that came from other schools, "
    "earlier standing notes, lines that a lead wrote for whoever reported, the contents of "
    "attached files, and drawings of body maps, which are told in words: they are gone through by "
    "hand. An entry in which whoever made this file has a conflict of interest is left "
    "out, and is for another lead to answer."
)


@dataclass(kw_only=True)
class Form:
    """What is filled in for an answer: as PDF the answer, as CSV the list of what was withheld."""

    request: str
    media_type: str
    recipient: str = ""
    purpose: str = PURPOSE

    @property
    def chosen(self) -> tuple[str, ...]:
        """What the file is, in words."""
        whole = "the record without what is withheld, and the list of that"
        return (whole if self.media_type == pdf.MEDIA_TYPE else "the list of what is withheld",)


@dataclass(frozen=True)
class Bit:
    """Some words, or a bar with the letter of a code and what it says to a screen reader."""

    text: str
    letter: str = ""
    said: str = ""


@dataclass(frozen=True)
class Para:
    """One text of a piece, in bits."""

    manner: str
    bits: tuple[Bit, ...]


@dataclass(frozen=True)
class Told:
    """A piece as it is told."""

    title: str
    paras: tuple[Para, ...]


@dataclass(frozen=True)
class Withheld:
    """A line of the list: of what, how much, and by which code."""

    title: str
    counts: str


@dataclass(frozen=True)
class Report:
    """Everything that the answer tells."""

    letterhead: Letterhead
    name: str
    born: str
    facts: tuple[Said, ...]
    pieces: tuple[Told, ...]
    withheld: tuple[Withheld, ...]
    codes: tuple[Said, ...]
    note: str


def of(store: Store, form: Form, at: datetime, *, by: Person) -> Report:
    """The answer, of what `by` may see; that the record was read is recorded. Raises `NotThere`,
    and `Refused` where something was not gone through as it is now: places that were taken out of
    other words would hide nothing."""
    request = asking.find(store, form.request, by=by)
    pupil = pupils.of(store, request.pupil, by=by)
    seen = looks.of(store, request, by=by)
    if any(each.state != DONE for each in seen):
        raise Refused("The record has changed meanwhile: go through what is new, then make it.")
    born = moments.day(pupil.born_on)
    about = {"Name": pupil.name, "Known as": pupil.known_as, "Date of birth": born,
             "Class": pupil.class_name, "Unique pupil number": pupil.upn,
             "Asked for by": f"{request.asked_by}, {request.relation}",
             "Request received": moments.day(request.received_on)}  # fmt: skip
    return Report(
        letterhead=_letterhead(store, form, request, at, by),
        name=pupil.name,
        born=born,
        facts=told(about),
        pieces=tuple(_told(each) for each in seen if each.look and not each.look.whole),
        withheld=tuple(_withheld(seen)),
        codes=tuple(Said(f"{c.letter}: {c.name}", c.law) for c in CODES.values()),
        note=LEFT_OUT,
    )


def problems(store: Store, form: Form, *, by: Person) -> dict[str, str]:
    """What keeps the answer from being made, by the names of the fields. Raises `NotThere`."""
    request, wrong = asking.find(store, form.request, by=by), exports.wrongly_asked(form)
    left = [each for each in looks.of(store, request, by=by) if each.state != DONE]
    if left:
        entries = "1 entry has" if len(left) == 1 else f"{len(left)} entries have"
        wrong["pieces"] = f"{entries} not been gone through yet, or changed since."
    if request.waits:
        wrong["identity"] = "Please wait until it is proved who asks."
    return wrong


def make(
    store: Store,
    form: Form,
    code: str,
    *,
    by: Person,
    stage: Callable[[str], object] = lambda what: None,
) -> File:
    """The answer, or the list, as a file. Raises as `exports.made` does."""

    def content(at: datetime) -> Made:
        report = of(store, form, at, by=by)
        stage(SETTING)
        is_pdf = form.media_type == pdf.MEDIA_TYPE
        return Made(pdf.typeset("subject_access", report, at=at) if is_pdf else table(report))

    pupil = asking.find(store, form.request, by=by).pupil
    order = Order(ACCESS, pupil, form.media_type, form.recipient, form.purpose, form.chosen,
                  problems(store, form, by=by))  # fmt: skip
    return exports.made(store, order, code, content, by=by, stage=stage)


def table(report: Report) -> bytes:
    """The list of what was withheld, for a spreadsheet program; never the words."""
    head = report.letterhead
    return cells.file([
        ("What was withheld", "Confidential"),
        ("School", head.school),
        *((each.label, each.text) for each in report.facts),
        ("Exported", head.exported_at),
        ("Record", head.head),
        (),
        ("Entry", "Withheld"),
        *((each.title, each.counts) for each in report.withheld),
        (),
        ("Code", "Data Protection Act 2018"),
        *((each.label, each.text) for each in report.codes),
    ])  # fmt: skip


def _letterhead(store: Store, form: Form, request: Request, at: datetime, by: Person) -> Letterhead:
    """Who made it is named by their post where members of staff are not named."""
    head = letterhead(store, form.recipient, form.purpose, at, by=by)
    return head if request.names_staff else replace(head, exported_by=by.post or "a lead")


def _told(seen: Seen) -> Told:
    assert seen.look  # noqa: S101 - asked before
    told_ = looks.runs(seen.piece, looks.removed(seen.look))
    lines = zip(seen.piece.lines, told_, strict=True)
    return Told(seen.piece.title, tuple(Para(line.manner, _bits(runs)) for line, runs in lines))


def _bits(runs: Sequence[looks.Run]) -> tuple[Bit, ...]:
    return tuple(_bar(CODES[run.code]) if run.code else Bit(run.text) for run in runs)


def _bar(code: Code) -> Bit:
    return Bit("", code.letter, f"Removed, {code.letter}: {code.name.lower()}")


def _withheld(seen: Sequence[Seen]) -> list[Withheld]:
    lines = [
        Withheld(each.piece.title, counts)
        for each in seen
        if each.look and not each.look.whole and (counts := _counts(each))
    ]
    whole = Counter(each.look.whole for each in seen if each.look and each.look.whole)
    return lines + [
        Withheld("Withheld whole, not named here", f"{number} × {CODES[code].letter}")
        for code, number in whole.items()
    ]


def _counts(seen: Seen) -> str:
    """How many bars there are of each code: as many as somebody can count on the paper."""
    assert seen.look  # noqa: S101 - asked before
    told_ = looks.runs(seen.piece, looks.removed(seen.look))
    counted = Counter(run.code for runs in told_ for run in runs if run.code)
    return ", ".join(f"{number} × {CODES[code].letter}" for code, number in counted.items())
