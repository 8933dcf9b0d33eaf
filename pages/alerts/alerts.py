"""Alerts: what waits for me, urgent first, and what I have read."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from core import (
    alerts,
    clock,
)
from core.alerts import Waiting
from pages.parts import duties, inbox, session, words
from pages.parts.session import Here

MONTH = timedelta(days=30)


def page() -> None:
    here = session.here()
    st.title("Alerts", anchor=False)
    duties.unsent(here)
    duties.missing(here)
    duties.account_asked(here)
    duties.overdue(here)
    duties.about_adults(here)
    waiting = alerts.unread(here.store, by=here.me)
    views = {
        "unread": f"Unread ({len(waiting)})",
        "month": "Last 30 days",
        "all": "All",
    }
    view = st.segmented_control(
        "Which alerts", list(views), default="unread", required=True,
        format_func=lambda key: views[key], label_visibility="collapsed", key="view",
    )  # fmt: skip
    unread(here, waiting)
    if view != "unread":
        since = clock.now() - MONTH if view == "month" else None
        title = "Read in the last 30 days" if since else "Read"
        read(here, title, alerts.read(here.store, since=since, by=here.me))


def unread(here: Here, waiting: list[Waiting]) -> None:
    """What waits, with the first one offered."""
    st.header("Unread", anchor=False)
    if not waiting:
        words.line("Nothing is waiting for you. New alerts appear here.")
    inbox.draw(here, waiting[:100], key="unread", offered=True)
    if len(waiting) > 100:
        words.line(f"{len(waiting) - 100} more appear as you read these.", note=True)


def read(here: Here, title: str, lines: list[Waiting]) -> None:
    """What was read, the newest first."""
    st.header(title, anchor=False)
    shown = session.recall("alerts_shown", 30)
    inbox.draw(here, lines[:shown], key="read")
    if len(lines) > shown:
        if st.button(f"Show more ({len(lines) - shown})"):
            session.remember("alerts_shown", shown + 70)
            st.rerun()
    else:
        words.line("That is everything.", note=True)


page()
