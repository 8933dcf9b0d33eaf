"""Ofsted: what an inspector asks for by eight in the morning, as PDF or CSV."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core import moments, school_days, settings
from core.reports import ofsted
from core.reports.ofsted import Form
from pages.parts import concern, exported, exporting, session, words


def page() -> None:
    here = session.here()
    st.title("Ofsted", anchor=False)
    words.line("Concerns, referrals, plans, use of force, what is overdue, and who has read what.")
    words.line(ofsted.LEFT_OUT, note=True)
    today = moments.today(settings.school(here.store).zone)
    with st.form("export", width=concern.WIDTH):
        form = what(today)
        exporting.whom(form)
        code = exporting.again()
        sent = st.form_submit_button("Make the file", type="primary")
        exporting.problem("export")
    if sent:
        exporting.make(here, lambda stage: ofsted.make(here.store, form, code, by=here.me,
                                                       stage=stage))  # fmt: skip
    elif waiting := session.recall("export_ready"):
        exported.ready(*waiting)
    exported.lines(here, ofsted.made(here.store, by=here.me))


def what(today: date) -> Form:
    """The period, and how students are shown."""
    st.header("What goes into it", anchor=False)
    form = Form(media_type=exporting.kind())
    with st.container(horizontal=True):
        form.since = st.date_input("From", school_days.year_of(today), format="DD/MM/YYYY",
                                   key="export_since", width=180)  # fmt: skip
        form.until = st.date_input("To", today, format="DD/MM/YYYY", key="export_until", width=180)
    exporting.problem("since")
    exporting.problem("until")
    form.names = st.checkbox("With the students’ names, not their initials", key="export_names")
    words.line(ofsted.AS_WRITTEN, note=True)
    return form


page()
