"""A body map as it stands in the record: the pictures, and what was said of each mark."""

from __future__ import annotations

from collections.abc import Iterable

from core import body_pictures, injuries, moments, outlines
from core.body_history import History, Outline, Sighting
from core.body_maps import Drawn
from core.body_pictures import Dot
from core.records import BodyMark
from core.settings import School
from pages.parts import words


def maps(drawn: Iterable[Drawn], school: School) -> None:
    """Each map with its pictures beside its words."""
    for each in drawn:
        words.block([words.Heading("Body map", None, 2), *_about(each, school)])
        words.block([_pictures(each), words.Line("Left and right are the child’s.", note=True)])
        words.block(block for mark in each.marks for block in _mark(mark))


def thumbnails(drawn: Iterable[Drawn]) -> list[words.Block]:
    """The pictures of maps, small, for a line of the chronology."""
    return [_pictures(each, small=True) for each in drawn]


def together(seen: History) -> None:
    """All marks of a child on one outline a view, those of each build and edition apart."""
    found = seen.outlines
    drawings = list(dict.fromkeys((each.edition, each.build) for each in found))
    for drawing in drawings:
        if len(drawings) > 1:
            edition, build = drawing
            words.line(f"{BUILDS[build]}, drawn in {edition}", strong=True)
        alike = [each for each in found if (each.edition, each.build) == drawing]
        words.block([words.Pictures([_together(each, seen) for each in alike])])
    words.line("Left and right are the child’s. What was seen last is the darkest.", note=True)


BUILDS = {
    outlines.YOUNGER: "On the outlines of a younger child",
    outlines.OLDER: "On the outlines of an older child",
}

HEADS = ("No.", "Seen", "Where", "What", "Size", "Colour", "The child’s words", "Seen or told")


def listed(sightings: Iterable[Sighting], *, key: str) -> str | None:
    """What was said of each mark, the newest first; the incident that is to be opened, if any."""
    return words.listing(words.Listing(HEADS, [_row(each) for each in sightings]), key=key)


def _together(each: Outline, seen: History) -> words.Picture:
    view = outlines.view(each.view, each.build, each.edition)
    dots = [Dot(s.number, s.mark, seen.freshness(s)) for s in each.sightings]
    said = body_pictures.said_of(each.view, ((s.number, s.mark) for s in each.sightings))
    return words.Picture(body_pictures.together(view, dots), said)


def _row(seen: Sighting) -> words.Item:
    mark = seen.mark
    place = outlines.said(mark.view, mark.region)
    told = injuries.BASES.get(mark.basis, "")
    cells = (str(seen.number), moments.day(seen.day), place, injuries.kind(mark),
             injuries.size(mark), mark.colour, mark.child_words, told)  # fmt: skip
    return words.Item([words.Way(str(seen.incident), f"Open #{seen.incident}")], cells)


def _pictures(drawn: Drawn, *, small: bool = False) -> words.Pictures:
    pictures = [
        words.Picture(body_pictures.of(drawn, view, small=small), body_pictures.said(drawn, view))
        for view in drawn.views
    ]
    return words.Pictures(pictures, small)


def _about(drawn: Drawn, school: School) -> list[words.Block]:
    given = drawn.map
    when = moments.full(given.seen_at, school.zone, about=given.about_time)
    present = f" Also there: {words.apart(given.present)}." if given.present else ""
    sought = "Medical advice was sought" if given.advice_sought else "Medical advice was not sought"
    changed = [words.Line(f"Since the last map: {given.changed}")] if given.changed else []
    return [
        words.Line(f"Seen by {words.apart(given.seen_by)}, {when}.{present}", note=True),
        words.Line(f"{sought}: {words.apart(given.advice)}", note=True),
        *changed,
    ]


def _mark(mark: BodyMark) -> list[words.Block]:
    place = outlines.said(mark.view, mark.region)
    blocks: list[words.Block] = [
        words.Line(f"{mark.number}  {place}", strong=True),
        words.Line(injuries.kind(mark)),
    ]
    told = [words.Fact(each.label, each.value) for each in injuries.told(mark)]
    blocks += [words.Facts(told, across=True)] * bool(told)
    return blocks + [words.Quote(mark.child_words)] * bool(mark.child_words)
