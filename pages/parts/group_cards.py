"""The groups of an outing: who is with whom, and moving a child to another adult."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import outing_groups, ratios
from core.outings import Child, Group, Whole
from pages.parts import company, focus, session, words
from pages.parts.session import Here, keyed


def draw(here: Here, whole: Whole) -> None:
    """Whoever is in nobody's group first; then each group with its ratio."""
    outing = whole.outing
    words.line(ratios.NO_FIGURE, note=True)
    if whole.unallocated:
        badge = words.Badge("In nobody’s group", "orange", "hourglass")
        words.block([words.Heading("Not given to an adult yet", badges=[badge], level=3)])
        if st.button("Share them out evenly", type="primary"):
            company.attempt(partial(outing_groups.share_out, here.store, outing.id, by=here.me))
    moving(here, whole)
    rows = [_child(child, whole) for child in whole.unallocated]
    for group in whole.groups:
        rows += [_head(group), *(_child(child, whole) for child in group.children)]
    taps = words.taps(rows, key="outing_groups")
    if taps:
        words.taken(taps)
        session.remember("outing_moving", taps[-1].opens)
        focus.goes_to("outing_moving")
        st.rerun()


def _head(group: Group) -> words.Slim:
    """The adult, with the ratio of the group."""
    badges: list[words.Badge] = []
    if group.ratio:
        kept = group.ratio.is_kept
        tone: words.Tone = "green" if kept else "red"
        badges = [words.Badge(group.ratio.said, tone, "check" if kept else "alert")]
    return words.Slim([], [words.Heading(group.adult.name, level=3, badges=badges)])


def _child(child: Child, whole: Whole) -> words.Slim:
    badges = [company.AWAY] * child.is_absent
    line = words.Line(child.pupil.name, aside=child.pupil.class_name, badges=badges)
    ways = [words.Way(child.pupil.id, "Move" if child.adult else "Give to an adult")]
    return words.Slim(ways * whole.outing.is_open, [line])


def moving(here: Here, whole: Whole) -> None:
    """To whom a child goes; one tap more."""
    asked = session.recall("outing_moving")
    child = next((each for each in whole.children if each.pupil.id == asked), None)
    if child is None:
        return
    focus.here("outing_moving")
    ways = [words.Way(f"to {group.adult.id}", group.adult.name)
            for group in whole.groups if group.adult.id != child.adult]  # fmt: skip
    line = words.Line(f"With whom does {words.apart(child.pupil.name)} go?", strong=True)
    taken = words.cards([words.Card([*ways, words.Way("stay", "Leave it")], [line])],
                        key=keyed("outing_to"))  # fmt: skip
    if taken:
        session.forget("outing_moving")
        if taken == "stay":
            st.rerun()
        pair = (child.pupil.id, taken.removeprefix("to "))
        company.attempt(partial(outing_groups.allocate, here.store, whole.outing.id, [pair],
                                by=here.me))  # fmt: skip
