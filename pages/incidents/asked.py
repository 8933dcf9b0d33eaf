"""My actions: what others have asked me to do about an incident."""

from __future__ import annotations

import streamlit as st

from core import requests, settings
from core.requests import Request
from pages.parts import menu, request_cards, session, words

DONE = "done "


def page() -> None:
    here = session.here()
    st.title("My actions", anchor=False)
    asked = requests.asked(here.store, by=here.me)
    if not asked:
        words.line("Nobody is waiting for you. What you are asked to do appears here.")
        return
    zone = settings.school(here.store).zone
    cards = [request_cards.card(each, zone, _done(each)) for each in asked]
    taken = words.cards(cards, key="asked") or ""
    if taken.isdecimal():
        menu.go_to("incident", number=taken)
    for each in asked:
        if taken == f"{DONE}{each.id}":
            menu.go_to("add-action", number=str(each.number), done=each.id)


def _done(request: Request) -> list[words.Way]:
    return [words.Way(f"{DONE}{request.id}", "It is done", first=True)]


page()
