"""From another school: what it recorded about a child, as it came."""

from __future__ import annotations

import streamlit as st

from core import moments, received, settings
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import Verb, may
from core.reports import arriving
from core.reports.arriving import Read
from pages.parts import elsewhere, links, menu, session, words
from pages.parts.session import Here, keyed


def page() -> None:
    here = session.here()
    try:
        found = arriving.read(here.store, session.asked_for("received"), by=here.me)
    except Refused as refusal:
        st.title("From another school", anchor=False)
        words.line(str(refusal))
        return
    came, zone = found.received, settings.school(here.store).zone
    words.block([
        words.Heading("From another school", level=1),
        words.Heading(came.school, f"Transfer {came.number}, made {came.made}"),
        words.Line(f"Taken in {moments.full(came.recorded_at, zone)} by {came.author}. It is their "
                   "record: the numbers in it are theirs, and nothing of it counts here.",
                   note=True),
    ])  # fmt: skip
    if st.button("Open chronology", icon=":material/arrow_back:"):
        menu.go_to("chronology", pupil=came.pupil)
    elsewhere.about(found.whole)
    st.header("Files", anchor=False)
    links.parts(found.parts)
    st.header("Their chronology", anchor=False)
    listed(found)
    if may(here.me, Verb.TRANSFER):
        end(here, found)


def listed(found: Read) -> None:
    """Their entries, the newest first, fifty at a time."""
    words.line(arriving.period(found.whole), note=True)
    some = arriving.newest(found.whole, session.recall("leaves", 1))
    elsewhere.entries(some)
    if older := len(found.whole.entries) - len(some):
        words.line(f"{older} older entries.", note=True)
        if st.button("Show 50 more"):
            session.remember("leaves", session.recall("leaves", 1) + 1)
            st.rerun()


def end(here: Here, found: Read) -> None:
    """For a file that was joined to the wrong student."""
    with st.expander("It is about another student"):
        reason = st.text_input("How do you know?", key=keyed("ended_because"))
        if st.button("Take it off this student"):
            try:
                received.end(here.store, found.received.id, reason, by=here.me)
            except Incomplete as incomplete:
                words.badge(str(incomplete), "red", "alert")
                return
            menu.go_to("chronology", pupil=found.received.pupil)


page()
