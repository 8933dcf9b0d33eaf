"""Recording that somebody has completed safeguarding training."""

from __future__ import annotations

import streamlit as st

from core import moments, people, settings, training
from core.forms import Incomplete
from core.training import Form
from pages.parts import concern, pickers, session, words
from pages.parts.session import Here


def add(here: Here) -> None:
    """Somebody has completed training. The form's id stays with it until it is recorded."""
    st.header("Record training", anchor=False)
    today = moments.today(settings.school(here.store).zone)
    form = session.recall("training_form") or Form()
    session.remember("training_form", form)
    staff = [person for person in people.everyone(here.store, by=here.me) if person.active]
    with st.form("training", width=concern.WIDTH):
        form.person = pickers.one_of_staff("Who?", staff, chosen="", key=f"who_{form.id}")
        _problem("person")
        form.kind = st.selectbox("What training?", list(training.KINDS), key=f"kind_{form.id}",
                                 format_func=lambda key: training.KINDS[key])  # fmt: skip
        _problem("kind")
        with st.container(horizontal=True):
            form.completed_on = st.date_input("Completed on", None, max_value=today, width=180,
                                              format="DD/MM/YYYY", key=f"on_{form.id}")  # fmt: skip
            form.valid_until = st.date_input("Valid until", None, format="DD/MM/YYYY",
                                             key=f"until_{form.id}", width=180)  # fmt: skip
        _problem("completed_on")
        _problem("valid_until")
        if st.form_submit_button("Record training", type="primary"):
            _record(here, form)


def _record(here: Here, form: Form) -> None:
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


def _problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("training_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")
