"""A release as governors see it: the same in its preview."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import categories
from core.disclosure import Number
from core.disclosure.released import CATEGORIES, CROSSED, PHASES, TERMS, TOTAL
from core.releases import Drawn
from pages.parts import bars, words

PHASE_NAMES = {"early_years": "Early years", "key_stage_1": "Key stage 1",
               "key_stage_2": "Key stage 2"}  # fmt: skip

# How the school worked: what it is called, and how its figure is said.
MEASURES = {
    "hours_to_reading": ("Half of concerns were first read by the team within", "about {} h"),
    "hours_to_action": ("Half of concerns had a first action within", "about {} h"),
    "late": ("Written down more than a day after it happened", "about {} % of concerns"),
    "answered": ("Referrals answered", "about {} %"),
}


def explained() -> None:
    """What the numbers mean, before any of them."""
    words.line(
        "Each number counts different students, rounded to the nearest 5. “Fewer than 5”, or 10 "
        "in a small school, also stands for none, and for more where they are of few families or "
        "mostly one child.",
        note=True,
    )  # fmt: skip


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
    total = drawn.released.tables.get(TOTAL, ())
    facts = [words.Fact("Students about whom a concern was recorded", n.said) for n in total]
    for name, (label, said) in MEASURES.items():
        if name in drawn.released.measures:
            facts.append(words.Fact(label, said.format(drawn.released.measures[name] or 1)))
    if facts:
        words.facts(facts)
    else:
        words.line("Too little happened in this period for any number to be shown.")


def _part(title: str, numbers: tuple[Number, ...], *, key: str) -> None:
    """One table as a chart; nothing where it was withheld."""
    if numbers:
        st.header(title, anchor=False)
        bars.draw([(_name(number), number) for number in numbers], key=key)


def _table(drawn: Drawn) -> None:
    """The categories in words, with their terms where the release has them."""
    tables = drawn.released.tables
    rows = {n.cell.categories: {"Category": _name(n), "Students": n.said}
            for n in tables.get(CATEGORIES, ())}  # fmt: skip
    for number in tables.get(CROSSED, ()):
        row = rows.setdefault(number.cell.categories, {"Category": _group(number)})
        row[number.cell.span.name] = number.said
    if rows:
        st.header("The same in words", anchor=False)
        frame = pd.DataFrame(rows.values()).fillna("yearly only")
        st.dataframe(frame, hide_index=True, width="stretch", height="content")


def _name(number: Number) -> str:
    if number.cell.categories:
        return _group(number)
    if number.cell.phases:
        return " and ".join(PHASE_NAMES[phase] for phase in number.cell.phases)
    return number.cell.span.name


def _group(number: Number) -> str:
    return categories.names(number.cell.categories)
