"""A child is missing: the log that leads a school through the search while it happens."""

from __future__ import annotations

import streamlit as st

from core.errors import Refused
from core.missing import logs, state
from pages.parts import menu, noting, searching, session, words
from pages.parts.session import Here

EVERY = 2  # seconds, so that nobody sees anything later than three


def page() -> None:
    here = session.here()
    alarms = logs.alarms(here.store, by=here.me)
    asked = session.asked_for("log")
    if session.recall("another_child") or not (asked or alarms):
        start(here, [log.id for log in alarms])
        return
    log = asked or alarms[0].id
    try:
        state.of(here.store, log, by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    watched(log)
    noting.draw(here, log)
    followed(log)


def start(here: Here, beside: list[str]) -> None:
    """Before there is a log: one tap opens it, and nothing has to be known yet."""
    st.title("A child is missing", anchor=False)
    words.line("One tap opens the log and tells the head and the safeguarding leads. "
               "Everything else can follow.")  # fmt: skip
    for label, off_site in (("Missing at school", False), ("Missing on an outing", True)):
        if st.button(label, type="secondary" if off_site else "primary", width="stretch"):
            log = logs.begin(here.store, off_site=off_site, beside=beside, by=here.me)
            session.forget("another_child")
            menu.go_to("missing-child", log=log)


@st.fragment(run_every=EVERY)
def watched(log: str) -> None:
    """What everybody with the log open sees change, without touching anything."""
    searching.top(session.here(), log)


@st.fragment(run_every=EVERY)
def followed(log: str) -> None:
    """The same, beneath what is typed."""
    searching.lists(session.here(), log)


page()
