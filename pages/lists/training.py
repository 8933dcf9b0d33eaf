"""Training: who completed what safeguarding training until when, and who is due."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import moments, people, settings, training
from core.errors import Refused
from core.forms import Incomplete
from core.training import Form, Training
from pages.parts import concern, pickers, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Training", anchor=False)
    if said := session.recall("said"):
        words.badge(said, "green", "check")
        session.forget("said")
    due(here)
    add(here)
    done(here)


def due(here: Here) -> None:
    """Who has to be trained now or soon."""
    st.header("Due", anchor=False)
    waiting = training.due(here.store, by=here.me)
    if not waiting:
        words.line("Everybody’s training is up to date.")
        return
    rows = [
        {
            "Name": each.name,
            "Post": each.post,
            "Training": training.KINDS[each.kind],
            "Valid until": moments.day(each.until) if each.until else "Not recorded",
            "Now": "Due" if each.is_over else "Runs out soon",
        }
        for each in waiting
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width=1000)


def add(here: Here) -> None:
    """Somebody has completed training. The form's id stays with it until it is recorded."""
    st.header("Record training", anchor=False)
    today = moments.today(settings.school(here.store).zone)
    form = session.recall("training_form") or Form()
    session.remember("training_form", form)
    staff = [person for person in people.everyone(here.store, by=here.me) if person.active]
    with st.form("training", width=concern.WIDTH):
        form.person = pickers.one_of_staff("Who?", staff, chosen="", key=f"who_{form.id}")
        problem("person")
        form.kind = st.selectbox("What training?", list(training.KINDS), key=f"kind_{form.id}",
                                 format_func=lambda key: training.KINDS[key])  # fmt: skip
        problem("kind")
        with st.container(horizontal=True):
            form.completed_on = st.date_input("Completed on", None, max_value=today, width=180,
                                              format="DD/MM/YYYY", key=f"on_{form.id}")  # fmt: skip
            form.valid_until = st.date_input("Valid until", None, format="DD/MM/YYYY",
                                             key=f"until_{form.id}", width=180)  # fmt: skip
        problem("completed_on")
        problem("valid_until")
        if st.form_submit_button("Record training", type="primary"):
            record(here, form)


def record(here: Here, form: Form) -> None:
    """Writes it down, or says what is missing."""
    session.forget("training_wrong")
    try:
        training.record(here.store, form, by=here.me)
    except Incomplete as incomplete:
        session.remember("training_wrong", incomplete.problems)
    else:
        session.remember("said", "Recorded")
        session.forget("training_form")
    st.rerun()


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("training_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


def done(here: Here) -> None:
    """All training, and the way to take back what was entered by mistake."""
    st.header("Recorded", anchor=False)
    had = training.done(here.store, by=here.me)
    if not had:
        words.line("Nothing yet.")
        return
    rows = [
        {
            "Name": each.name,
            "Training": training.KINDS[each.kind],
            "Completed on": moments.day(each.completed_on),
            "Valid until": moments.day(each.valid_until),
        }
        for each in had
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width=1000)
    names = {each.id: said(each) for each in had}
    chosen = st.selectbox("Entered by mistake", list(names), index=None, key="training_mistake",
                          format_func=lambda key: names[key], width=700,
                          placeholder="Choose what did not happen")  # fmt: skip
    if chosen and st.button("Take this back"):
        take_back(here, chosen)


def said(each: Training) -> str:
    """One line of it."""
    return f"{each.name}, {training.KINDS[each.kind]}, {moments.day(each.completed_on)}"


def take_back(here: Here, chosen: str) -> None:
    """Records that it was a mistake; what was recorded stays."""
    try:
        training.take_back(here.store, chosen, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.remember("said", "Recorded: it no longer counts")
    st.rerun()


page()
