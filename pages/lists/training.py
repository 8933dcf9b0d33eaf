"""Training: who completed what safeguarding training until when, and who is due."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import moments, training
from core.errors import Refused
from core.training import Training
from pages.parts import session, trained, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Training", anchor=False)
    if said := session.recall("said"):
        words.badge(said, "green", "check")
        session.forget("said")
    due(here)
    trained.add(here)
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
