"""Hand over: each child of a class goes home with an adult of the list, or as it is permitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from core import handover, hometime, pupils, registers, settings
from core.errors import Refused
from core.hometime import Leaving
from core.permissions import Verb, may
from pages.parts import focus, leaving, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Hand over", anchor=False)
    classes = pupils.classes(here.store, by=here.me)
    if not classes:
        words.line("There are no students yet. The office or a lead can import them.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = here.me.class_name if here.me.class_name in classes else classes[0]
        class_name = st.selectbox("Class", classes, index=classes.index(own), width=220)
        day = st.date_input("Day", registers.newest_day(here.store, by=here.me),
                            format="DD/MM/YYYY", width=160)  # fmt: skip
    try:
        everybody = hometime.of_class(here.store, class_name, day, by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    draw(here, everybody, day)


def draw(here: Here, everybody: Sequence[Leaving], day: date) -> None:
    """Whom nobody has collected first, then the whole class."""
    school = settings.school(here.store)
    gone = len([child for child in everybody if child.is_gone])
    words.line(f"{gone} of {len(everybody)} have gone. Home time is {school.home_time}.", note=True)
    asked = session.recall("handing_over")
    mine = [child for child in everybody if not child.is_family]
    other = next((child for child in mine if child.pupil == asked), None)
    if other:
        somebody_else(here, other, day)
    late = [child for child in mine if child.is_late]
    if late:
        badge = words.Badge("Not collected", "red", "clock")
        words.block([words.Heading(f"{len(late)} still here after home time", badges=[badge])])
        rung = words.taps(leaving.uncollected(late, school.zone), key="uncollected")
        take(here, rung, day)
        st.header("Everybody", anchor=False)
    rows = [leaving.row(child, day, school.zone) for child in everybody]
    take(here, words.taps(rows, key="hand_over"), day)


def take(here: Here, taps: Sequence[words.Tap], day: date) -> None:
    """Carries out what was tapped, in order; the first that is refused is said why."""
    if not taps:
        return
    store, me = here.store, here.me
    session.forget("handing_over")
    refusals: list[str] = []
    for tap in taps:
        what, pupil, adult = tap.opens.split(" ")
        ways: dict[str, Callable[[], None]] = {
            "to": partial(handover.hand_to, store, pupil, adult, day, by=me),
            "answered": partial(handover.tried, store, pupil, adult, day, answered=True, by=me),
            "unanswered": partial(handover.tried, store, pupil, adult, day, answered=False, by=me),
            "other": partial(session.remember, "handing_over", pupil),
        }
        try:
            ways.get(what, partial(handover.let_go, store, pupil, what, day, by=me))()
        except Refused as refusal:
            refusals.append(str(refusal))
        if what == "other":
            focus.goes_to("handing_over")
    words.taken(taps)
    if refusals:
        words.block([words.Badge(text, "red", "alert") for text in dict.fromkeys(refusals)])
        return
    st.rerun()


def somebody_else(here: Here, child: Leaving, day: date) -> None:
    """Only a lead lets a child go otherwise, with a reason; everybody else is told whom to find."""
    focus.here("handing_over")
    with st.container(border=True, width=700):
        words.line(f"{words.apart(child.name)} with somebody else", strong=True)
        if may(here.me, Verb.OVERRIDE_HAND_OVER):
            name = st.text_input("With whom, if anybody", key=f"other_name_{child.pupil}")
            reason = st.text_input("Why may the child go in this way?", key=f"why_{child.pupil}")
            if st.button("Let the child go", type="primary"):
                allow(here, child, name, reason, day)
        else:
            words.lines(
                "Only the adults on the list may collect this child. Keep the child here, and "
                "find a safeguarding lead: a lead can allow it with a reason."
            )
        if st.button("Back to the class"):
            session.forget("handing_over")
            st.rerun()


def allow(here: Here, child: Leaving, name: str, reason: str, day: date) -> None:
    try:
        handover.override(here.store, child.pupil, name, reason, day, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("handing_over")
    st.rerun()


page()
