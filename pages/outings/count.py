"""Head count: at each stage every group by its names, with one thumb."""

from __future__ import annotations

import streamlit as st

from core import counting, head_counts
from core.errors import Refused
from core.head_counts import Now
from pages.parts import counted, menu, mismatches, rollcall, session, stages, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    outing = session.asked_for("outing")
    try:
        now = head_counts.now(here.store, outing, by=here.me)
    except Refused as refusal:
        st.title("Head count", anchor=False)
        words.line(str(refusal))
        return
    # What looks again by the clock is known by its place, which never moves.
    top, typed, below, ways = (st.container() for _ in range(4))
    with top:
        watched(outing)
    if now.outing.state == "started":
        with typed:
            rollcall.draw(here, now)
        with below:
            followed(outing)
    with ways:
        if st.button("Open the outing"):
            menu.go_to("outing", outing=outing)


@st.fragment(run_every=session.EVERY)
def watched(outing: str) -> None:
    """How it stands: everybody on the outing sees it change without touching anything."""
    here, now = looked(outing)
    head(now)
    if now.outing.state == "started":
        mismatches.missing(here, now)
        mismatches.blocked(here, now)
        mismatches.strays(now)


@st.fragment(run_every=session.EVERY)
def followed(outing: str) -> None:
    """The groups, beneath the names of one that is counted child by child."""
    here, now = looked(outing)
    if now.outing.state != "started":
        st.rerun()
    tapped(here, now, words.taps(counted.rows(now, here.me.id), key="head_count"))
    stages.onward(here, now)


def looked(outing: str) -> tuple[Here, Now]:
    """How the counts stand now; where they are no longer to be seen, the whole page says so."""
    here = session.here()
    try:
        return here, head_counts.now(here.store, outing, by=here.me)
    except Refused:
        st.rerun()


def head(now: Now) -> None:
    """The stage, and how many groups have been counted."""
    total, open_ = len(now.groups), len(now.uncounted)
    children = len([child for each in now.groups for child in each.group.children])
    badges: list[words.Badge] = []
    if now.outing.state == "ended":
        badges = [words.Badge("Everybody is back", "green", "check")]
    elif not (open_ or now.blocks or now.missing or now.unallocated):
        badges = [words.Badge(f"All {children} are here", "green", "check")]
    done = f"{total - open_} of {total} groups counted"
    note = f"{done} · {now.round.place} · outing to {now.outing.place}"
    words.block([words.Heading(now.round.name, note, 1, badges)])


def tapped(here: Here, now: Now, taps: list[words.Tap]) -> None:
    """Records the groups that are complete; or brings up the names of one."""
    if not taps:
        return
    words.taken(taps)
    refusals: list[str] = []
    groups = {each.group.adult.id: each for each in now.groups}
    for tap in taps:
        what, adult, *stamp = tap.opens.split(" ")
        if what == "names":
            rollcall.begin(groups[adult])
        ids = groups[adult].group.ids
        try:
            counting.count(here.store, now.outing.id, now.round.id, adult, ids, stamp=stamp[0],
                           by=here.me)  # fmt: skip
        except Refused as refusal:
            refusals.append(str(refusal))
    if refusals:
        words.block([words.Badge(said, "red", "alert") for said in dict.fromkeys(refusals)])
        return
    st.rerun()


page()
