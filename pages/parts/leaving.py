"""Children at the end of a day: how each may go, and whom to ring about one who is still here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from core import handover, hometime, moments
from core.hometime import Leaving
from pages.parts import words


def row(child: Leaving, day: date, zone: ZoneInfo) -> words.Slim:
    """A child of the class, with the ways in which they may go."""
    return words.Slim(_ways(child, day), _blocks(child, day, zone))


def uncollected(late: Sequence[Leaving], zone: ZoneInfo) -> list[words.Slim]:
    """Whom to ring about each child who is still here, in order, with a tap for each try."""
    rows: list[words.Slim] = []
    for child in late:
        rows.append(words.Slim([], [words.Line(child.name, strong=True)]))
        for nth, adult in enumerate(child.collectors, 1):
            told = [
                f"{'Answered' if t.answered else 'No answer'} {moments.short(t.recorded_at, zone)}"
                for t in child.tries if t.collector == adult.id
            ]  # fmt: skip
            line = words.Line(f"{nth}. {words.apart(adult.said)}", aside=adult.phone or "No number")
            ways = [words.Way(f"answered {child.pupil} {adult.id}", "Answered"),
                    words.Way(f"unanswered {child.pupil} {adult.id}", "No answer")]  # fmt: skip
            note = [words.Line("; ".join(told), note=True)] * bool(told)
            rows.append(words.Slim(ways, [line, *note]))
        if not child.collectors:
            nobody = words.Line("Nobody is on the list: ring the office and a lead.", note=True)
            rows.append(words.Slim([], [nobody]))
    return rows


def _ways(child: Leaving, day: date) -> list[words.Way]:
    """How this child may go; nothing that is not permitted is offered."""
    if child.is_family:
        return []
    if child.is_gone:
        return [words.Way(f"kept {child.pupil} -", "Still here")]
    ways = [words.Way(f"to {child.pupil} {each.id}", each.said) for each in child.collectors]
    if child.walk and child.walk.holds(day):
        ways.append(words.Way(f"alone {child.pupil} -", "Alone"))
    return [
        *ways,
        words.Way(f"club {child.pupil} -", "Club"),
        words.Way(f"other {child.pupil} -", "Somebody else"),
    ]


def _blocks(child: Leaving, day: date, zone: ZoneInfo) -> list[words.Block]:
    badges: list[words.Badge] = []
    if child.is_family:
        badges = [words.Badge("Your own family: ask a colleague", "gray", "lock")]
    if child.gone and child.is_gone:
        badges.append(words.Badge(hometime.WAYS[child.gone.how], "green", "check"))
    if child.walk and not child.is_gone:
        holds = child.walk.holds(day)
        badges.append(words.Badge("May go home alone", "violet", "check") if holds else
                      words.Badge("May not go home alone today", "orange", "alert"))  # fmt: skip
    blocks: list[words.Block] = [words.Line(child.name, strong=True, badges=badges)]
    blocks += [
        words.Badge(f"Do not hand over to {words.apart(each.name)}", "red", "law")
        for each in child.kept_from
    ]
    if child.walk and not child.is_gone and not child.walk.holds(day):
        blocks.append(words.Line(handover.why_not_alone(child, day), note=True))
    if child.gone and child.is_gone:
        told = " · ".join(filter(None, (child.gone.name, child.gone.author,
                                        moments.short(child.gone.recorded_at, zone))))  # fmt: skip
        blocks.append(words.Line(told, note=True))
        blocks += [words.Line(child.gone.reason, note=True)] * bool(child.gone.reason)
    return blocks
