"""A concern that was begun: offered again until it is sent or thrown away."""

from __future__ import annotations

import streamlit as st

from core import drafts, forms
from core.forms import Form
from core.store import new_id
from pages.parts import concern, session, words
from pages.parts.session import Here

# What this tab remembers of the form that is filled in.
PAGE = ("form", "wrong", "confirmed", "rows", "reviewing", "kept")


def offer(here: Here) -> None:
    """Offers what was left unsent, or opens a new form."""
    drafts_ = [forms.from_draft(d.form, d.fields) for d in drafts.of(here.store, by=here.me)]
    begun = [form for form in drafts_ if forms.is_begun(form)]
    if not begun or session.asked_for("pupil"):
        start(Form(pupil=session.asked_for("pupil")))
    st.title("Add Incident", anchor=False)
    words.line("You have an incident that was not sent.")
    for form in begun:
        with st.container(border=True, width=concern.WIDTH):
            words.account(form.account[:300] or "No words yet.")
            with st.container(horizontal=True):
                if st.button("Go on with it", type="primary", key=f"go_{form.id}"):
                    start(form)
                if st.button("Throw it away", key=f"wipe_{form.id}"):
                    drafts.wipe(here.store, form.id, by=here.me)
                    st.rerun()
    if st.button("Start a new one"):
        start(Form())


def start(form: Form) -> None:
    """Opens a form in this tab."""
    session.forget(*PAGE, "added")
    session.remember("form", form)
    session.remember("rows", [new_id() for _ in form.linked])
    st.query_params.clear()
    st.rerun()
