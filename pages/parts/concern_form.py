"""The form of a concern, from the student to sending it off. What is missing is told at once."""

from __future__ import annotations

import streamlit as st

from core import drafts, forms, pupils, settings
from core.errors import Refused
from core.forms import Form
from core.pupils import Pupil
from core.store import new_id
from pages.parts import (
    body_map,
    concern,
    papering,
    particulars,
    session,
    words,
)
from pages.parts.concern import Section
from pages.parts.session import Here


def fill_in(here: Here, form: Form) -> None:
    """The form itself; whatever is chosen is kept as a draft at once."""
    st.title("Enter a paper form" if form.paper else "Add Incident", anchor=False)
    school = settings.school(here.store)
    at = Section(here, form, session.recall("wrong", {}))
    chosen = known(here, form)
    papering.draw(at)
    sure = concern.student(at, chosen, confirmed=session.recall("confirmed", False))
    if sure != session.recall("confirmed", False) or (chosen and not form.pupil):
        session.hold("confirmed", sure)
        st.rerun()
    concern.when(at, school)
    concern.account(at)
    body_map.draw(here, form, chosen, at.wrong)
    concern.contacts(at)
    particulars.kinds(at)
    links(at)
    particulars.recipients(at)
    particulars.files(at)
    particulars.bodies(at)
    particulars.urgent(at, school)
    keep(here, form)
    look_again(at, sure=sure)
    send_off(at, sure=sure)


def known(here: Here, form: Form) -> Pupil | None:
    """The student who was chosen; one that an address or an old draft made up is let go of."""
    try:
        return pupils.of(here.store, form.pupil, by=here.me) if form.pupil else None
    except Refused:
        form.pupil = ""
        return None


def keep(here: Here, form: Form) -> None:
    """Keeps the form as a draft, whenever it has changed in this tab."""
    draft = forms.to_draft(form)
    if forms.is_begun(form) and draft != session.recall("kept"):
        try:
            drafts.keep(here.store, form.id, draft, by=here.me)
        except Refused as refusal:  # it can still be sent
            words.badge(str(refusal), "orange", "alert")
        session.hold("kept", draft)


def links(at: Section) -> None:
    """The linked students, with lines that come and go."""
    rows: list[str] = session.recall("rows")
    asked = particulars.linked(at, rows)
    if asked == "more":
        session.hold("rows", [*rows, new_id()])
    elif asked:
        at.form.linked = [
            line for row, line in zip(rows, at.form.linked, strict=True) if row != asked
        ]
        session.hold("rows", [row for row in rows if row != asked])
    if asked:
        st.rerun()


def missing(at: Section, *, sure: bool) -> dict[str, str]:
    """What keeps the form from being sent, with a student who was not confirmed."""
    wrong = forms.problems(at.here.store, at.form, by=at.here.me)
    if not sure and "pupil" not in wrong:
        wrong = {"pupil": "Please confirm that this is the student.", **wrong}
    return wrong


def look_again(at: Section, *, sure: bool) -> None:
    """Lets go of what was wrong, once it has been put right."""
    if at.wrong and (wrong := missing(at, sure=sure)) != at.wrong:
        session.hold("wrong", wrong)
        st.rerun()


def send_off(at: Section, *, sure: bool) -> None:
    """Says what is missing, all at once, or goes on to the review."""
    if at.wrong:
        with st.container(width=concern.WIDTH):
            words.block([words.Badge(text, "red", "alert") for text in at.wrong.values()])
    with st.container(horizontal=True, vertical_alignment="center"):
        ready = st.button("Check and send", type="primary", icon=":material/arrow_forward:")
        words.line("What you type is kept as a draft until you send it.", note=True)
    if ready:
        wrong = missing(at, sure=sure)
        session.hold("wrong", wrong)
        session.hold("reviewing", not wrong)
        st.rerun()
