"""Register: which child of a class is here, with one tap a child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from core import moments, pupils, register_marks, registers, settings, unaccounted
from core.errors import Refused
from core.permissions import Verb, may
from core.register_marks import SESSIONS
from core.registers import Register, Row
from pages.parts import focus, marked, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Register", anchor=False)
    classes = pupils.classes(here.store, by=here.me)
    if not classes:
        words.line("There are no students yet. The office or a lead can import them.")
        return
    if may(here.me, Verb.SEE_UNACCOUNTED):
        not_accounted(here)
    class_name, day, when = chosen(here, classes)
    try:
        register = registers.of(here.store, class_name, day, when, by=here.me)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    summary(here, register)
    taps(here, register)


def not_accounted(here: Here) -> None:
    """Whom the registers that have closed leave open, in every class."""
    found = unaccounted.now(here.store, by=here.me)
    if not found:
        return
    badge = words.Badge("Not accounted for", "red", "alert")
    words.block([words.Heading(f"{len(found)} at the close of a register", badges=[badge])])
    cards = [
        words.Card([words.Way(str(nth), "Open the register", first=True)], [words.Line(each.said)])
        for nth, each in enumerate(found)
    ]
    if taken := words.cards(cards, key="unaccounted"):
        session.hold("register_class", found[int(taken)].class_name)
        session.hold("register_session", found[int(taken)].session)
        session.hold("register_day", registers.newest_day(here.store, by=here.me))
        st.rerun()


def chosen(here: Here, classes: list[str]) -> tuple[str, date, str]:
    """The class, the day and the session; at first one’s own class, now."""
    own = here.me.class_name if here.me.class_name in classes else classes[0]
    if session.recall("register_class") not in classes:
        session.hold("register_class", own)
    if session.recall("register_session") is None:
        session.hold("register_session", registers.session_now(here.store, by=here.me))
    if session.recall("register_day") is None:
        session.hold("register_day", registers.newest_day(here.store, by=here.me))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        class_name = st.selectbox("Class", classes, key="register_class", width=220)
        when = st.segmented_control("Session", list(SESSIONS), key="register_session",
                                    required=True, format_func=SESSIONS.__getitem__)  # fmt: skip
        day = st.date_input("Day", format="DD/MM/YYYY", key="register_day", width=160)
    return class_name, day, when or "morning"


def summary(here: Here, register: Register) -> None:
    """How many are marked, and the one tap for all of whom nothing else is said."""
    done = len(register.rows) - len(register.unmarked)
    words.line(f"{done} of {len(register.rows)} marked, {moments.day(register.day)}. "
               f"The register closes at {register.closes:%H:%M}.", note=True)  # fmt: skip
    if register.unmarked:
        label = "All present" if not done else "All others present"
        if st.button(label, type="primary", icon=":material/check:"):
            attempt(partial(registers.all_present, here.store, register.class_name, register.day,
                            register.session, by=here.me))  # fmt: skip


def taps(here: Here, register: Register) -> None:
    """The children, each with what they can be; the reasons beneath the one they are asked for."""
    asked = session.recall("register_reason")
    upto = next((n for n, row in enumerate(register.rows, 1) if row.pupil == asked), 0)
    above = register.rows[:upto] or register.rows
    below = register.rows[upto:] if upto else ()
    _cards(here, register, above, key="register")
    if upto:
        reason(here, register, register.rows[upto - 1])
    if below:
        _cards(here, register, below, key="register_below")


def _cards(here: Here, register: Register, rows: tuple[Row, ...], *, key: str) -> None:
    zone = settings.school(here.store).zone
    taps = words.taps([marked.row(each, zone) for each in rows], key=key)
    if not taps:
        return
    told = [tap.opens.split(" ") for tap in taps]
    marks = {pupil: what for what, pupil in told if what != "reason"}
    what, pupil = told[-1]
    session.forget("register_reason")
    if what == "reason":
        session.remember("register_reason", pupil)
        focus.goes_to("register_reason")
    attempt(partial(registers.mark, here.store, register.day, register.session, marks,
                    by=here.me), taps)  # fmt: skip


def reason(here: Here, register: Register, row: Row) -> None:
    """Why a child is absent."""
    focus.here("register_reason")
    names = {kind.key: kind.name for kind in register_marks.reasons()}
    with st.container(border=True):
        words.line(f"Why is {words.apart(row.name)} absent?", strong=True)
        picked = st.pills("Reason", list(names), format_func=names.__getitem__,
                          key=f"reason_{row.pupil}", wrap=True)  # fmt: skip
        if st.button("Leave it open"):
            session.forget("register_reason")
            st.rerun()
    if picked:
        session.forget("register_reason", f"reason_{row.pupil}")
        attempt(partial(registers.mark, here.store, register.day, register.session,
                        {row.pupil: picked}, by=here.me))  # fmt: skip


def attempt(record: partial[None], taps: Sequence[words.Tap] = ()) -> None:
    """Records, and says why not where it is refused."""
    try:
        record()
    except Refused as refusal:
        words.taken(taps)
        words.badge(str(refusal), "red", "alert")
        return
    words.taken(taps)
    st.rerun()


page()
