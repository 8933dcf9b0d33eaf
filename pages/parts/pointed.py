"""Who needs a look: what speaks about a child, each sentence with its records, and setting one
aside."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from core import patterns
from core.forms import Incomplete
from core.pieces import Pointed
from pages.parts import focus, menu, session, words
from pages.parts.session import Here

SHOWN = 8  # children, before the rest is only counted


def draw(here: Here) -> None:
    """The children about whom the most speaks, and the way to their records."""
    pointed = patterns.pointed(here.store, by=here.me)
    if waits := patterns.waits(here.store, by=here.me):
        words.line(waits, note=True)
    if not pointed:
        words.line("No child stands out. What small pieces say together appears here.")
    children = [list(about) for _, about in groupby(pointed, lambda each: each.pupil)]
    shown = children[:SHOWN]
    aside = session.recall("setting_aside")
    upto = next((n for n, about in enumerate(shown, 1) if about[0].pupil == aside), len(shown))
    _cards(shown[:upto], key="pointed")
    if aside and upto:
        _aside(here, shown[upto - 1])
    _cards(shown[upto:], key="pointed_below")
    if len(children) > SHOWN:
        words.line(f"{len(children) - SHOWN} more children when these have been seen.", note=True)


def _cards(children: list[list[Pointed]], *, key: str) -> None:
    if not children:
        return
    taken = words.cards([_card(about) for about in children], key=key)
    if taken is None:
        return
    what, _, pupil = taken.partition(" ")
    if what == "see":
        menu.go_to("chronology", pupil=pupil)
    session.remember("setting_aside", pupil)
    focus.goes_to("setting_aside")
    st.rerun()


def _card(about: list[Pointed]) -> words.Card:
    """A child, with everything that speaks about them."""
    child = about[0]
    blocks: list[words.Block] = [words.Line(f"{child.name}, {child.class_name}", strong=True)]
    for each in about:
        numbers = ", ".join(f"#{piece.number}" for piece in each.pieces)
        blocks += [words.Line(each.sentence)]
        blocks += [words.Line(numbers, note=True)] * bool(numbers)
    ways = [words.Way(f"see {child.pupil}", "See the records"),
            words.Way(f"aside {child.pupil}", "Set aside")]  # fmt: skip
    return words.Card(ways, blocks)


def _aside(here: Here, about: list[Pointed]) -> None:
    """Why nothing follows from a sentence."""
    focus.here("setting_aside")
    with st.container(border=True):
        rule = _rule(about)
        reason = st.text_input("Why does nothing follow?", key=f"reason_{about[0].pupil}_{rule}")
        words.line("It comes back when something new stands behind it.", note=True)
        with st.container(horizontal=True):
            sure = st.button("Set it aside", type="primary")
            if st.button("Leave it"):
                session.forget("setting_aside")
                st.rerun()
        if sure:
            try:
                patterns.set_aside(here.store, about[0].pupil, rule, reason, by=here.me)
            except Incomplete as incomplete:
                words.badge(str(incomplete), "red", "alert")
                return
            session.forget("setting_aside")
            st.rerun()


def _rule(about: list[Pointed]) -> str:
    """Which of the sentences is meant."""
    if len(about) == 1:
        return about[0].rule
    numbered = {nth: each.rule for nth, each in enumerate(about, 1)}
    words.lines(*(f"{nth}  {each.sentence}" for nth, each in enumerate(about, 1)))
    chosen = st.segmented_control("Which sentence?", list(numbered), default=1, required=True)
    return numbered[chosen]
