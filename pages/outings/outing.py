"""An outing: what it lacks, who comes, who is with whom, its risk assessment and its counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core import departures, outing_plans, outings
from core.errors import Refused
from core.outings import Whole
from pages.parts import (
    company,
    counted,
    group_cards,
    menu,
    outing_cards,
    outing_form,
    risks,
    session,
    words,
)
from pages.parts.session import Here, keyed

PARTS = {"students": "Students", "adults": "Adults", "groups": "Groups",
         "risks": "Risk assessment", "plan": "Plan", "counts": "Counts"}  # fmt: skip

OVER = ("groups", "risks", "counts")  # what there is to see of an outing that is over


def page() -> None:
    here = session.here()
    try:
        whole = outings.open(here.store, session.asked_for("outing"), by=here.me)
    except Refused as refusal:
        st.title("Outing", anchor=False)
        words.line(str(refusal))
        return
    words.block(outing_cards.head(whole))
    if whole.outing.state == "planned":
        start(here, whole)
    under_way = whole.outing.state == "started"
    if under_way and st.button("Head count", type="primary", icon=":material/checklist:"):
        menu.go_to("head-count", outing=whole.outing.id)
    parts(here, whole)


def parts(here: Here, whole: Whole) -> None:
    """One part at a time, the one that is needed first."""
    parts_ = PARTS if whole.outing.is_open else OVER
    first = "counts" if parts_ is OVER else "groups" if whole.children else "students"
    part = st.segmented_control("What do you want to see?", list(parts_), default=first,
                                format_func=PARTS.__getitem__, required=True)  # fmt: skip
    ways: dict[str, Callable[[], None]] = {
        "students": partial(company.students, here, whole),
        "adults": partial(company.adults, here, whole),
        "groups": partial(group_cards.draw, here, whole),
        "risks": partial(risks.draw, here, whole.outing),
        "plan": partial(plan, here, whole),
        "counts": partial(counted.history, here, whole),
    }
    ways[part]()


def start(here: Here, whole: Whole) -> None:
    """What it lacks; or the one button that starts it."""
    if lacks := departures.lacking(whole):
        words.block([words.Badge(said, "orange", "hourglass") for said in lacks])
        return
    why = ""
    if asked := departures.questions(whole):
        words.block([words.Badge(said, "orange", "alert") for said in asked])
        why = st.text_input("Why does it start all the same?", key=keyed("outing_start"))
    if st.button("Start the outing", type="primary", icon=":material/arrow_forward:"):
        try:
            departures.start(here.store, whole.outing.id, why, by=here.me)
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        menu.go_to("head-count", outing=whole.outing.id)


def plan(here: Here, whole: Whole) -> None:
    """Another day, time, place or leader; or it is called off."""
    outing = whole.outing
    with st.container(width=700):
        form = outing_form.draw(here, outing, key=outing.id, id_=outing.id)
        words.line("Another day or place takes another approval.", note=True)
        if st.button("Record the change"):
            company.attempt(partial(outing_plans.change, here.store, form, by=here.me))
        if outing.state == "planned":
            why = st.text_input("Why is it called off?", key=keyed("outing_off"))
            if st.button("Call it off"):
                company.attempt(partial(departures.call_off, here.store, outing.id, why,
                                        by=here.me))  # fmt: skip


page()
