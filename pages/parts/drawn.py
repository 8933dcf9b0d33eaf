"""A body map as it stands in the record: the pictures, and what was said of each mark."""

from __future__ import annotations

from collections.abc import Iterable

from core import body_pictures, injuries, moments, outlines
from core.body_maps import Drawn
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
