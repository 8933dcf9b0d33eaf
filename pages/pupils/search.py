"""Search: whose name it is, and where something was written, with the words around it."""

from __future__ import annotations

import streamlit as st

from core import moments, search, settings
from core.errors import Refused
from core.search import Place, Student
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
    if not found.students and not found.places:
        words.line("Nothing was found. Try fewer letters, or another spelling.")
        return
    school = settings.school(here.store)
    if found.students:
        st.header("Students", anchor=False)
        if pupil := words.cards([student(each) for each in found.students], key="students"):
            menu.go_to("chronology", pupil=pupil)
    if found.places:
        st.header("What was written", anchor=False)
        count = len(found.places)
        most = f", the newest {search.MOST}" if count == search.MOST else ""
        words.line(f"{count} {'place' if count == 1 else 'places'}{most}.", note=True)
        if number := words.cards([place(each, school) for each in found.places], key="found"):
            menu.go_to("incident", number=number)


def student(each: Student) -> words.Card:
    """A child whose name it is, with the way to their chronology."""
    known_as = f" ({each.known_as})" if each.known_as else ""
    many = f"{each.incidents} {'incident' if each.incidents == 1 else 'incidents'}"
    left = f"Left on {moments.day(each.left_on)} · " if each.left_on else ""
    blocks: list[words.Block] = [
        words.Line(f"{each.name}{known_as}, {each.class_name}", strong=True),
        words.Line(f"{left}{many if each.incidents else 'No incident'}", note=True),
    ]
    return words.Card([words.Way(each.id, "Open chronology")], blocks)


def place(each: Place, school: School) -> words.Card:
    """One place at which it was found."""
    when = moments.short(each.occurred_at, school.zone)
    blocks: list[words.Block] = [
        words.Line(f"{each.pupil_name}, {each.class_name}", strong=True),
        words.Account(each.around),
        words.Line(f"{each.where} · #{each.number} · {when}", note=True),
    ]
    return words.Card([words.Way(str(each.number), f"Open #{each.number}")], blocks)


page()
