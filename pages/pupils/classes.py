"""Classes: the children of a class, to start an incident from."""

from __future__ import annotations

import streamlit as st

from core import moments, pupils
from pages.parts import menu, session, words


def page() -> None:
    here = session.here()
    st.title("Classes", anchor=False)
    classes = pupils.classes(here.store, by=here.me)
    if not classes:
        words.line("There are no students yet. The office or a lead can import them.")
        return
    own = here.me.class_name if here.me.class_name in classes else classes[0]
    chosen = st.selectbox("Class", classes, index=classes.index(own), width=360)
    for pupil in pupils.in_class(here.store, chosen, by=here.me):
        with st.container(border=True, horizontal=True, vertical_alignment="center", width=760):
            known_as = f" ({pupil.known_as})" if pupil.known_as else ""
            born = words.Line(f"born {moments.day(pupil.born_on)}", note=True)
            words.lines(words.Line(pupil.name + known_as, strong=True), born)
            if st.button("Add Incident", key=f"add_{pupil.id}"):
                session.forget("form", "added")
                menu.go_to("add-incident", pupil=pupil.id)


page()
