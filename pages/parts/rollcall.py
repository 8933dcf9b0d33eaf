"""One group of an outing, child by child; and whoever is with it and should not be."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import counting
from core.errors import Refused
from core.head_counts import Counted, Now
from pages.parts import counted, focus, session, words
from pages.parts.session import Here


def begin(each: Counted) -> None:
    """The names of a group come up, those whom the last count lacked as not here."""
    session.remember("counting", each.group.adult.id)
    session.remember("counted_away", each.lost)
    focus.goes_to("counting")
    st.rerun()


def draw(here: Here, now: Now) -> None:
    """The group whose names were asked for, with how many of it are here; nothing if none was."""
    asked = session.recall("counting")
    each = next((e for e in now.groups if e.group.adult.id == asked), None)
    if each is None:
        return
    focus.here("counting")
    away: frozenset[str] = session.recall("counted_away", frozenset())
    children = each.group.children
    words.heading(each.group.adult.name)
    if taps := words.taps(counted.by_name(children, away), key="by_name"):
        words.taken(taps)
        for tap in taps:
            what, _, pupil = tap.opens.partition(" ")
            away = away | {pupil} if what == "away" else away - {pupil}
        session.remember("counted_away", away)
        st.rerun()
    number = st.number_input("Children too many", 0, 30, key="count_extra", width=180)
    note = ""
    if number:
        note = st.text_input("Who should not be with the group", key="count_note")
    ids = [child.pupil.id for child in children if child.pupil.id not in away]
    label = f"Record {len(ids)} of {len(children)} here"
    with st.container(horizontal=True):
        if st.button(label, type="primary", key="record_count"):
            record = partial(counting.count, here.store, now.outing.id, now.round.id, asked, ids)
            attempt(partial(record, stamp=each.group.stamp, extra=number, note=note, by=here.me))
        if st.button("Leave it"):
            leave()


def leave() -> None:
    session.forget("counting", "counted_away", "count_extra", "count_note")
    st.rerun()


def attempt(record: partial[None]) -> None:
    """Records the count of the group, and folds its names away; or says why it cannot be."""
    try:
        record()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        st.stop()
    leave()
