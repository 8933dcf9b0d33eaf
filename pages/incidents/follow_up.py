"""Follow up: how far a concern is, what was decided, what it meant, and what was not right."""

from __future__ import annotations

import streamlit as st

from core import incidents
from core.errors import Refused
from core.forms import Incomplete
from pages.parts import concern, following, menu, session, words
from pages.parts.session import keyed

KINDS = {
    "status": "Status",
    "decision": "Decision",
    "significant": "Significant event",
    "correction": "Correction",
}


def page() -> None:
    here = session.here()
    try:
        found = incidents.find(here.store, session.number_asked_for(), by=here.me)
        opened = incidents.open(here.store, found, by=here.me)
    except Refused as refusal:
        st.title("Follow up", anchor=False)
        words.line(str(refusal))
        return
    number = opened.incident.number
    st.title(f"Follow up #{number}", anchor=False)
    words.line(f"About {opened.pupil.name}, {opened.pupil.class_name}")
    if st.button(f"Back to #{number}", icon=":material/arrow_back:"):
        menu.go_to("incident", number=str(number))
    with st.container(width=concern.WIDTH):
        kind = st.segmented_control(
            "What do you want to record?", list(KINDS), default="status", required=True,
            format_func=lambda key: KINDS[key], key=keyed("following"),
        )  # fmt: skip
        send = following.WAYS[kind](here, opened)
        if send is None:
            if session.recall("follow_refused"):
                words.badge(session.recall("follow_refused"), "red", "alert")
            return
        session.forget("follow_wrong", "follow_refused")
        try:
            send()
        except Incomplete as incomplete:
            session.remember("follow_wrong", incomplete.problems)
            st.rerun()
        except Refused as refusal:
            # What is typed stays, and what somebody else has changed meanwhile is shown.
            session.remember("follow_refused", str(refusal))
            session.forget("status_seen")
            st.rerun()
    menu.go_to("incident", number=str(number))


page()
