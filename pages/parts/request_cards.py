"""What somebody was asked to do, as a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from core import moments
from core.requests import Request
from pages.parts import words


def card(request: Request, zone: ZoneInfo, ways: Sequence[words.Way] = ()) -> words.Card:
    """One request, with the way to its incident after the `ways` of the page."""
    asked = f"{moments.short(request.recorded_at, zone)} · asked by {request.author}"
    return words.Card([*ways, words.Way(str(request.number), f"Open #{request.number}")], [
        words.Line(f"#{request.number}", strong=True, badges=_due(request, moments.today(zone))),
        words.Line(f"{request.pupil_name}, {request.class_name}"),
        words.Account(request.account),
        words.Line(asked, note=True),
    ])  # fmt: skip


def _due(request: Request, today: date) -> list[words.Badge]:
    """By when, and whether that has passed."""
    if request.due_on is None:
        return []
    late = request.due_on < today
    said = f"{'Overdue since' if late else 'Due'} {moments.day(request.due_on)}"
    return [words.Badge(said, "red" if late else "orange", "clock")]
