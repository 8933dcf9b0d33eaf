"""Head count: at each stage every group by its names, with one thumb."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import counting, departures, head_counts
from core.errors import Refused
from core.forms import Incomplete
from core.head_counts import STAGES, Counted, Now
from pages.parts import counted, focus, lost, menu, session, words
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
            by_name(here, now)
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
        missing(here, now)
        blocked(here, now)


@st.fragment(run_every=session.EVERY)
def followed(outing: str) -> None:
    """The groups, beneath the names of one that is counted child by child."""
    here, now = looked(outing)
    if now.outing.state != "started":
        st.rerun()
    tapped(here, now, words.taps(counted.rows(now, here.me.id), key="head_count"))
    onward(here, now)


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
    elif not open_ and not now.blocks and not now.missing:
        badges = [words.Badge(f"All {children} are here", "green", "check")]
    done = f"{total - open_} of {total} groups counted"
    note = f"{done} · {now.round.place} · outing to {now.outing.place}"
    words.block([words.Heading(now.round.name, note, 1, badges)])


def missing(here: Here, now: Now) -> None:
    """The children of whom somebody said that they are missing, for as long as nobody found
    them."""
    cards: list[words.Card | words.Dated | words.Heading] = []
    badge = words.Badge("Missing", "red", "urgent")
    for each in now.groups:
        names = [c.pupil.name for c in each.group.children if c.pupil.id in now.missing]
        if names:
            blocks = [words.Line(name, strong=True, badges=[badge]) for name in names]
            way = words.Way(each.group.adult.id, "Open the missing-child log", first=True)
            cards.append(words.Card([way], [*blocks, *lost.what_to_do()]))
    taken = words.cards(cards, key="missing") if cards else None
    if taken:
        open_log(here, now, taken)


def blocked(here: Here, now: Now) -> None:
    """A count that does not match: nothing goes on before one of two things is tapped."""
    cards = [_blocked(each) for each in now.blocks]
    taken = words.cards(cards, key="blocked") if cards else None
    if not taken:
        return
    what, _, adult = taken.partition(" ")
    if what == "again":
        open_names(next(each for each in now.blocks if each.group.adult.id == adult))
    open_log(here, now, adult)


def open_log(here: Here, now: Now, adult: str) -> None:
    try:
        lost.open_log(here, now.outing.id, adult)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")


def _blocked(each: Counted) -> words.Card:
    adult = each.group.adult
    badge = words.Badge("Does not match", "red", "alert")
    said = f": {each.count.said}" if each.count else ""
    blocks: list[words.Block] = [
        words.Line(f"{words.apart(adult.name)}{said}", strong=True, badges=[badge])
    ]
    blocks += [words.Line(f"Not here: {words.apart(child.pupil.name)}", strong=True)
               for child in each.group.children if child.pupil.id in each.lost]  # fmt: skip
    if each.count and each.count.note:
        blocks.append(words.Line(f"Should not be: {words.apart(each.count.note)}"))
    ways = [words.Way(f"again {adult.id}", "Count again", first=True)]
    ways += [words.Way(f"missing {adult.id}", "A child is missing")] * bool(each.lost)
    return words.Card(ways, blocks)


def open_names(each: Counted) -> None:
    """The names of a group come up, those whom the last count lacked as not here."""
    session.remember("counting", each.group.adult.id)
    session.remember("counted_away", each.lost)
    focus.goes_to("counting")
    st.rerun()


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
            open_names(groups[adult])
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


def by_name(here: Here, now: Now) -> None:
    """One group, child by child; and whoever is with it and should not be."""
    asked = session.recall("counting")
    each = next((e for e in now.groups if e.group.adult.id == asked), None)
    if each is None:
        return
    focus.here("counting")
    away: frozenset[str] = session.recall("counted_away", frozenset())
    children = each.group.children
    words.heading(each.group.adult.name)
    if taps := words.taps(counted.by_name(children, away), key="by_name"):
        words.taken(taps)
        for tap in taps:
            what, _, pupil = tap.opens.partition(" ")
            away = away | {pupil} if what == "away" else away - {pupil}
        session.remember("counted_away", away)
        st.rerun()
    number = st.number_input("Children too many", 0, 30, key="count_extra", width=180)
    note = ""
    if number:
        note = st.text_input("Who should not be with the group", key="count_note")
    ids = [child.pupil.id for child in children if child.pupil.id not in away]
    label = f"Record {len(ids)} of {len(children)} here"
    with st.container(horizontal=True):
        if st.button(label, type="primary", key="record_count"):
            record = partial(counting.count, here.store, now.outing.id, now.round.id, asked, ids)
            attempt(partial(record, stamp=each.group.stamp, extra=number, note=note, by=here.me))
        if st.button("Leave it"):
            leave()


def leave() -> None:
    session.forget("counting", "counted_away", "count_extra", "count_note")
    st.rerun()


def attempt(record: partial[None]) -> None:
    try:
        record()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        st.stop()
    leave()


def onward(here: Here, now: Now) -> None:
    """The next stage, or the end; nothing while a count does not match."""
    if now.blocks:
        return
    if now.round.stage == "back" and not now.uncounted:
        if st.button("End the outing", type="primary", icon=":material/check:"):
            attempt(partial(departures.end, here.store, now.outing.id, by=here.me))
        return
    ways = [words.Way("other", "Another stage")]
    if now.next:
        ways.insert(0, words.Way(f"go {now.next}", STAGES[now.next], first=not now.uncounted))
    taken = words.cards([words.Card(ways, [words.Line("Next count", strong=True)])], key="onward")
    if taken == "other":
        session.remember("stage_asked", True)
        st.rerun()
    if taken:
        go_on(here, now, now.next)
    if session.recall("stage_asked"):
        another(here, now)


def another(here: Here, now: Now) -> None:
    """Any stage, at any place; and why, where a group was not counted."""
    with st.container(border=True, width=700):
        stage = st.pills("Which stage?", list(STAGES), format_func=STAGES.__getitem__,
                         default=session.recall("stage_wanted"), key="stage")  # fmt: skip
        place = st.text_input("Where, if it is another place", key="stage_place")
        why = ""
        if now.uncounted:
            why = st.text_input("Why is a group not counted?", key="stage_why")
        if st.button("Begin this count"):
            if stage is None:
                words.badge("Please choose the stage.", "red", "alert")
                return
            go_on(here, now, stage, place, why)


def go_on(here: Here, now: Now, stage: str, place: str = "", why: str = "") -> None:
    """Begins a stage; where a group is not counted, it is asked why."""
    try:
        counting.move_on(here.store, now.outing.id, stage, place, why, by=here.me)
    except Incomplete as refusal:
        words.badge(str(refusal), "red", "alert")
        session.remember("stage_asked", True)
        session.remember("stage_wanted", stage)
        return
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("stage_asked", "stage_wanted", "stage", "stage_place", "stage_why")
    st.rerun()


page()
