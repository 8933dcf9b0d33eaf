"""Paper forms: blank ones to print for whoever has no account, and the way to enter one."""

from __future__ import annotations

import streamlit as st

from core import outlines, paper_sources
from core.forms import Form, Incomplete
from core.permissions import Verb, may
from core.reports import blank, downloads
from pages.parts import concern, exported, menu, session, unsent, words
from pages.parts.session import Here

BUILDS = {outlines.OLDER: "A child of 7 or older", outlines.YOUNGER: "A younger child"}


def page() -> None:
    here = session.here()
    st.title("Paper forms", anchor=False)
    words.lines(
        "For supply staff and agencies without an account, and for when the power is off.",
        words.Line("Each copy has its own number. Nothing about a child is on it.", note=True),
    )
    with st.form("forms", width=concern.WIDTH):
        copies = st.number_input("Copies", 1, blank.MOST, 1, key="forms_copies", width=180)
        build = st.segmented_control("Body outlines of", list(BUILDS), default=outlines.OLDER,
                                     required=True, format_func=lambda key: BUILDS[key],
                                     key="forms_build")  # fmt: skip
        sent = st.form_submit_button("Print blank forms", type="primary")
    if sent:
        make(here, int(copies), build or "")
    if waiting := session.recall("forms_ready"):
        exported.ready(*waiting, blank=True)
    for text in session.recall("forms_wrong", {}).values():
        words.badge(text, "red", "alert")
    if may(here.me, Verb.ENTER_FORMS):
        enter()


def make(here: Here, copies: int, build: str) -> None:
    """Prints so many copies."""
    session.forget("forms_ready", "forms_wrong")
    try:
        file = blank.make(here.store, copies, build, by=here.me)
    except Incomplete as incomplete:
        session.remember("forms_wrong", incomplete.problems)
        return
    token = downloads.offer(here.store, file, here.session, Verb.PRINT_FORMS, by=here.me)
    session.remember("forms_ready", (file.name, token))


def enter() -> None:
    """Types in what somebody else wrote."""
    st.header("A form that came back", anchor=False)
    words.line("Have the paper beside you. You say who wrote it; the record says who entered it.",
               note=True)  # fmt: skip
    if st.button("Enter a paper form", icon=":material/edit_note:"):
        unsent.hold(Form(paper=paper_sources.Form()))
        menu.go_to("add-incident")


page()
