"""One entry of a record, in which what belongs to other people is taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import streamlit as st

from core.errors import Refused
from core.subject_access import looks
from core.subject_access.asking import Request
from core.subject_access.codes import CODES, THIRD_PARTY
from core.subject_access.looks import Look, Mark
from pages.parts import focus, request_asked, session, words
from pages.parts.session import Here

HELP = (
    "What is dark is taken out. Press a place to leave it or to take it out. A wavy line means: it "
    "may be a plain word, or the child’s own name."
)
REASONS = {key: f"{code.letter}: {code.name}" for key, code in CODES.items()}


def open_(here: Here, request: Request, key: str) -> NoReturn:
    """Goes on to an entry."""
    session.forget("access_wrong", "access_told", "export_ready")
    session.remember("access_look", looks.open(here.store, request, key, by=here.me))
    focus.goes_to("entry")
    st.rerun()


def draw(here: Here, request: Request, look: Look) -> None:
    """The entry with its places, and everything that can be done with it."""
    focus.here("entry")
    words.heading(look.piece.title)
    words.line(HELP, note=True)
    texts = [words.Marked([*runs(look, n)], line.manner)
             for n, line in enumerate(look.piece.lines)]  # fmt: skip
    if place := words.marked(texts, key=f"entry_{look.id}"):
        looks.turn(look, place)
        st.rerun()
    number = len([mark for mark in look.marks if mark.doubtful and not mark.lifted])
    if number and st.button(f"Leave all {number} with a wavy line"):
        looks.lift_doubtful(look)
        st.rerun()
    more(look)
    look.whole = st.selectbox(
        "Withhold the whole entry?", ["", *REASONS], index=["", *REASONS].index(look.whole),
        format_func=lambda key: REASONS.get(key, "No, only what is marked"),
        key=f"whole_{look.id}",
    )  # fmt: skip
    request_asked.problem("access")
    with st.container(horizontal=True):
        if st.button("Keep and go on", type="primary"):
            kept(here, request, look)
        if st.button("Back without keeping"):
            session.forget("access_look", "access_wrong", "access_told")
            st.rerun()


def runs(look: Look, number: int) -> Iterator[str | words.Place]:
    """A text in pieces: words, and places that can be pressed."""
    text, at = look.piece.lines[number].text, 0
    for mark in (each for each in look.marks if each.line == number):
        if mark.begin >= at:
            yield text[at : mark.begin]
            yield place(mark, text[mark.begin : mark.end])
            at = mark.end
    yield text[at:]


def place(mark: Mark, text: str) -> words.Place:
    """A place that is taken out, or was proposed."""
    return words.Place(text, mark.place, not mark.lifted, CODES[mark.code].letter, mark.doubtful)


def more(look: Look) -> None:
    """Something else to take out."""
    with st.form(f"more_{look.id}", clear_on_submit=True):
        passage = st.text_input("Something else to take out", help="As it stands in the entry.")
        code = st.selectbox("Reason", [*REASONS], index=[*REASONS].index(THIRD_PARTY),
                            format_func=lambda key: REASONS[key])  # fmt: skip
        if st.form_submit_button("Take it out"):
            session.forget("access_wrong", "access_told")
            try:
                session.remember("access_told", looks.take_out(look, passage, code))
            except Refused as refusal:
                session.remember("access_wrong", {"passage": str(refusal)})
            st.rerun()
    request_asked.problem("passage")
    if times := session.recall("access_told"):
        words.badge("Taken out once." if times == 1 else f"Taken out {times} times.", "green",
                    "check")  # fmt: skip


def kept(here: Here, request: Request, look: Look) -> NoReturn:
    """Records what was decided, and goes on to the next entry that is left."""
    session.forget("access_wrong", "access_told")
    try:
        looks.save(here.store, look, by=here.me)
    except Refused as refusal:
        session.remember("access_wrong", {"access": str(refusal)})
        st.rerun()
    session.forget("access_look")
    seen = looks.of(here.store, request, by=here.me)
    for each in seen:
        if each.state != looks.DONE:
            open_(here, request, each.piece.key)
    st.rerun()
