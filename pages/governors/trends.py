"""Trends: what was released for governors, period after period, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core import over_time as told
from core import releases
from core.disclosure import Released
from core.disclosure.series import Length, lengths
from core.errors import Refused
from core.releases import Drawn
from pages.parts import over_time, released, session, words


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
    released.explained()
    over(made)
    one(made)


def over(made: Sequence[Drawn]) -> None:
    """The released periods of one length side by side."""
    st.header("Over time", anchor=False)
    forms = [each.released for each in made]
    offered = list(lengths(forms))
    if not offered:
        words.line(told.NOT_YET)
        return
    shown = told.seen(forms, *chosen(forms, offered))
    over_time.explained(shown)
    students, kinds, *others = shown.charts
    left, right = st.columns([7, 5], gap="large")
    with left:
        for chart in (students, kinds):
            over_time.draw(chart, key=f"over_{chart.title}")
    with right:
        for chart in others:
            over_time.draw(chart, key=f"over_{chart.title}")


def chosen(forms: Sequence[Released], offered: list[Length]) -> tuple[Length, str | None]:
    """Which length, and up to which period where there are more than can be read at once."""
    length, last = offered[0], None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(offered) > 1:
            length = st.segmented_control("Side by side", offered, default=length, key="length",
                                          required=True) or length  # fmt: skip
        ends = told.ends(forms, length)
        if len(ends) > 1:
            last = st.selectbox("Up to", ends, key=f"until_{length}", width=300)
    return length, last


def one(made: Sequence[Drawn]) -> None:
    """One release as it was made."""
    st.header("One period", anchor=False)
    number = st.selectbox("Period", range(len(made)), format_func=lambda n: made[n].name,
                          key="released", width=360)  # fmt: skip
    released.draw(made[number], key="trends")


page()
