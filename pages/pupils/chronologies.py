"""Students: find a child and open their chronology."""

from __future__ import annotations

import streamlit as st

from core import pupils
from pages.parts import menu, pickers, session, words


def page() -> None:
    here = session.here()
    st.title("Students", anchor=False)
    everyone = pupils.everyone(here.store, by=here.me)
    if not everyone:
        words.line("There are no students yet. Import lists takes them from a file.")
        return
    with st.container(width=700):
        chosen = pickers.student("Find by any part of a name", everyone, chosen="", key="student")
    with st.container(horizontal=True):
        if st.button("Open chronology", type="primary", disabled=not chosen):
            menu.go_to("chronology", pupil=chosen)
        if st.button("Add Incident", disabled=not chosen):
            session.forget("form", "added")
            menu.go_to("add-incident", pupil=chosen)
        if st.button("Who may collect", disabled=not chosen):
            menu.go_to("collection", pupil=chosen)
    words.line("Opening a chronology is recorded.", note=True)


page()
