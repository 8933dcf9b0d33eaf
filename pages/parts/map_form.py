"""What is asked of a whole body map: who saw it, when, and whether a doctor was asked."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core import map_forms, moments, settings
from core.map_forms import Form
from pages.parts import words
from pages.parts.session import Here


def draw(here: Here, form: Form, wrong: Mapping[str, str], key: str, *, is_further: bool) -> None:
    """What belongs to the whole map."""
    zone = settings.school(here.store).zone

    def text(name: str, label: str, placeholder: str = "") -> str:
        given: str = st.text_input(
            label,
            getattr(form, name),
            placeholder=placeholder,
            key=f"draft_{key}__{map_forms.field_name(name)}",
        )
        problem(wrong, name)
        return given

    if is_further:
        form.changed = text("changed", "What has changed since the last body map?")
    form.seen_by = text("seen_by", "Who saw it?")
    form.present = text("present", "Who else was there?", "Nobody, or their names")
    before = form.seen_at.astimezone(zone) if form.seen_at else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("Seen on", before and before.date(), format="DD/MM/YYYY",
                            key=f"day_{form.id}", width=180)  # fmt: skip
        time = st.time_input("at", before and before.time(), step=300, key=f"time_{form.id}",
                             width=140)  # fmt: skip
        form.about_time = st.checkbox("About then", form.about_time, key=f"about_{form.id}")
    form.seen_at = moments.at(day, time, zone) if day and time else None
    problem(wrong, "seen_at")
    sought = {True: "Yes", False: "No", None: None}[form.advice_sought]
    answer = st.segmented_control(
        "Was medical advice sought?", ["Yes", "No"], default=sought, key=f"sought_{form.id}"
    )
    form.advice_sought = None if answer is None else answer == "Yes"
    problem(wrong, "advice_sought")
    if answer is not None:
        asked = "From whom, and what did they say?" if answer == "Yes" else "Why was it not sought?"
        form.advice = text("advice", asked)


def problem(wrong: Mapping[str, str], name: str) -> None:
    """What is wrong with a field, beneath it."""
    if name in wrong:
        words.badge(wrong[name], "red", "alert")
