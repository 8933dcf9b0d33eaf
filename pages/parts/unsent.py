"""A concern that was begun: offered again until it is sent or thrown away."""

from __future__ import annotations

import streamlit as st

from core import drafts, forms, moments, pupils, settings
from core.errors import Refused
from core.forms import Form
from core.store import new_id
from pages.parts import body_map, concern, session, words
from pages.parts.session import Here

# What this tab remembers of the form that is filled in.
PAGE = ("form", "wrong", "confirmed", "rows", "reviewing", "kept")


def offer(here: Here) -> None:
    """Offers what was left unsent, or opens a new form."""
    kept = [d for d in drafts.of(here.store, by=here.me) if "action" not in d.fields]
    kept = [d for d in kept if forms.is_begun(forms.from_draft(d.form, d.fields))]
    begun = [forms.from_draft(draft.form, draft.fields) for draft in kept]
    if not begun or session.asked_for("pupil"):
        start(Form(pupil=session.asked_for("pupil")))
    st.title("Add Incident", anchor=False)
    words.line("You have an incident that was not sent.")
    for draft, form in zip(kept, begun, strict=True):
        with st.container(border=True, width=concern.WIDTH):
            words.block([words.Line(_about(here, form), strong=True), words.Line(
                f"Last changed {moments.short(draft.kept_at, settings.school(here.store).zone)}",
                note=True,
            ), words.Account(form.account[:300] or "No words yet.")])  # fmt: skip
            ways(here, form)
    if st.button("Start a new one"):
        start(Form())


def ways(here: Here, form: Form) -> None:
    """On with it, or away with it, which is asked twice."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if session.recall("throwing") == form.id:
            words.line("It cannot be brought back.", note=True)
            if st.button("Yes, throw it away", key=f"wipe_{form.id}"):
                drafts.wipe(here.store, form.id, by=here.me)
                session.forget("throwing")
                st.rerun()
        if st.button("Go on with it", type="primary", key=f"go_{form.id}"):
            start(form)
        if session.recall("throwing") != form.id and st.button(
            "Throw it away", key=f"throw_{form.id}"
        ):
            session.remember("throwing", form.id)
            st.rerun()


def _about(here: Here, form: Form) -> str:
    """Which child the form is about, as far as it says."""
    try:
        pupil = pupils.of(here.store, form.pupil, by=here.me)
    except Refused:
        return "No student chosen yet"
    return f"{pupil.name}, {pupil.class_name}"


def hold(form: Form) -> None:
    """Makes a form the one of this tab."""
    session.forget(*PAGE, *body_map.OF_A_MAP, "added")
    session.hold("form", form)
    session.hold("rows", [new_id() for _ in form.linked])


def start(form: Form) -> None:
    """Opens a form in this tab."""
    hold(form)
    st.query_params.clear()
    st.rerun()
