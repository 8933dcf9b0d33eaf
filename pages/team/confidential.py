"""Confidential report: a numbered copy of exact numbers, for one governor, made by the head."""

from __future__ import annotations

import streamlit as st

from core import releases
from core.permissions import Verb
from core.reports import confidential
from core.reports.confidential import Form
from pages.parts import concern, exported, exporting, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Confidential report", anchor=False)
    words.badge("Exact numbers: a child may be recognised", "red", "alert")
    words.line("For the safeguarding governor alone, on paper. Each copy is numbered and names "
               "whoever receives it on every page. It is never shown in the app.")  # fmt: skip
    words.line(confidential.LEFT_OUT, note=True)
    if waits := releases.waits(here.store, by=here.me):
        words.line(waits)
    ask(here)
    exported.lines(here, confidential.made(here.store, by=here.me))


def ask(here: Here) -> None:
    """Of which period, for whom and why; and the way to the file."""
    offered = confidential.offered(here.store, by=here.me)
    with st.form("export", width=concern.WIDTH):
        form = Form()
        form.period = st.selectbox("Period", list(offered), index=None,
                                   placeholder="A term or a year that is over",
                                   format_func=lambda key: offered[key].name,
                                   key="report_period", width=360) or ""  # fmt: skip
        exporting.problem("period")
        exporting.whom(form, "The governor’s name and the reason are recorded, and stand on every "
                             "page of this copy.")  # fmt: skip
        code = exporting.again()
        sent = st.form_submit_button("Make this copy", type="primary")
        exporting.problem("export")
    if sent:
        exporting.make(here, lambda stage: confidential.make(here.store, form, code, by=here.me,
                                                             stage=stage),
                       Verb.EXPORT_CONFIDENTIAL)  # fmt: skip
    elif waiting := session.recall("export_ready"):
        exported.ready(*waiting)


page()
