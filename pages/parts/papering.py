"""A paper form that is entered: its number, who wrote it and when, and where it is kept."""

from __future__ import annotations

import streamlit as st

from core import moments, people, settings
from pages.parts import pickers, words
from pages.parts.concern import WIDTH, Section


def draw(at: Section) -> None:
    """What the paper says of itself, if a paper form is entered."""
    paper = at.form.paper
    if paper is None:
        return
    st.header("The paper form", anchor=False)
    words.line("Type what stands on the paper, word for word, and add the scan under Files.",
               note=True)  # fmt: skip
    today = moments.today(settings.school(at.here.store).zone)
    with st.container(width=WIDTH):
        with st.container(horizontal=True):
            number = st.number_input(
                "Form number", 1, None, paper.number or None, key=at.key("paper_number"), width=220,
                placeholder="None on the paper",
            )  # fmt: skip
            paper.number = int(number or 0)
            paper.written_on = st.date_input(
                "Written on", paper.written_on, max_value=today, format="DD/MM/YYYY",
                key=at.key("paper_written_on"), width=180,
            )  # fmt: skip
        at.problem("paper", "paper_number", "paper_written_on")
        staff = people.colleagues(at.here.store, by=at.here.me)
        paper.author = pickers.one_of_staff(
            "Written by a member of staff", staff, chosen=paper.author, key=at.key("paper_author")
        )
        if not paper.author:
            _somebody_else(at)
        at.problem("paper_author", "paper_post")
        paper.original = st.text_input(
            "Where is the original kept?", paper.original, key=at.key("paper_original"),
            placeholder="For example: locked cabinet, head’s office",
        )  # fmt: skip
        at.problem("paper_original")
        if st.button("This is not from paper", key=at.key("not_paper")):
            at.form.paper = None
            st.rerun()


def _somebody_else(at: Section) -> None:
    paper = at.form.paper
    assert paper is not None  # noqa: S101 - or nothing is drawn
    who, what = st.columns(2)
    with who:
        paper.name = st.text_input(
            "Or by somebody else, named on the paper as", paper.name, key=at.key("paper_name")
        )
    with what:
        paper.post = st.text_input(
            "Who is", paper.post, key=at.key("paper_post"), placeholder="Supply teacher, agency"
        )
