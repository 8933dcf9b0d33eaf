"""Search: where something was written, with the words around it."""

from __future__ import annotations

import streamlit as st

from core import moments, search, settings
from core.errors import Refused
from core.search import Found
from core.settings import School
from pages.parts import menu, session, words


def page() -> None:
    here = session.here()
    st.title("Search", anchor=False)
    with st.container(width=700):
        query = st.text_input("Look for", key="query", placeholder="A name, a word, a place")
    words.line("Capitals, accents, apostrophes and hyphens make no difference. Searching is "
               "recorded.", note=True)  # fmt: skip
    if not query.strip():
        return
    try:
        found = search.found(here.store, query, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    if not found:
        words.line("Nothing was found. Try fewer letters, or another spelling.")
        return
    most = f", the newest {search.MOST}" if len(found) == search.MOST else ""
    words.line(f"{len(found)} places{most}.", note=True)
    school = settings.school(here.store)
    if number := words.cards([card(each, school) for each in found], key="found"):
        menu.go_to("incident", number=number)


def card(each: Found, school: School) -> words.Card:
    """One place at which it was found."""
    when = moments.short(each.occurred_at, school.zone)
    blocks: list[words.Block] = [
        words.Line(f"{each.pupil_name}, {each.class_name}", strong=True),
        words.Account(each.around),
        words.Line(f"{each.where} · #{each.number} · {when}", note=True),
    ]
    return words.Card([words.Way(str(each.number), f"Open #{each.number}")], blocks)


page()
