"""Who comes on an outing: the students of a class at a touch, the staff, and helpers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core import outing_company, outings, pupils
from core.errors import Refused
from core.outing_company import Helper
from core.outings import Whole
from core.store import new_id
from pages.parts import pickers, session, words
from pages.parts.session import Here, keyed

AWAY = words.Badge("Absent in the register", "orange", "alert")
ELSEWHERE = words.Badge("On another outing at that time", "gray", "lock")


def students(here: Here, whole: Whole) -> None:
    """A class, with one tap for all of it and one for each exception."""
    outing = whole.outing
    classes = pupils.classes(here.store, by=here.me)
    own = [child.pupil.class_name for child in whole.children] + [here.me.class_name]
    first = classes.index(own[0]) if own[0] in classes else 0
    class_name = st.selectbox("Class", classes, index=first, width=220)
    children = pupils.in_class(here.store, class_name, by=here.me) if class_name else []
    busy = outing_company.elsewhere(here.store, outing.id, by=here.me)
    coming = {child.pupil.id: child for child in whole.children}
    free = [child.id for child in children if child.id not in busy]
    words.line(f"{len([c for c in children if c.id in coming])} of {len(children)} of this class "
               "come.", note=True)  # fmt: skip
    if set(free) - coming.keys() and st.button("The whole class comes", icon=":material/check:"):
        attempt(partial(outing_company.bring, here.store, outing.id, free, by=here.me))
    why = ""
    if outing.state == "started":
        why = st.text_input("Why is a student not with you any more?", key=keyed("outing_why"))
    rows = [_row(child, coming.get(child.id), child.id in busy) for child in children]
    taps = words.taps(rows, key="outing_students")
    ways: dict[str, Callable[[str], None]] = {
        "comes": lambda id_: outing_company.bring(here.store, outing.id, [id_], by=here.me),
        "stays": lambda id_: outing_company.take_off(here.store, outing.id, id_, why, by=here.me),
    }
    carry_out(ways, taps)


def _row(pupil: pupils.Pupil, child: outings.Child | None, busy: bool) -> words.Slim:
    badges = [ELSEWHERE] * busy + [AWAY] * bool(child and child.is_absent)
    ways = [words.Way(f"comes {pupil.id}", "Comes", pressed=child is not None),
            words.Way(f"stays {pupil.id}", "Stays", pressed=child is None)]  # fmt: skip
    return words.Slim(ways * (not busy), [words.Line(pupil.name, badges=badges)])


def adults(here: Here, whole: Whole) -> None:
    """Who comes along, and somebody more."""
    outing = whole.outing
    cards = []
    for group in whole.groups:
        adult = group.adult
        told = adult.phone or "A member of staff"
        badges = [words.Badge("Leads the outing", "violet", "flag")]
        line = words.Line(adult.name, strong=True, aside=told,
                          badges=badges * (adult.id == outing.leader))  # fmt: skip
        ways = [words.Way(adult.id, "Take off")] * (adult.id != outing.leader)
        cards.append(words.Card(ways, [line]))
    if taken := words.cards(cards, key="outing_adults"):
        attempt(partial(outing_company.stay_behind, here.store, outing.id, taken, by=here.me))
    nth = session.recall("outing_added", "")
    with st.container(width=700):
        person = pickers.one_of_staff("Member of staff", outings.staff(here.store, by=here.me),
                                      chosen="", key=f"outing_staff_{nth}")  # fmt: skip
        if st.button("Add", key=keyed("add_staff")):
            attempt(partial(outing_company.come_along, here.store, outing.id, person, by=here.me))
        helper = Helper()
        helper.name = st.text_input("Helper without an account", key=f"helper_{nth}")
        helper.phone = st.text_input("Telephone on the way", key=f"helper_phone_{nth}")
        if st.button("Add helper"):
            attempt(partial(outing_company.help_along, here.store, outing.id, helper, by=here.me))


def carry_out(ways: dict[str, Callable[[str], None]], taps: list[words.Tap]) -> None:
    """Carries out what was tapped, in order, and says once what was refused."""
    if not taps:
        return
    refusals: list[str] = []
    for tap in taps:
        what, _, id_ = tap.opens.partition(" ")
        try:
            ways[what](id_)
        except Refused as refusal:
            refusals.append(str(refusal))
    words.taken(taps)
    if refusals:
        words.block([words.Badge(text, "red", "alert") for text in dict.fromkeys(refusals)])
    else:
        st.rerun()


def attempt(record: Callable[[], None]) -> None:
    """Records, or says why not and keeps what was typed."""
    try:
        record()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.remember("outing_added", new_id())
    st.rerun()
