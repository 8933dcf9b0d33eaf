"""Chronology: a child's record in the order in which things happened."""

from __future__ import annotations

import streamlit as st

from core import categories, chronology, settings
from core.chronology import Chronology, Wanted
from core.errors import Refused
from pages.parts import child, entries, exported, menu, session, timeline, words


def page() -> None:
    here = session.here()
    pupil = session.asked_for("pupil")
    try:
        whole = chronology.of(here.store, pupil, by=here.me)
    except Refused as refusal:
        st.title("Chronology", anchor=False)
        words.line(str(refusal))
        return
    zone = settings.school(here.store).zone
    child.head(whole)
    with st.container(horizontal=True):
        if st.button("Add Incident"):
            session.forget("form", "added")
            menu.go_to("add-incident", pupil=whole.pupil.id)
        if st.button("Export", icon=":material/download:"):
            menu.go_to("export", pupil=whole.pupil.id)
        if st.button("Conference report", icon=":material/article:"):
            menu.go_to("conference", pupil=whole.pupil.id)
    child.keep(here, whole)
    exported.listed(here, whole.pupil.id)
    st.header("Chronology", anchor=False)
    if not whole.entries:
        words.line("Nothing has been recorded about this student.")
        return
    words.line("Larger is more serious, a red diamond is urgent. Grey is holidays.", note=True)
    timeline.draw(whole.entries, zone, key=f"timeline_{pupil}")
    found = chronology.of(here.store, pupil, wanted(whole), by=here.me)
    words.line(
        f"{len(found.entries)} of {len(whole.entries)} entries, the newest first.", note=True
    )
    if not found.entries:
        words.line("Nothing in this record is of that kind: choose fewer things above.")
    if number := entries.draw(found.entries, zone, pupil=found.pupil.id):
        menu.go_to("incident", number=number)


def wanted(whole: Chronology) -> Wanted:
    """What of the record is to be shown."""
    names = {key: categories.names([key]) for key in whole.categories}
    kinds = st.pills("Kinds of concern", list(names), selection_mode="multi", key="kinds",
                     format_func=lambda key: names[key], wrap=True)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input("From", None, format="DD/MM/YYYY", key="since", width=180)
        until = st.date_input("To", None, format="DD/MM/YYYY", key="until", width=180)
        author = st.selectbox("Written by", list(whole.authors), index=None, key="author",
                              format_func=lambda id_: whole.authors[id_], width=260,
                              placeholder="Anybody")  # fmt: skip
    with st.container(horizontal=True):
        significant = st.toggle("Significant only", key="significant")
        household = st.toggle("With the household", key="household",
                              disabled=not whole.household)  # fmt: skip
        errors = st.toggle("With what was entered in error", key="errors")
    return Wanted(
        categories=tuple(kinds), since=since, until=until, author=author or "",
        significant=significant, household=household, errors=errors,
    )  # fmt: skip


page()
