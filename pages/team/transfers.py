"""Transfers: which files are owed to other schools, and one that came from there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from core import moments, pupils, settings, transfers
from core.forms import Incomplete
from core.transfers import Form, Transfer
from pages.parts import concern, menu, moving, pickers, session, taking, words
from pages.parts.session import Here

TASKS = {"going": "A student leaves", "coming": "A file came from another school"}


def page() -> None:
    here = session.here()
    today = moments.today(settings.school(here.store).zone)
    st.title("Transfers", anchor=False)
    words.line("A student’s file has to be at the next school within five days of the last day "
               "here. It does not say which days: the earliest counts.", note=True)  # fmt: skip
    every = transfers.every(here.store, by=here.me)
    still = [each for each in every if each.is_open]
    if not still:
        words.line("No file is owed to another school.")
    opened = listed(still, today, "open")
    st.header("Add", anchor=False)
    task = st.segmented_control("What do you want to do?", list(TASKS), default="going",
                                required=True, format_func=TASKS.__getitem__)  # fmt: skip
    with st.container(width=concern.WIDTH):
        if task == "coming":
            taking.draw(here)
        else:
            begin(here)
    over = [each for each in every if not each.is_open]
    if over:
        with st.expander("Finished"):
            opened = listed(over, today, "over") or opened
    if opened:
        menu.go_to("transfer", transfer=opened)


def listed(some: Iterable[Transfer], today: date, which: str) -> str | None:
    """A card for each, with its clocks; the id of one that is opened."""
    cards = [
        words.Card(
            [words.Way(each.id, f"Open transfer {each.number}")],
            [words.Line(moving.said(each), strong=True, badges=moving.badges(each, today)),
             moving.clocks(each), *moving.asked(each)],
        )
        for each in some
    ]  # fmt: skip
    return words.cards(cards, key=f"transfers_{which}") if cards else None


def begin(here: Here) -> None:
    """One more transfer; what is refused keeps what was typed."""
    form = session.recall("transfer_form") or Form(pupil=session.asked_for("pupil"))
    session.remember("transfer_form", form)
    wrong: dict[str, str] = session.recall("transfer_wrong", {})
    known = pupils.ever(here.store, by=here.me)
    form.pupil = pickers.student("Student", known, chosen=form.pupil, key=f"moves_{form.id}")
    problem(wrong, "pupil")
    form.school = st.text_input("To which school?", form.school, key=f"school_{form.id}")
    problem(wrong, "school")
    form.contact = st.text_input("Whom do we reach there?", form.contact,
                                 key=f"contact_{form.id}",
                                 placeholder="Name, post and telephone")  # fmt: skip
    problem(wrong, "contact")
    form.leaving_on = st.date_input("Last day here", form.leaving_on, format="DD/MM/YYYY",
                                    key=f"leaving_{form.id}", width=180)  # fmt: skip
    problem(wrong, "leaving_on")
    form.reason = st.text_input("Why does the student move?", form.reason,
                                key=f"reason_{form.id}")  # fmt: skip
    problem(wrong, "reason")
    if st.button("Record the transfer", type="primary", icon=":material/check:"):
        try:
            transfers.record(here.store, form, by=here.me)
        except Incomplete as incomplete:
            session.remember("transfer_wrong", incomplete.problems)
            st.rerun()
        menu.go_to("transfer", transfer=form.id)


def problem(wrong: dict[str, str], name: str) -> None:
    """What is wrong with a field, beneath it."""
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


page()
