"""What the school says to a conference: sections of statements, each with how it is known."""

from __future__ import annotations

import streamlit as st

from core.reports import conference_form
from core.reports.conference_form import Form
from core.reports.statements import KINDS, SECTIONS, Section, Typed
from pages.parts import session, words

KNOWN = {key: kind.asked for key, kind in KINDS.items()}


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("conference_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


def text(form: Form, label: str, name: str, value: str, *, hint: str, height: int = 110) -> str:
    """A long text, which is kept while it is typed."""
    key = f"draft_{form.id}__{conference_form.draft_name(form.pupil, name)}"
    return st.text_area(label, value, key=key, help=hint or None, height=height)


def section(form: Form, key: str) -> None:
    """A section: its statements one beneath the other, and a way to add one more."""
    asked = SECTIONS[key]
    title = asked.name
    st.header(title, anchor=False)
    words.line(asked.help, note=True)
    typed = form.said[key]
    for number, each in enumerate(typed, 1):
        with st.container(border=True):
            statement(form, asked, each, number)
            if len(typed) > 1 and st.button(f"Take statement {number} out", key=f"out_{each.id}"):
                typed.remove(each)
                st.rerun()
    problem(key)
    if st.button("Add a statement", icon=":material/add:", key=f"more_{form.id}_{key}"):
        typed.append(Typed())
        st.rerun()


def statement(form: Form, asked: Section, each: Typed, number: int) -> None:
    """One statement, with how it is known, from whom and when."""
    each.account = text(form, f"{asked.name}: statement {number}", each.id, each.account, hint="")
    problem(f"{each.id}_account")
    if asked.kinds:
        each.kind = st.selectbox(
            "How do we know this?", list(KNOWN), key=f"kind_{each.id}",
            index=list(KNOWN).index(each.kind) if each.kind in KNOWN else None,
            format_func=lambda kind: KNOWN[kind], placeholder="Choose one",
        ) or ""  # fmt: skip
        problem(f"{each.id}_kind")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if label := asked.source:
            each.source = st.text_input(label, each.source, key=f"source_{each.id}")
        if label := asked.dated:
            each.dated = st.date_input(label, each.dated, format="DD/MM/YYYY",
                                       key=f"dated_{each.id}", width=180)  # fmt: skip
    problem(f"{each.id}_source")
    problem(f"{each.id}_dated")
