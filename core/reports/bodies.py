"""Body maps on paper: the pictures with their numbered marks, and what was said of each mark."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core import body_pictures, injuries, moments, outlines
from core.body_maps import Drawn
from core.records import BodyMark
from core.reports.paper import Said, told


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, and what it shows in words."""

    svg: str
    said: str


@dataclass(frozen=True)
class Mark:
    """One numbered mark, as a line of the table."""

    number: int
    place: str
    kind: str
    answers: tuple[Said, ...]
    child_words: str


@dataclass(frozen=True)
class Sheet:
    """One body map of an incident."""

    number: int
    told: tuple[Said, ...]
    pictures: tuple[Picture, ...]
    marks: tuple[Mark, ...]


def sheet(drawn: Drawn, number: int, zone: ZoneInfo) -> Sheet:
    """The map of the incident with this number."""
    given = drawn.map
    sought = "was" if given.advice_sought else "was not"
    return Sheet(
        number=number,
        told=told(
            {
                "Seen by": given.seen_by,
                "Seen": moments.full(given.seen_at, zone, about=given.about_time),
                "Also there": given.present,
                "Recorded": f"{moments.full(drawn.recorded_at, zone)}, by {drawn.author}",
                f"Medical advice {sought} sought": given.advice,
                "Changed since the last map": given.changed,
            }
        ),
        pictures=tuple(
            Picture(body_pictures.of(drawn, view), body_pictures.said(drawn, view))
            for view in drawn.views
        ),
        marks=tuple(_mark(mark) for mark in drawn.marks),
    )


def in_words(sheet: Sheet) -> str:
    """The map where no picture can be shown: a line for what is told, and one for each mark."""
    lines = [f"{each.label}: {each.text}" for each in sheet.told]
    for mark in sheet.marks:
        answers = "".join(f"; {each.label}: {each.text}" for each in mark.answers)
        words = f"; in the child’s own words: {mark.child_words}" if mark.child_words else ""
        lines.append(f"{mark.number}. {mark.place}: {mark.kind}{answers}{words}")
    return "\n".join(lines)


def _mark(mark: BodyMark) -> Mark:
    return Mark(
        number=mark.number,
        place=outlines.said(mark.view, mark.region),
        kind=injuries.kind(mark),
        answers=tuple(Said(each.label, each.value) for each in injuries.told(mark)),
        child_words=mark.child_words,
    )
