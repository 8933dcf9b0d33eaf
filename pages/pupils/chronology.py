"""Chronology: a child's record in the order in which things happened."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from core import categories, chronology, leaves, settings
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
        if any(e.body_maps for e in whole.entries) and st.button("Body maps together"):
            menu.go_to("body-maps", pupil=whole.pupil.id)
        if st.button("Who may collect"):
            menu.go_to("collection", pupil=whole.pupil.id)
        if st.button("Conference report", icon=":material/article:"):
            menu.go_to("conference", pupil=whole.pupil.id)
        if st.button("Subject access", icon=":material/ink_eraser:"):
            menu.go_to("subject-access", pupil=whole.pupil.id)
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
    listed(found, zone)


def listed(found: Chronology, zone: ZoneInfo) -> None:
    """The list, a leaf at first and more when asked; from a year, if one is chosen."""
    years, year = leaves.years(found.entries, zone), None
    if years:
        year = st.selectbox("Go to a year", years, index=None, key="year", width=260,
                            placeholder="The newest")  # fmt: skip
    so_far = session.recall("leaves", 1)
    shown = leaves.shown(found.entries, so_far, year, zone)
    if shown.newer:
        words.line(f"{shown.newer} newer entries are not shown.", note=True)
    if number := entries.draw(shown.entries, zone, pupil=found.pupil.id):
        menu.go_to("incident", number=number)
    if shown.older:
        words.line(f"{shown.older} older entries.", note=True)
        if st.button("Show 50 more"):
            session.remember("leaves", so_far + 1)
            st.rerun()


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
