"""A release as governors see it: the same in its preview."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import figures
from core.disclosure import Number
from core.disclosure.released import CATEGORIES, PHASES, TERMS
from core.releases import Drawn
from pages.parts import bars, words


def explained() -> None:
    """What the numbers mean, before any of them."""
    words.line(figures.EXPLAINED, note=True)


def draw(drawn: Drawn, *, key: str) -> None:
    """All tables of a release, as charts and beneath them in words."""
    tables = drawn.released.tables
    _whole(drawn)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _part("By category", tables.get(CATEGORIES, ()), key=f"{key}_categories")
    with right:
        _part("By term", tables.get(TERMS, ()), key=f"{key}_terms")
        _part("By phase", tables.get(PHASES, ()), key=f"{key}_phases")
    _table(drawn)


def _whole(drawn: Drawn) -> None:
    facts = [words.Fact(label, said) for label, said in figures.facts(drawn.released)]
    if facts:
        words.facts(facts)
    else:
        words.line(figures.TOO_LITTLE)


def _part(title: str, numbers: tuple[Number, ...], *, key: str) -> None:
    """One table as a chart; nothing where it was withheld."""
    if numbers:
        st.header(title, anchor=False)
        bars.draw([(figures.name(number), number) for number in numbers], title, key=key)


def _table(drawn: Drawn) -> None:
    if rows := figures.by_category(drawn.released):
        st.header("The same in words", anchor=False)
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", height="content")
