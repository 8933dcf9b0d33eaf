"""Export: a child's chronology as a file, for somebody and for a reason that are written down."""

from __future__ import annotations

import streamlit as st

from core import categories, chronology
from core.chronology import Chronology
from core.errors import Refused
from core.reports import exports
from core.reports.chronology import Form
from pages.parts import concern, exported, exporting, menu, session, words


def page() -> None:
    here = session.here()
    st.title("Export", anchor=False)
    try:
        whole = chronology.of(here.store, session.asked_for("pupil"), by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    pupil = whole.pupil
    words.line(f"The chronology of {pupil.name}, {pupil.class_name}")
    if st.button("Back to the chronology", icon=":material/arrow_back:"):
        menu.go_to("chronology", pupil=pupil.id)
    with st.form("export", width=concern.WIDTH):
        form = what(whole)
        exporting.whom(form)
        code = exporting.again()
        sent = st.form_submit_button("Make the file", type="primary")
        exporting.problem("export")
    if sent:
        exporting.make(here, lambda stage: exports.make(here.store, form, code, by=here.me,
                                                        stage=stage))  # fmt: skip
    elif waiting := session.recall("export_ready"):
        exported.ready(*waiting)


def what(whole: Chronology) -> Form:
    """What of the record goes into the file."""
    st.header("What goes into it", anchor=False)
    form = Form(pupil=whole.pupil.id, media_type=exporting.kind())
    form.significant = st.checkbox("Significant events only", key="export_significant")
    with st.container(horizontal=True):
        form.since = st.date_input("From", None, format="DD/MM/YYYY", key="export_since",
                                   width=180)  # fmt: skip
        form.until = st.date_input("To", None, format="DD/MM/YYYY", key="export_until", width=180)
    exporting.problem("until")
    names = {key: categories.names([key]) for key in whole.categories}
    kinds = st.pills("Categories (none means all)", list(names), selection_mode="multi",
                     format_func=lambda key: names[key], key="export_categories",
                     wrap=True)  # fmt: skip
    form.categories = tuple(kinds)
    form.actions = st.checkbox("With actions", True, key="export_actions")
    form.alerts = st.checkbox("With who was alerted and read it", key="export_alerts")
    form.body_maps = st.checkbox("With body maps", True, key="export_body_maps")
    return form


page()
