"""The form for a concern: which child, when, and what happened; then `particulars`."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core import clock, forms, moments, pupils
from core.forms import Form
from core.pupils import Pupil
from core.settings import School
from pages.parts import focus, pickers, words
from pages.parts.session import Here

WIDTH = 700


class Section:
    """One form on one screen: what was filled in, what is wrong with it, and who fills it in."""

    def __init__(self, here: Here, form: Form, wrong: Mapping[str, str]) -> None:
        self.here, self.form, self.wrong = here, form, wrong

    def key(self, name: str) -> str:
        """A widget's key. What is typed under a `draft_` key is kept while it is typed."""
        return f"draft_{self.form.id}__{name}"

    def problem(self, *names: str) -> None:
        """What is wrong with a field, beneath it."""
        for name in names:
            if name in self.wrong:
                words.badge(self.wrong[name], "red", "alert")


def student(at: Section, chosen: Pupil | None, *, confirmed: bool) -> bool:
    """The child: found by name, shown on a card, and confirmed. Says whether they are."""
    st.header("Student", anchor=False)
    with st.container(width=WIDTH):
        if chosen is None:
            everyone = pupils.everyone(at.here.store, by=at.here.me)
            at.form.pupil = pickers.student(
                "Find by any part of a name", everyone, chosen="", key=at.key("pupil")
            )
            at.problem("pupil")
            if at.form.pupil:
                focus.goes_to("student")
                st.rerun()
            words.line("Not listed? The office or a safeguarding lead can add them.", note=True)
            return False
        return _card(at, chosen, confirmed=confirmed)


def _card(at: Section, pupil: Pupil, *, confirmed: bool) -> bool:
    focus.here("student")
    with st.container(border=True):
        mark = [words.Badge("Confirmed", "green", "check")] if confirmed else []
        note = f"{pupil.class_name} · born {moments.day(pupil.born_on)}"
        known_as = f" ({pupil.known_as})" if pupil.known_as else ""
        words.block([words.Heading(pupil.name + known_as, note, 3, mark)])
        with st.container(horizontal=True, vertical_alignment="center"):
            words.line("Nothing can be deleted later, so please be sure.", note=True)
            if not confirmed:
                confirmed = st.button("This is the student", type="primary", key="confirm")
            if st.button("Choose someone else", key="someone_else"):
                at.form.pupil = ""
                confirmed = False
    at.problem("pupil")
    return confirmed


def when(at: Section, school: School) -> None:
    """When it happened: a date, a time, or about that time."""
    now = clock.now().astimezone(school.zone)
    before = (at.form.occurred_at or now).astimezone(school.zone)
    st.header("When it happened", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", width=WIDTH):
        day = st.date_input(
            "Date",
            before.date(),
            max_value=now.date(),
            format="DD/MM/YYYY",
            key=at.key("date"),
            width=180,
        )
        time = st.time_input("Time", before.time(), step=300, key=at.key("time"), width=140)
        at.form.about_time = st.checkbox("About this time", at.form.about_time, key=at.key("about"))
    at.form.occurred_at = moments.at(day, time, school.zone) if day and time else None
    at.problem("occurred_at")


def account(at: Section) -> None:
    """What happened, with the guide beside it, and the child's own words apart."""
    st.header("Incident", anchor=False)
    text, guide = st.columns([7, 4], gap="large")
    with text:
        at.form.account = st.text_area(
            "What you saw, heard and were told",
            at.form.account,
            height=380,
            key=at.key("account"),
        )
        at.problem("account")
        at.form.child_words = st.text_area(
            "The child’s own words", at.form.child_words, height=96, key=at.key("child_words")
        )
        words.line("Exactly as said, even if it seems wrong or rude.", note=True)
    with guide, st.container(border=True):
        tips = [line for head, tip in forms.GUIDE for line in (words.Line(head, strong=True), tip)]
        words.lines(words.Line("As you write", strong=True), *tips)


def contacts(at: Section) -> None:
    """Whether parents were contacted, a lead was told in person, and where the notes are."""
    st.header("Parents, and who was told", anchor=False)
    with st.container(width=WIDTH):
        before = {True: "Yes", False: "No", None: None}[at.form.parents_contacted]
        answer = st.segmented_control(
            "Have parents been contacted?", ["Yes", "No"], default=before, key=at.key("parents")
        )
        at.form.parents_contacted = None if answer is None else answer == "Yes"
        at.problem("parents_contacted")
        if answer == "No":
            at.form.parents_why_not = st.text_input(
                "Why not?",
                at.form.parents_why_not,
                placeholder="For example: it might put the child at risk",
                key=at.key("parents_why_not"),
            )
            at.problem("parents_why_not")
        _in_person(at)
        if at.form.paper is None:
            at.form.original_notes = st.text_input(
                "Original notes on paper",
                at.form.original_notes,
                placeholder="None, scanned below, or where they are kept",
                key=at.key("original_notes"),
            )


def _in_person(at: Section) -> None:
    who, when_ = st.columns([3, 1])
    with who:
        at.form.told_in_person = st.text_input(
            "Which safeguarding lead have you told in person?",
            at.form.told_in_person,
            placeholder="Nobody yet",
            key=at.key("told_in_person"),
        )
    with when_:
        at.form.told_at = st.text_input("At what time?", at.form.told_at, key=at.key("told_at"))
