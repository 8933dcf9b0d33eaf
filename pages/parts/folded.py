"""What a page keeps folded away until somebody wants it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import session
from pages.parts.session import keyed


def away(label: str, *, key: str) -> DeltaGenerator | None:
    """Where to draw what is folded away under a label; None until it is opened, so that nobody
    waits for what they do not look at. What was opened in this visit stays drawn when it is shut:
    somebody may have begun to type there."""
    fold = st.expander(label, key=keyed(f"fold_{key}"), on_change="rerun")
    unfolded = session.recall("unfolded", frozenset())
    if fold.open:
        unfolded |= {key}
        session.remember("unfolded", unfolded)
    return fold if key in unfolded else None
