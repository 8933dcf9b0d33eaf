"""Where the keyboard goes on when what had the focus is gone from the page."""

from __future__ import annotations

import streamlit as st

from pages.parts import components, session


def goes_to(place: str) -> None:
    """What is drawn next puts the focus to the place of this name."""
    session.remember("focus", place)


def here(name: str) -> None:
    """The place of this name."""
    place = st.empty()  # what follows keeps its place, whether or not there is something here
    if session.recall("focus") == name:
        with place:
            # It stays while the page is looked at: a run that follows at once would take it away
            # before the browser has it. It puts the focus only once.
            components.draw("in_view", data={"scrolls": False}, key=f"focus_{name}")
