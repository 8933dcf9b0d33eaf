"""Conference report: what the school tells a conference about a child, and earlier ones."""

from __future__ import annotations

import streamlit as st

from core import chronology, drafts, moments, settings
from core.errors import Refused
from core.reports import conference, conference_form
from core.reports.conference_form import Form
from core.reports.statements import SECTIONS
from pages.parts import concern, exported, exporting, menu, session, sharing, stated, words
from pages.parts.session import Here, keyed

AGAIN = "again_wrong"  # what is wrong with the fields of an earlier report


def page() -> None:
    here = session.here()
    st.title("Conference report", anchor=False)
    try:
        pupil = chronology.of(here.store, session.asked_for("pupil"), by=here.me).pupil
        form = opened(here, pupil.id)
    except Refused as refusal:
        words.line(str(refusal))
        return
    words.line(f"About {pupil.name}, {pupil.class_name}")
    if st.button("Back to the chronology", icon=":material/arrow_back:"):
        menu.go_to("chronology", pupil=pupil.id)
    with st.container(width=concern.WIDTH):
        if waiting := session.recall("export_ready"):
            exported.ready(*waiting)
        earlier(here, form)
        words.line("Names, dates, plans and the significant events come from the record. "
                   "What you write is kept for seven days: you can stop and come back.",
                   note=True)  # fmt: skip
        family(form)
        for key in SECTIONS:
            stated.section(form, key)
        sharing.draw(form)
        send_off(here, form)
    keep(here, form)


def opened(here: Here, pupil: str) -> Form:
    """The form in this tab, or what was typed before and not made into a report."""
    form: Form | None = session.recall("conference_form")
    if form is None or form.pupil != pupil:
        kept = (conference_form.from_draft(pupil, draft.form, draft.fields)
                for draft in drafts.of(here.store, by=here.me))  # fmt: skip
        form = next((form for form in kept if form), Form(pupil=pupil))
        session.forget("conference_wrong", "conference_kept")
        session.remember("conference_form", form)
    return form


def keep(here: Here, form: Form) -> None:
    """Keeps the form as a draft, whenever it has changed in this tab."""
    draft = conference_form.to_draft(form)
    if draft != session.recall("conference_kept", draft if not form.is_begun else None):
        try:
            drafts.keep(here.store, form.id, draft, by=here.me)
        except Refused as refusal:
            words.badge(str(refusal), "orange", "alert")
    session.remember("conference_kept", draft)


def family(form: Form) -> None:
    """The conference, the family, who works with them, and why the school does."""
    st.header("The conference", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form.conference = st.text_input(
            "What conference is it for?", form.conference, key=f"conference_{form.id}",
            placeholder="For example: initial child protection conference")  # fmt: skip
        form.held_on = st.date_input("Date of the conference", form.held_on, format="DD/MM/YYYY",
                                     key=f"held_{form.id}", width=180)  # fmt: skip
    stated.problem("conference")
    form.recipient = st.text_input("For whom?", form.recipient, key=f"recipient_{form.id}",
                                   placeholder="Name, post and organisation")  # fmt: skip
    stated.problem("recipient")
    st.header("The family", anchor=False)
    form.names_used = st.text_input("Other names the child uses", form.names_used,
                                    key=f"names_{form.id}")  # fmt: skip
    form.carers = stated.text(
        form, "Parents, carers and who lives at home", "carers", form.carers,
        hint="One a line: name, relation to the child, parental responsibility.")  # fmt: skip
    stated.problem("carers")
    form.professionals = stated.text(
        form, "Professionals and agencies", "professionals", form.professionals,
        hint="One person a line: name, post, agency, telephone.")  # fmt: skip
    form.why = stated.text(
        form, "Why is the school involved, and what has it done?", "why", form.why, height=180,
        hint="What began it, what support was given, and what difference it made. "
        "First and last concern and the numbers come from the record.")  # fmt: skip
    stated.problem("why")


def send_off(here: Here, form: Form) -> None:
    """Makes the report once the code is given, or says everything that is missing."""
    st.header("Make the report", anchor=False)
    words.line("It is recorded as it is made, and can be opened again word for word.", note=True)
    given = exporting.code()
    for name in ("code", "export"):
        stated.problem(name)
    if missing := len(session.recall("conference_wrong", {})):
        words.badge(f"Still to do: {missing}. Each is marked at its place above.", "red", "alert")
    if st.button("Make the report", type="primary"):
        keep(here, form)
        exporting.make(
            here, lambda stage: conference.make(here.store, form, given, by=here.me, stage=stage),
            wrong="conference_wrong", done=lambda: leave(here, form),
        )  # fmt: skip


def leave(here: Here, form: Form) -> None:
    """The report is made: its draft is wiped, and a new form opened."""
    drafts.wipe(here.store, form.id, by=here.me)
    session.forget("conference_form", "conference_kept")


def earlier(here: Here, form: Form) -> None:
    """The reports that were made, each with a way to open it again."""
    lines = conference.earlier(here.store, form.pupil, by=here.me)
    if not lines:
        return
    zone = settings.school(here.store).zone
    made = {each.id: moments.full(each.recorded_at, zone) for each in lines}
    with st.expander("Earlier reports"):
        for each in lines:
            words.line(f"{each.conference}, made {made[each.id]} by {each.author}")
        which = st.selectbox("Which one?", list(made), key=keyed("again_which"),
                             format_func=lambda id_: made.get(id_, ""))  # fmt: skip
        whom = st.text_input("For whom is it opened?", key=keyed("again_recipient"),
                             placeholder="Name, post and organisation")  # fmt: skip
        exporting.problem("recipient", AGAIN)
        given = exporting.code("Authenticator code for this one")
        for name in ("code", "export"):
            exporting.problem(name, AGAIN)
        if st.button("Open it again"):
            exporting.make(here, lambda stage: conference.again(
                here.store, which, whom, given, by=here.me, stage=stage), wrong=AGAIN)  # fmt: skip


page()
