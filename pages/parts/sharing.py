"""Whether a report was shared with the parents and the child before the conference."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.reports.conference_form import Form
from pages.parts import stated, words

ANSWERS = {True: "Yes", False: "No"}


def draw(form: Form) -> None:
    """Yes with the day, or no with the reason; for both."""
    st.header("Sharing the report", anchor=False)
    words.line("Parents should read it before the conference, unless that puts the child at risk.",
               note=True)  # fmt: skip
    form.shared_with_parents, form.parents_on, form.parents_why_not = asked(
        form, "parents", "Was it shared with the parents?",
        form.shared_with_parents, form.parents_on, form.parents_why_not,
    )  # fmt: skip
    form.shared_with_child, form.child_on, form.child_why_not = asked(
        form, "child", "Was it shared with the child?",
        form.shared_with_child, form.child_on, form.child_why_not,
    )  # fmt: skip


def asked(
    form: Form, whom: str, label: str, shared: bool | None, when: date | None, why_not: str
) -> tuple[bool | None, date | None, str]:
    """One of both."""
    shared = st.segmented_control(label, list(ANSWERS), default=shared,
                                  format_func=lambda yes: ANSWERS[yes],
                                  key=f"shared_{whom}_{form.id}")  # fmt: skip
    stated.problem(f"shared_with_{whom}")
    if shared:
        when = st.date_input("Shared on", when, format="DD/MM/YYYY", width=180,
                             key=f"on_{whom}_{form.id}")  # fmt: skip
        stated.problem(f"{whom}_on")
    elif shared is False:
        why_not = st.text_input("Why not?", why_not, key=f"why_{whom}_{form.id}")
        stated.problem(f"{whom}_why_not")
    return shared, when, why_not
