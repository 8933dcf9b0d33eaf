"""The risk assessment of an outing: attached, read, and approved by the head."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import inspection, moments, risk_assessments, settings
from core.errors import Refused
from core.outings import Outing
from core.permissions import Verb, may
from core.store import new_id
from pages.parts import session, words
from pages.parts.company import attempt
from pages.parts.session import Here, keyed


def draw(here: Here, outing: Outing) -> None:
    """What is attached, the newest first, and what the head said; then one more."""
    zone = settings.school(here.store).zone
    for nth, paper in enumerate(risk_assessments.beneath(here.store, outing.id, by=here.me)):
        with st.container(horizontal=True, vertical_alignment="center"):
            told = f"{words.apart(paper.author)}, {moments.short(paper.recorded_at, zone)}"
            badges = [words.Badge("Replaced by a newer one")] * (nth > 0)
            words.block([words.Line(paper.name, aside=told, badges=badges)], width="content")
            st.link_button("Download", f"/risk-assessments/{paper.id}",
                           icon=":material/download:")  # fmt: skip
    for each in risk_assessments.decisions(here.store, outing.id, by=here.me):
        what = "Approved" if each.approved else "Sent back"
        note = f": {words.apart(each.note)}" if each.note else ""
        when = moments.short(each.recorded_at, zone)
        words.line(f"{what} by {words.apart(each.author)}, {when}{note}", note=True)
    if not outing.is_open:
        return
    if outing.assessment and may(here.me, Verb.APPROVE_OUTING):
        decide(here, outing)
    attach(here, outing)


def decide(here: Here, outing: Outing) -> None:
    """The head says yes, or what has to change."""
    with st.container(border=True, width=700):
        words.line("Do you approve of this outing with the newest risk assessment?", strong=True)
        note = st.text_input("What has to change, if anything", key=keyed("outing_note"))
        said = partial(risk_assessments.decide, here.store, outing.id, outing.assessment,
                       note=note, by=here.me)  # fmt: skip
        with st.container(horizontal=True):
            if outing.approval != "approved" and st.button("Approve", type="primary"):
                attempt(partial(said, approved=True))
            if st.button("Send back"):
                attempt(partial(said, approved=False))


def attach(here: Here, outing: Outing) -> None:
    """A file through the same inspection as every other one."""
    nth = session.recall("risks_nth", "")
    chosen = st.file_uploader("Risk assessment: PDF, picture or Office document, up to 20 MB",
                              key=f"risks_{nth}")  # fmt: skip
    words.line("A new one takes a new approval.", note=True)
    if not st.button("Attach", type="primary" if not outing.assessment else "secondary"):
        return
    if chosen is None:
        words.badge("Please choose the file first.", "red", "alert")
        return
    try:
        file = inspection.inspect(chosen.name, chosen.getvalue())
        risk_assessments.attach(here.store, outing.id, file, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.release_uploads()
    session.hold("risks_nth", new_id())
    st.rerun()
