"""Add Action: what was done, said or decided about an incident."""

from __future__ import annotations

import streamlit as st

from core import action_forms, actions, drafts, incidents, people, requests
from core.actions import Form
from core.errors import Refused
from core.forms import Incomplete
from pages.parts import body_map, concern, menu, pickers, session, uploads, words
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
        answered(here, form)
        fill_in(here, form)
    body_map.draw(here, form, of.pupil, session.recall("action_wrong", {}), is_further=of.has_map)
    keep(here, form)
    with st.container(width=concern.WIDTH):
        st.header("Files", anchor=False)
        form.files = uploads.draw(here, form, key=f"files_{form.id}")
        problem("files")
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


def answered(here: Here, form: Form) -> None:
    """What was asked, where this tells what was done about it."""
    request, form.answers = session.asked_for("done") or form.answers, ""
    asked = requests.open(here.store, form.incident, request, by=here.me) if request else None
    if asked is None:
        return
    with st.container(border=True):
        words.block([words.Line(f"{words.apart(asked.author)} asked", note=True),
                     words.Account(asked.account)])  # fmt: skip
        if st.checkbox("It is done", value=True, key=f"answers_{form.id}_{asked.id}"):
            form.answers = asked.id


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


def fill_in(here: Here, form: Form) -> None:
    """The fields, each with what is wrong with it."""
    staff = people.colleagues(here.store, by=here.me)
    form.kind = st.segmented_control(
        "What kind of action is it?", list(actions.KINDS), default=form.kind, required=True,
        format_func=lambda key: actions.KINDS[key], key=f"kind_{form.id}",
    )  # fmt: skip
    talk = form.kind in action_forms.TALKS
    if talk:
        with_whom(form)
    label = "What was said" if talk else "What was done, said or decided"
    form.account = st.text_area(label, form.account, height=180, key=typed(form, "account"))
    problem("account")
    if talk:
        agreed = typed(form, "agreed")
        form.agreed = st.text_area("What was agreed", form.agreed, height=110, key=agreed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form.asked_of = pickers.one_of_staff(
            "Ask somebody to do something", staff, chosen=form.asked_of, key=f"asked_{form.id}"
        )
        form.due_on = st.date_input(
            "By", form.due_on, format="DD/MM/YYYY", key=f"due_{form.id}", width=180
        )
    problem("asked_of")
    problem("due_on")
    form.others = pickers.staff(
        "Others who need to know", staff, chosen=form.others, key=f"others_{form.id}"
    )
    problem("others")


def with_whom(form: Form) -> None:
    """With whom somebody spoke, and how."""
    form.with_whom = st.text_input("With whom?", form.with_whom, key=typed(form, "with_whom"))
    problem("with_whom")
    form.how = st.pills(
        "How?", list(action_forms.HOW), default=form.how or None, key=f"how_{form.id}",
        format_func=lambda key: action_forms.HOW[key], wrap=True,
    ) or ""  # fmt: skip
    problem("how")


def typed(form: Form, name: str) -> str:
    """The key of a field whose words are kept while they are typed."""
    return f"draft_{form.id}__{action_forms.draft_name(form.incident, name)}"


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("action_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


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
