"""Incidents to which somebody was alerted, each a card."""

from __future__ import annotations

from datetime import timedelta

from core import (
    clock,
    moments,
    settings,
)
from core.alerts import Waiting
from core.settings import School
from pages.parts import menu, urgency, words
from pages.parts.session import Here


def draw(here: Here, lines: list[Waiting], *, key: str, offered: bool = False) -> None:
    """The incidents of a list, the first of them `offered`."""
    school = settings.school(here.store)
    cards = [card(line, school, first=offered and line is lines[0]) for line in lines]
    if number := words.cards(cards, key=key):
        menu.go_to("incident", number=number)


def card(line: Waiting, school: School, *, first: bool) -> words.Card:
    """One incident that somebody alerted me to."""
    new = line.read_at is None
    what = "New action, from" if line.is_action else "from"
    told = f"{moments.short(line.recorded_at, school.zone)} · {what} {line.author}"
    if line.read_at:
        told += f" · you read it {moments.short(line.read_at, school.zone)}"
    blocks = [
        words.Line(line.title, strong=new, badges=marks(line, school)),
        words.Line(f"{line.pupil_name}, {line.class_name}"),
        words.Line(told, note=True),
        *(words.Line(each, note=True) for each in delays(line)),
    ]
    return words.Card([words.Way(str(line.number), f"Open #{line.number}", first)], blocks)


def delays(line: Waiting) -> list[str]:
    """For whose delay it was escalated to me."""
    unread = [f"Not read in time by {line.unread_by}"] * bool(line.unread_by)
    return unread + [f"Not done in time by {line.not_done_by}"] * bool(line.not_done_by)


def marks(line: Waiting, school: School) -> list[words.Badge]:
    """Why a line cannot wait, or that it has waited."""
    if line.read_at is not None:
        return []
    if line.urgent:
        return [urgency.mark(school, line.recorded_at)]
    if delays(line):
        return [words.Badge("Escalated to you", "orange", "hourglass")]
    if clock.now() - line.recorded_at > timedelta(days=1):
        return [words.Badge(f"Waiting since {line.recorded_at:%A}", "orange", "hourglass")]
    return []
