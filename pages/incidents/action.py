"""Add Action: what was done, said or decided about an incident."""

from __future__ import annotations

import streamlit as st

from core import actions, body_maps, drafts, incidents, people
from core.actions import Form
from core.drafts import Draft
from core.errors import Refused
from core.forms import Incomplete
from pages.parts import body_map, concern, menu, pickers, session, uploads, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    number = session.asked_for("number")
    try:
        found = incidents.find(here.store, int(number) if number.isdecimal() else 0, by=here.me)
        form = opened(here, found)
        told = actions.told(here.store, form, by=here.me)
    except Refused as refusal:
        st.title("Add Action", anchor=False)
        words.line(str(refusal))
        return
    st.title(f"Add Action to #{number}", anchor=False)
    with st.container(width=concern.WIDTH):
        fill_in(here, form)
    of = actions.body(here.store, form, by=here.me)
    body_map.draw(here, form, of.pupil, session.recall("action_wrong", {}), is_further=of.has_map)
    keep(here, form)
    with st.container(width=concern.WIDTH):
        form.files = uploads.draw(here, form, key=f"files_{form.id}")
        problem("files")
        always = [each for each in told if each.person.id not in {*form.others, form.asked_of}]
        with st.container(border=True):
            words.line("Always told about every action.", note=True)
            words.recipients((each.person.name, each.why) for each in always)
        send_off(here, form, number)


def opened(here: Here, incident: str) -> Form:
    """The form in this tab, with what was typed before this person had to sign in again."""
    form: Form | None = session.recall("action_form")
    if form is None or form.incident != incident:
        form = Form(incident=incident)
        for draft in drafts.of(here.store, None, by=here.me):
            if field(incident) in draft.fields:
                form = restored(incident, draft)
        session.remember("action_form", form)
    return form


def restored(incident: str, draft: Draft) -> Form:
    """The form that a draft kept."""
    fields = draft.fields
    drawn = body_maps.from_draft(fields.get("action_body_map", ""), fields)
    account = fields[field(incident)]
    return Form(id=draft.form, incident=incident, account=account, body_map=drawn)


def keep(here: Here, form: Form) -> None:
    """Keeps the form as a draft, if there is anything in it."""
    if form.account or form.body_map:
        drawn = body_maps.to_draft(form.body_map)
        kept = {field(form.incident): form.account, "action_body_map": drawn}
        drafts.keep(here.store, form.id, kept, by=here.me)


def field(incident: str) -> str:
    """Under which name the words are kept while they are typed, before the page runs again: it
    has to tell by itself which incident they belong to."""
    return f"action_{incident}"


def fill_in(here: Here, form: Form) -> None:
    """The fields, each with what is wrong with it."""
    staff = people.colleagues(here.store, by=here.me)
    form.kind = st.segmented_control(
        "What kind of action is it?", list(actions.KINDS), default=form.kind, required=True,
        format_func=lambda key: actions.KINDS[key], key=f"kind_{form.id}",
    )  # fmt: skip
    form.account = st.text_area(
        "What was done, said or decided",
        form.account,
        height=180,
        key=f"draft_{form.id}__{field(form.incident)}",
    )
    problem("account")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form.asked_of = pickers.one_of_staff(
            "Ask somebody to do something", staff, chosen=form.asked_of, key=f"asked_{form.id}"
        )
        form.due_on = st.date_input(
            "By", form.due_on, format="DD/MM/YYYY", key=f"due_{form.id}", width=180
        )
    problem("asked_of")
    form.others = pickers.staff(
        "Others who need to know", staff, chosen=form.others, key=f"others_{form.id}"
    )


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("action_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


def send_off(here: Here, form: Form, number: str) -> None:
    """Adds the action, or says what is missing."""
    if not st.button("Add Action", type="primary", icon=":material/check:"):
        return
    if wrong := body_map.still_open(form.body_map):
        session.remember("action_wrong", wrong)
        st.rerun()
    try:
        actions.add(here.store, form, by=here.me)
    except Incomplete as incomplete:
        session.remember("action_wrong", incomplete.problems)
        st.rerun()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    drafts.wipe(here.store, form.id, by=here.me)
    session.release_uploads()
    session.forget("action_form", "action_wrong")
    menu.go_to("incident", number=number)


page()
