"""My actions: what others have asked me to do about an incident."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st

from core import moments, requests, settings
from core.requests import Request
from pages.parts import menu, session, words

DONE = "done "


def page() -> None:
    here = session.here()
    st.title("My actions", anchor=False)
    asked = requests.asked(here.store, by=here.me)
    if not asked:
        words.line("Nobody is waiting for you. What you are asked to do appears here.")
        return
    zone = settings.school(here.store).zone
    taken = words.cards([card(each, zone) for each in asked], key="asked") or ""
    if taken.isdecimal():
        menu.go_to("incident", number=taken)
    for each in asked:
        if taken == f"{DONE}{each.id}":
            menu.go_to("add-action", number=str(each.number), done=each.id)


def card(request: Request, zone: ZoneInfo) -> words.Card:
    """One request, with the way to its incident, and to saying what was done."""
    asked = f"{moments.short(request.recorded_at, zone)} · asked by {request.author}"
    ways = [
        words.Way(f"{DONE}{request.id}", "It is done", first=True),
        words.Way(str(request.number), f"Open #{request.number}"),
    ]
    return words.Card(ways, [
        words.Line(f"#{request.number}", strong=True, badges=due(request, moments.today(zone))),
        words.Line(f"{request.pupil_name}, {request.class_name}"),
        words.Account(request.account),
        words.Line(asked, note=True),
    ])  # fmt: skip


def due(request: Request, today: date) -> list[words.Badge]:
    """By when, and whether that has passed."""
    if request.due_on is None:
        return []
    late = request.due_on < today
    said = f"{'Overdue since' if late else 'Due'} {moments.day(request.due_on)}"
    return [words.Badge(said, "red" if late else "orange", "clock")]


page()
