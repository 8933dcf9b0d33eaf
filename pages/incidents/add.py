"""Add Incident: what happened to a child, written down in a few minutes."""

from __future__ import annotations

import streamlit as st

from core import drafts, incidents
from core.errors import Refused
from core.forms import Form, Incomplete
from pages.parts import (
    concern_form,
    menu,
    particulars,
    review,
    session,
    unsent,
    words,
)
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    if number := session.recall("added"):
        return added(here, number)
    form: Form | None = session.recall("form")
    if form is None:
        return unsent.offer(here)
    if session.recall("reviewing"):
        return check(here, form)
    return concern_form.fill_in(here, form)


def check(here: Here, form: Form) -> None:
    """Everything once more, before it is there for good."""
    review.draw(here, form)
    with st.container(horizontal=True):
        back = st.button("Change something")
        send = st.button("Add Incident", type="primary", icon=":material/check:")
    if back:
        session.hold("reviewing", False)
        st.rerun()
    if send:
        try:
            number = incidents.add(here.store, form, by=here.me)
        except Incomplete as incomplete:
            session.hold("wrong", incomplete.problems)
            session.hold("reviewing", False)
            st.rerun()
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        drafts.wipe(here.store, form.id, by=here.me)
        session.release_uploads()
        session.forget(*unsent.PAGE)
        session.remember("added", number)
        session.remember("added_urgent", form.urgent)
        st.rerun()


def added(here: Here, number: int) -> None:
    """The number, and what can be done next."""
    st.title(f"Incident #{number} is recorded", anchor=False)
    words.line("The people you saw on the last page have been alerted.")
    if session.recall("added_urgent"):
        leads = particulars.leads(here)
        words.badge(f"It is urgent: find {leads} in person now.", "red", "urgent")
    with st.container(horizontal=True):
        if st.button(f"Open #{number}", type="primary"):
            session.forget("added")
            menu.go_to("incident", number=str(number))
        if st.button("Add another incident"):
            unsent.start(Form())


page()
