"""Trends: what was released for governors, and nothing else."""

from __future__ import annotations

import streamlit as st

from core import releases
from core.errors import Refused
from pages.parts import released, session, words


def page() -> None:
    here = session.here()
    st.title("Trends", anchor=False)
    try:
        made = releases.made(here.store, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    if not made:
        words.line("Nothing has been released yet. A safeguarding lead does so after each term.")
        return
    chosen = st.selectbox("Period", range(len(made)), format_func=lambda n: made[n].name,
                          key="released", width=360)  # fmt: skip
    drawn = made[chosen]
    released.explained()
    released.draw(drawn, key="trends")


page()
