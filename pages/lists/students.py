"""Student list: the children of the school, and whose parents work here."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from core import clock, people, pupils
from core.errors import Refused
from core.pupils import Details
from pages.parts import menu, pickers, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Student list", anchor=False)
    everyone = pupils.everyone(here.store, by=here.me)
    if not everyone:
        words.line("There are no students yet. Add one here, or take a list over by Import lists.")
    else:
        rows = [
            {"Name": p.name, "Known as": p.known_as, "Class": p.class_name, "Born": p.born_on}
            for p in everyone
        ]
        words.line(f"{len(everyone)} students on roll.")
        born = st.column_config.DateColumn(format="D MMMM YYYY")
        shown = pd.DataFrame(rows)
        st.dataframe(shown, hide_index=True, width=900, column_config={"Born": born})
    chosen = pickers.student("Change the details of", everyone, chosen="", key="change_student")
    before = next((pupil for pupil in everyone if pupil.id == chosen), None)
    if before and st.button("Who may collect"):
        menu.go_to("collection", pupil=before.id)
    st.header("Change details" if before else "Add a student", anchor=False)
    details(here, before)
    if before:
        relatives(here, before)


def details(here: Here, before: pupils.Pupil | None) -> None:
    """One child's details. What was known before stays readable in the record."""
    with st.form(f"student_{before.id if before else 'new'}", width=700):
        name = st.text_input("Name", before.name if before else "")
        known_as = st.text_input("Known as, if different", before.known_as if before else "")
        born = st.date_input(
            "Date of birth",
            before.born_on if before else None,
            min_value=date(1990, 1, 1),
            max_value=clock.now().date(),
            format="DD/MM/YYYY",
        )
        class_name = st.text_input("Class", before.class_name if before else "")
        upn = st.text_input("Unique pupil number, if known", before.upn if before else "")
        household = st.text_input("Household", before.household if before else "")
        left = st.date_input("Left on, if they have left", None, format="DD/MM/YYYY")
        if not st.form_submit_button("Record these details", type="primary"):
            return
    if born is None:
        words.badge("Please give the date of birth.", "red", "alert")
        return
    wanted = Details(
        name=name,
        known_as=known_as,
        born_on=born,
        class_name=class_name,
        upn=upn,
        household=household,
        left_on=left,
    )
    try:
        if before:
            pupils.amend(here.store, {before.id: wanted}, by=here.me)
        else:
            pupils.add(here.store, [wanted], by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    st.rerun()


def relatives(here: Here, pupil: pupils.Pupil) -> None:
    """Members of staff who are parents or relatives; they do not see what concerns this child."""
    st.header("Parents and relatives among the staff", anchor=False)
    words.line("They are not alerted about this student, and see nothing about them.", note=True)
    everyone = [p for p in people.everyone(here.store, by=here.me) if p.active]
    marked = people.relatives(here.store, pupil.id, by=here.me)
    chosen = pickers.staff("Relatives", everyone, chosen=marked, key=f"relatives_{pupil.id}")
    if set(chosen) == set(marked) or not st.button("Record relatives"):
        return
    try:
        for person in set(chosen) - set(marked):
            people.mark_relative(here.store, person, pupil.id, by=here.me)
        for person in set(marked) - set(chosen):
            people.mark_relative(here.store, person, pupil.id, ended=True, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    st.rerun()


page()
