"""Threads: small pieces about one child, or one household, that add up over months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast as typed

from core.demonstration.calendar import at
from core.demonstration.happening import Happening, Plan, PlanKind
from core.demonstration.incidents import Plot, happen
from core.demonstration.scene import Scene, Written, postponed, written
from core.demonstration.texts import Piece, Thread

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
STARTS = 8 * 60 + 50  # when today's pieces may begin
AS_WRITTEN = 14 * 60 + 18  # the time of day for which today's pieces are written


def told(scene: Scene, threads: Sequence[Thread], minutes: int) -> Iterator[Happening]:
    """The pieces of all threads up to today; `minutes` is the time of day now.

    Where it is earlier than the pieces of today were written for, those follow each other faster.
    """
    speed = min(1.0, max(0.05, (minutes - STARTS) / (AS_WRITTEN - STARTS)))
    for thread in threads:
        days = days_of(scene, thread)
        for piece in thread.pieces:
            if piece.key in days:
                yield _happening(scene, piece, days[piece.key], speed if piece.today else 1.0)


def plans(scene: Scene, threads: Sequence[Thread]) -> tuple[Plan, ...]:
    """The plans of children, each since the day on which its thread says that it began."""
    return tuple(
        Plan(note.pupil, typed(PlanKind, note.kind), days[note.piece])
        for thread in threads
        for days in [days_of(scene, thread)]
        for note in thread.plans
        if note.piece in days
    )


def children(threads: Sequence[Thread]) -> set[str]:
    """The keys of the pupils whose story a thread tells."""
    return {piece.pupil for thread in threads for piece in thread.pieces}


def cast_of(piece: Piece) -> tuple[str, ...]:
    """The keys of the pupils in a piece, the child it is about first."""
    return (piece.pupil, *piece.others)


def days_of(scene: Scene, thread: Thread) -> dict[str, date]:
    """The day of each piece: its weekday, moved back by whole weeks out of holidays.

    The pieces stay in order, each on a day of its own, also where a holiday pushes many of them
    together. Pieces from before the children came to the school are left out.
    """
    days: dict[str, date] = {}
    following = scene.school.today + timedelta(days=1)
    for piece in sorted(thread.pieces, key=lambda each: _nominal(scene, each), reverse=True):
        day = scene.calendar.same_weekday(_nominal(scene, piece))
        while day >= following:
            day = scene.calendar.same_weekday(day - timedelta(weeks=1))
        following = day
        there = all(scene.school.pupil[key].class_on(day) for key in cast_of(piece))
        if there and scene.calendar.is_open(day):
            days[piece.key] = day
    return days


def _nominal(scene: Scene, piece: Piece) -> date:
    today = scene.school.today
    if piece.today:
        return today
    monday = today - timedelta(days=today.weekday(), weeks=piece.weeks)
    return monday + timedelta(days=WEEKDAYS.index(piece.day))


def _happening(scene: Scene, piece: Piece, day: date, speed: float) -> Happening:
    plot = Plot(
        template=piece,
        pupils=[scene.school.pupil[key] for key in cast_of(piece)],
        written=_written(scene, piece, day, speed),
        by=piece.by[0],
        steps=piece.actions,
        pace=scene.pace(exact=True, speed=speed),
        unread=piece.unread,
        marks=piece.marks,
    )
    return happen(scene, plot)


def _written(scene: Scene, piece: Piece, day: date, speed: float) -> Written:
    if not piece.at:
        return written(scene, piece, day, late=piece.late)
    hour, minute = map(int, piece.at.split(":"))
    occurred_at = at(day, int(STARTS + (hour * 60 + minute - STARTS) * speed))
    if piece.late:
        return replace(postponed(scene, occurred_at, piece.late), remark="", notes="")
    told_at = occurred_at + timedelta(seconds=int(piece.told_after * speed * 60))
    recorded_at = occurred_at + timedelta(seconds=int(piece.recorded * speed * 60))
    return Written(occurred_at, recorded_at, told_at)
