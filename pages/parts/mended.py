"""What a start put right in the record, with the button that says that one has seen it."""

from __future__ import annotations

import streamlit as st

from core import mendings
from core.permissions import Verb, may
from pages.parts import words
from pages.parts.session import Here


def draw(here: Here) -> None:
    """Nothing where nothing was put right, or two people have seen it."""
    notices = _standing(here)
    for notice in notices:
        words.badge(notice.sentence, "red", "alert")
    waiting = [notice for notice in notices if not notice.is_seen]
    if notices and not waiting:
        words.line("You have seen this. A second person has to see it, too.", note=True)
    if waiting and st.button("I have seen this", key="mended"):
        for notice in waiting:
            mendings.see(here.store, notice.id, by=here.me)
        st.rerun()


def _standing(here: Here) -> list[mendings.Notice]:
    if not may(here.me, Verb.SEE_MENDINGS):
        return []
    return mendings.standing(here.store, by=here.me)
