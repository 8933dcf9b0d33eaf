"""My actions: what others have asked me to do about an incident."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core import moments, requests, settings
from core.requests import Request
from pages.parts import menu, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("My actions", anchor=False)
    asked = requests.asked(here.store, by=here.me)
    if not asked:
        words.line("Nobody is waiting for you. What you are asked to do appears here.")
    for request in asked:
        card(here, request)


def card(here: Here, request: Request) -> None:
    """One request, with the way to its incident and to having it done."""
    zone = settings.school(here.store).zone
    asked = f"{moments.short(request.recorded_at, zone)} · asked by {request.author}"
    with st.container(border=True):
        words.block(
            [
                words.Line(
                    f"#{request.number}", strong=True, badges=due(request, moments.today(zone))
                ),
                words.Line(f"{request.pupil_name}, {request.class_name}"),
                words.Account(request.account),
                words.Line(asked, note=True),
            ]
        )
        with st.container(horizontal=True):
            if st.button("It is done", type="primary", key=f"done_{request.id}"):
                requests.done(here.store, request.id, by=here.me)
                st.rerun()
            if st.button(f"Open #{request.number}", key=f"open_{request.id}"):
                menu.go_to("incident", number=str(request.number))


def due(request: Request, today: date) -> list[words.Badge]:
    """By when, and whether that has passed."""
    if request.due_on is None:
        return []
    late = request.due_on < today
    said = f"{'Overdue since' if late else 'Due'} {moments.day(request.due_on)}"
    return [words.Badge(said, "red" if late else "orange", "clock")]


page()
