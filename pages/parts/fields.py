"""What the forms of a missing-child log have in common: times, what is wrong, and recording."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from core import clock, moments, settings
from core.errors import Refused
from core.forms import Incomplete
from pages.parts import session, words
from pages.parts.session import Here, keyed

WIDTH = 700


def moment(here: Here, key: str, label: str, before: datetime | None = None) -> datetime | None:
    """A day and a time, at first now or as it was known before."""
    zone = settings.school(here.store).zone
    local = (before or clock.now()).astimezone(zone)
    key = keyed(key)
    if session.recall(f"{key}_day") is None:
        session.hold(f"{key}_day", local.date())
        session.hold(f"{key}_time", local.time().replace(second=0, microsecond=0))
    with st.container(horizontal=True):
        time = st.time_input(label, step=60, key=f"{key}_time", width=180)
        day = st.date_input("On", format="DD/MM/YYYY", key=f"{key}_day", width=160)
    return moments.at(day, time, zone) if time and day else None


def problem(*names: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("search_wrong", {})
    for name in names:
        if name in wrong:
            words.badge(wrong[name], "red", "alert")


def attempt(record: Callable[[], object], *, then: str = "", leave: tuple[str, ...] = ()) -> None:
    """Records, and opens the next form, if any; or says why not, and what was typed stays."""
    try:
        record()
    except Incomplete as incomplete:
        session.remember("search_wrong", incomplete.problems)
        st.rerun()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("search_form", "search_wrong", *leave)
    if then:
        session.remember("search_form", then)
    st.rerun()
