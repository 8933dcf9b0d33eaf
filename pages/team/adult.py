"""Concern about an adult: raise one, or one about yourself, and read that it was received."""

from __future__ import annotations

import streamlit as st

from core import adults, clock, moments, pupils, settings
from core.adults import Form
from core.errors import Refused
from core.forms import Incomplete
from core.person import Role
from core.settings import School
from pages.parts import pickers, session, words
from pages.parts.session import Here

WIDTH = 700


def page() -> None:
    here = session.here()
    st.title("Concern about an adult", anchor=False)
    if session.recall("adult_sent"):
        words.badge("Received. Thank you for saying it.", "green", "check")
        if st.button("Raise another one"):
            session.forget("adult_sent", "adult_form")
            st.rerun()
    else:
        filled_in(here)
    received(here)


def filled_in(here: Here) -> None:
    """The form, who will be told, and sending it."""
    if session.recall("adult_form") is None:
        session.remember("adult_form", Form())
    form: Form = session.recall("adult_form")
    words.line("For whatever an adult who works here said or did, also for what seems small, and "
               "for what you did yourself. If a child is in danger now, tell the head in person.",
               note=True)  # fmt: skip
    with st.container(width=WIDTH):
        whom(here, form)
        what(form, settings.school(here.store))
        everyone = pupils.everyone(here.store, by=here.me)
        form.children = pickers.students("Children who were involved, if any", everyone,
                                         key=f"children_{form.id}")  # fmt: skip
        goes_to(here, form)
        if not st.button("Send", type="primary"):
            return
        try:
            adults.add(here.store, form, by=here.me)
        except Incomplete as incomplete:
            session.remember("adult_wrong", incomplete.problems)
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        else:
            session.forget("adult_wrong")
            session.remember("adult_sent", True)
    st.rerun()


def whom(here: Here, form: Form) -> None:
    """Somebody on the staff list, or a name."""
    choices = adults.choices(here.store, by=here.me)
    form.adult = pickers.one_of_staff("Whom is it about? You can choose yourself.", choices,
                                      chosen="", key=f"adult_{form.id}")  # fmt: skip
    form.adult_name = st.text_input("Or a name, of a volunteer, supply teacher or contractor",
                                    key=f"adult_name_{form.id}")  # fmt: skip
    problem("adult")


def what(form: Form, school: School) -> None:
    """How serious it is, when and where it happened, and what."""
    form.level = st.radio("Which is it?", list(adults.LEVELS), index=None, key=f"level_{form.id}",
                          format_func=lambda key: adults.LEVELS[key]) or ""  # fmt: skip
    problem("level")
    today = clock.now().astimezone(school.zone)
    with st.container(horizontal=True):
        day = st.date_input("Date", today.date(), format="DD/MM/YYYY", key=f"day_{form.id}",
                            width=180)  # fmt: skip
        time = st.time_input("Time", today.time(), step=300, key=f"time_{form.id}", width=140)
    form.occurred_at = moments.at(day, time, school.zone) if day and time else None
    problem("occurred_at")
    form.place = st.text_input("Where", key=f"place_{form.id}")
    problem("place")
    form.account = st.text_area("What happened", key=f"account_{form.id}", height=240)
    problem("account")


def goes_to(here: Here, form: Form) -> None:
    """Who will be told; what to do where nobody can be."""
    if not (form.adult or form.adult_name.strip()):
        return
    told = adults.told(here.store, form, by=here.me)
    if told:
        names = ", ".join(f"{p.name}, {p.post}" if p.post else p.name for p in told)
        words.line(f"Goes to {names}. Whom it is about is told nothing.")
        if form.level == "low_level" and told[0].role is Role.HEAD:
            words.line("Safeguarding leads can read it as well, unless it is about them.")
    else:
        words.badge("Nobody here may read this. Send it, and ring the local authority’s "
                    "designated officer (LADO) today.", "red", "alert")  # fmt: skip


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    if sentence := session.recall("adult_wrong", {}).get(name):
        words.badge(sentence, "red", "alert")


def received(here: Here) -> None:
    """When those that I raised were received; nothing more is told afterwards."""
    mine = adults.received(here.store, by=here.me)
    if not mine:
        return
    zone = settings.school(here.store).zone
    st.header("Received", anchor=False)
    words.lines(*(moments.short(each.recorded_at, zone) for each in mine))
    words.line("For everybody’s sake you are not told what comes of it.", note=True)


page()
