"""A child is missing: the log that leads a school through the search while it happens."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from core.errors import Refused
from core.forms import Incomplete
from core.missing import logs, state, titles
from core.missing.logs import Log
from pages.parts import fields, menu, noting, searching, session, words
from pages.parts.session import Here

WIDE = 700
SHOWN = 30  # earlier logs


def page() -> None:
    here = session.here()
    alarms = logs.alarms(here.store, by=here.me)
    asked = session.asked_for("log")
    if session.recall("another_child") or not (asked or alarms):
        start(here, alarms)
        return
    if not asked:  # with its own address it stays, also once the child is found
        menu.go_to("missing-child", log=alarms[0].id)
    try:
        state.of(here.store, asked, by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    # Each part has a place that never moves, whatever is opened above it: what looks again by the
    # clock is known by its place.
    top, typed, below, ways = (st.container() for _ in range(4))
    with top:
        watched(asked)
    with typed:
        noting.draw(here, asked)
    with below:
        followed(asked)
    with ways:
        others(here, asked, alarms)


def start(here: Here, alarms: list[Log]) -> None:
    """Before there is a log: one tap opens it, and nothing has to be known yet."""
    st.title("A child is missing", anchor=False)
    words.line("One tap opens the log and tells the head and the safeguarding leads. "
               "Everything else can follow.")  # fmt: skip
    for label, off_site in (("Missing at school", False), ("Missing on an outing", True)):
        kind: Literal["primary", "secondary"] = "secondary" if off_site else "primary"
        if st.button(label, type=kind, width=WIDE):
            beside = [log.id for log in alarms]
            log = logs.begin(here.store, off_site=off_site, beside=beside, by=here.me)
            session.forget("another_child")
            menu.go_to("missing-child", log=log)
    paper(here)
    earlier(here)


def paper(here: Here) -> None:
    """A log that was kept on paper is typed up."""
    with st.expander("Type up a log that was kept on paper"), st.form("paper", border=False):
        off_site = st.checkbox("It was on an outing")
        began_at = fields.moment(here, "began", "When was the log on paper begun?")
        fields.problem("began_at", "at")
        if st.form_submit_button("Type it up"):
            try:
                log = logs.from_paper(here.store, began_at, off_site=off_site, by=here.me)
            except Incomplete as incomplete:
                session.remember("search_wrong", incomplete.problems)
                st.rerun()
            session.forget("another_child")
            menu.go_to("missing-child", log=log)


def earlier(here: Here) -> None:
    """The logs that this person may read, those of children who are missing now among them."""
    some = logs.every(here.store, by=here.me)[:SHOWN]
    if not some:
        return
    st.header("Logs", anchor=False)
    cards = [words.Card([words.Way(log.id, "Open the log")],
                        [words.Line(titles.of(here.store, log.id, by=here.me))])
             for log in some]  # fmt: skip
    if opened := words.cards(cards, key="earlier"):
        session.forget("another_child")
        menu.go_to("missing-child", log=opened)


def others(here: Here, log: str, alarms: list[Log]) -> None:
    """Another child is missing too, or has a log already."""
    with st.container(horizontal=True):
        if not logs.of(here.store, log, by=here.me).is_open and st.button("After the search"):
            menu.go_to("after-search", log=log)
        for number, each in enumerate(alarms, 1):
            if each.id != log and st.button(f"Open log {number}", key=f"other_{each.id}"):
                menu.go_to("missing-child", log=each.id)
        if st.button("Another child is missing, or another log"):
            session.remember("another_child", True)
            st.rerun()


@st.fragment(run_every=session.EVERY)
def watched(log: str) -> None:
    """What everybody with the log open sees change, without touching anything."""
    searching.top(session.here(), log)


@st.fragment(run_every=session.EVERY)
def followed(log: str) -> None:
    """The same, beneath what is typed."""
    searching.lists(session.here(), log)


page()
