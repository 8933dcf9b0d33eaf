"""The fields of an action, each with what is wrong with it; and what it answers, if anything."""

from __future__ import annotations

import streamlit as st

from core import action_forms, actions, people, requests
from core.actions import Form
from pages.parts import pickers, session, words
from pages.parts.session import Here


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
