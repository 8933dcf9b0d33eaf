"""Add Action: what was done, said or decided about an incident."""

from __future__ import annotations

import streamlit as st

from core import action_forms, actions, drafts, incidents
from core.actions import Form
from core.errors import Refused
from core.forms import Incomplete
from pages.parts import action_form, body_map, concern, menu, session, uploads, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    number = session.asked_for("number")
    try:
        found = incidents.find(here.store, session.number_asked_for(), by=here.me)
        form = opened(here, found)
        told = actions.told(here.store, form, by=here.me)
    except Refused as refusal:
        st.title("Add Action", anchor=False)
        words.line(str(refusal))
        return
    st.title(f"Add Action to #{number}", anchor=False)
    of = action_forms.body(here.store, form, by=here.me)
    words.line(f"About {of.pupil.name}, {of.pupil.class_name}")
    if st.button(f"Back to #{number}", icon=":material/arrow_back:"):
        menu.go_to("incident", number=number)
    with st.container(width=concern.WIDTH):
        action_form.answered(here, form)
        action_form.fill_in(here, form)
    body_map.draw(here, form, of.pupil, session.recall("action_wrong", {}), is_further=of.has_map)
    keep(here, form)
    with st.container(width=concern.WIDTH):
        st.header("Files", anchor=False)
        form.files = uploads.draw(here, form, key=f"files_{form.id}")
        action_form.problem("files")
        always = [each for each in told if each.person.id not in {*form.others, form.asked_of}]
        st.header("Who is told", anchor=False)
        with st.container(border=True):
            words.line("Always told about every action.", note=True)
            words.recipients((each.person.name, each.why) for each in always)
        send_off(here, form, number)


def opened(here: Here, incident: str) -> Form:
    """The form in this tab, with what was typed before this person had to sign in again."""
    form: Form | None = session.recall("action_form")
    if form is None or form.incident != incident:
        kept = (
            action_forms.from_draft(incident, draft.form, draft.fields)
            for draft in drafts.of(here.store, None, by=here.me)
        )
        form = next((form for form in kept if form), Form(incident=incident))
        session.forget(*body_map.OF_A_MAP, "action_wrong", "action_kept")
        session.hold("action_form", form)
    kind = session.asked_for("kind")
    if kind in action_forms.KINDS and session.recall("kind_asked") != kind:
        form.kind = kind
        session.remember("kind_asked", kind)
    return form


def keep(here: Here, form: Form) -> None:
    """Keeps the form as a draft, whenever it has changed in this tab. One that cannot be kept can
    still be sent."""
    draft = action_forms.to_draft(form)
    before = session.recall("action_kept", action_forms.to_draft(Form(incident=form.incident)))
    if draft != before:
        try:
            drafts.keep(here.store, form.id, draft, by=here.me)
        except Refused as refusal:
            words.badge(str(refusal), "orange", "alert")
        session.hold("action_kept", draft)


def send_off(here: Here, form: Form, number: str) -> None:
    """Adds the action, or says what is missing."""
    wrong = session.recall("action_wrong", {})
    words.block([words.Badge(text, "red", "alert") for text in wrong.values()])
    if not st.button("Add Action", type="primary", icon=":material/check:"):
        return
    try:
        actions.add(here.store, form, by=here.me)
    except Incomplete as incomplete:
        session.hold("action_wrong", incomplete.problems)
        st.rerun()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    drafts.wipe(here.store, form.id, by=here.me)
    session.release_uploads()
    session.forget("action_form", "action_wrong")
    menu.go_to("incident", number=number)


page()
