"""Body maps: all marks that were ever seen on a child, together and in order of time."""

from __future__ import annotations

import streamlit as st

from core import body_history, moments
from core.body_history import History
from core.errors import Refused
from pages.parts import drawn, menu, session, words


def page() -> None:
    here = session.here()
    pupil = session.asked_for("pupil")
    try:
        whole = body_history.of(here.store, pupil, by=here.me)
    except Refused as refusal:
        st.title("Body maps", anchor=False)
        words.line(str(refusal))
        return
    words.heading(whole.pupil.name, note=f"Body maps · {whole.pupil.class_name}", level=1)
    if st.button("Open chronology"):
        menu.go_to("chronology", pupil=whole.pupil.id)
    if not whole.sightings:
        words.line("No mark has been set on a body map of this student.")
        return
    seen = until(whole)
    drawn.together(seen)
    st.header("What was seen", anchor=False)
    if number := drawn.listed(reversed(seen.sightings), key=f"seen_{pupil}"):
        menu.go_to("incident", number=number)


def until(whole: History) -> History:
    """As much as had been seen by the day that the slider is at; everything at first."""
    days = whole.days
    if len(days) == 1:
        words.line(f"All of this was seen on {moments.day(days[0])}.", note=True)
        return whole
    with st.container(width=700):
        day = st.select_slider("Seen until", days, days[-1], format_func=moments.day,
                               key=f"until_{whole.pupil.id}")  # fmt: skip
    shown = whole.until(day)
    words.line(f"{len(shown.sightings)} of {len(whole.sightings)} marks.", note=True)
    return shown


page()
