"""Governors' report: a release on paper or as a table, that may be published."""

from __future__ import annotations

import streamlit as st

from core import releases
from core.permissions import Verb
from core.reports import trends
from core.reports.trends import Form
from pages.parts import concern, exported, exporting, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Governors’ report", anchor=False)
    words.line("What governors see of a period, in words and charts. It may be published: it holds "
               "released numbers alone, and no exact one.")  # fmt: skip
    periods = {each.fingerprint: each.name for each in releases.made(here.store, by=here.me)}
    if not periods:
        words.line("Nothing has been released yet: make a release first.")
        return
    ask(here, periods)
    exported.lines(here, trends.made(here.store, by=here.me))


def ask(here: Here, periods: dict[str, str]) -> None:
    """Of which release, as what, for whom; and the way to the file."""
    with st.form("export", width=concern.WIDTH):
        form = Form(media_type="")
        form.release = st.selectbox("Period", list(periods), format_func=lambda key: periods[key],
                                    key="report_release", width=360)  # fmt: skip
        exporting.problem("release")
        form.media_type = exporting.kind()
        exporting.whom(form, "Both are recorded, and stand on no page: what is published holds "
                             "nothing that anybody typed here.")  # fmt: skip
        code = exporting.again()
        sent = st.form_submit_button("Make the file", type="primary")
        exporting.problem("export")
    if sent:
        exporting.make(here, lambda stage: trends.make(here.store, form, code, by=here.me,
                                                       stage=stage),
                       Verb.MAKE_RELEASE)  # fmt: skip
    elif waiting := session.recall("export_ready"):
        exported.ready(*waiting, blank=True)


page()
