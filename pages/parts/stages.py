"""From one stage of an outing to the next, and to its end."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import counting, departures
from core.errors import Refused
from core.forms import Incomplete
from core.head_counts import STAGES, Now
from pages.parts import rollcall, session, words
from pages.parts.session import Here


def onward(here: Here, now: Now) -> None:
    """The next stage, or the end; nothing while a count does not match or has not every child."""
    if now.blocks or now.unallocated:
        return
    if now.round.stage == "back" and not now.uncounted:
        if st.button("End the outing", type="primary", icon=":material/check:"):
            rollcall.attempt(partial(departures.end, here.store, now.outing.id, by=here.me))
        return
    ways = [words.Way("other", "Another stage")]
    if now.next:
        ways.insert(0, words.Way(f"go {now.next}", STAGES[now.next], first=not now.uncounted))
    taken = words.cards([words.Card(ways, [words.Line("Next count", strong=True)])], key="onward")
    if taken == "other":
        session.remember("stage_asked", True)
        st.rerun()
    if taken:
        go_on(here, now, now.next)
    if session.recall("stage_asked"):
        another(here, now)


def another(here: Here, now: Now) -> None:
    """Any stage, at any place; and why, where a group was not counted."""
    with st.container(border=True, width=700):
        stage = st.pills("Which stage?", list(STAGES), format_func=STAGES.__getitem__,
                         default=session.recall("stage_wanted"), key="stage")  # fmt: skip
        place = st.text_input("Where, if it is another place", key="stage_place")
        why = ""
        if now.uncounted:
            why = st.text_input("Why is a group not counted?", key="stage_why")
        if st.button("Begin this count"):
            if stage is None:
                words.badge("Please choose the stage.", "red", "alert")
                return
            go_on(here, now, stage, place, why)


def go_on(here: Here, now: Now, stage: str, place: str = "", why: str = "") -> None:
    """Begins a stage; where a group is not counted, it is asked why."""
    try:
        counting.move_on(here.store, now.outing.id, stage, place, why, by=here.me)
    except Incomplete as refusal:
        words.badge(str(refusal), "red", "alert")
        session.remember("stage_asked", True)
        session.remember("stage_wanted", stage)
        return
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("stage_asked", "stage_wanted", "stage", "stage_place", "stage_why")
    st.rerun()
