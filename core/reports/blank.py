"""The yellow form: a blank one on paper, for supply staff and outside agencies without an account.

Each copy has a number of its own, so that what comes back can be told from a copy of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core import body_pictures, clock, forms, outlines, settings
from core.forms import Incomplete
from core.permissions import Verb, demand
from core.person import Person
from core.records import PaperForm
from core.reports import pdf
from core.reports.exports import File
from core.reports.paper import Said
from core.store import Store

TEMPLATE = "blank"
MOST = 30  # copies at once

# The drawings of the last page, line by line.
WHOLE = ("front", "back", "right-side", "left-side")
PARTS = tuple(view for view in outlines.VIEWS if view not in WHOLE)


@dataclass(frozen=True)
class Outline:
    """A drawing as SVG, and what it shows in words."""

    svg: str
    said: str


@dataclass(frozen=True)
class Blank:
    """Everything that is printed on a form; `numbers` has one for each copy."""

    school: str
    numbers: tuple[int, ...]
    guide: tuple[Said, ...]
    whole: tuple[Outline, ...]
    parts: tuple[Outline, ...]


def make(store: Store, copies: int, build: str, *, by: Person) -> File:
    """So many copies in one file, with outlines of a child of this build; that they were printed
    is recorded first. Raises `NotAllowed`, `Incomplete`."""
    demand(by, Verb.PRINT_FORMS)
    if wrong := problems(copies, build):
        raise Incomplete(wrong)
    first, at = _record(store, copies, by), clock.now()
    blank = Blank(
        school=settings.school(store).name or "School",
        numbers=tuple(range(first, first + copies)),
        guide=tuple(Said(head, tip) for head, tip in forms.GUIDE),
        whole=_outlines(WHOLE, build),
        parts=_outlines(PARTS, build),
    )
    name = (
        f"paper-form-{first}.pdf"
        if copies == 1
        else f"paper-forms-{first}-to-{blank.numbers[-1]}.pdf"
    )
    return File(name, pdf.MEDIA_TYPE, pdf.typeset(TEMPLATE, blank, at=at))


def problems(copies: int, build: str) -> dict[str, str]:
    """What keeps forms from being printed, by the names of the fields."""
    wrong: dict[str, str] = {}
    if not 0 < copies <= MOST:
        wrong["copies"] = f"Please print 1 to {MOST} copies at once."
    if build not in (outlines.YOUNGER, outlines.OLDER):
        wrong["build"] = "Please choose which outlines."
    return wrong


def _record(store: Store, copies: int, by: Person) -> int:
    """Numbers run on, whatever became of the forms before."""
    with store.alone():
        sql = "SELECT coalesce(max(number + copies), 1) AS number FROM paper_forms"
        first = store.ask(_Number, sql)[0].number
        store.append(PaperForm(number=first, copies=copies), by=by)
    return first


def _outlines(views: tuple[str, ...], build: str) -> tuple[Outline, ...]:
    return tuple(
        Outline(body_pictures.blank(outlines.view(view, build)), f"Outline: {outlines.SAID[view]}")
        for view in views
    )


@dataclass(frozen=True)
class _Number:
    number: int
