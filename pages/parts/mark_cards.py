"""The marks of a body map, one beneath the other: one of them open, the others in a line."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core import map_problems, outlines
from core.map_forms import Form, Mark
from pages.parts import components, map_form, mark_canvas, mark_form, session, words


def draw(form: Form, wrong: Mapping[str, str], key: str) -> None:
    """Every mark: one of them open, the others as a line that says what is known."""
    opened = session.recall("mark_open")
    if opened not in {mark.id for mark in form.marks}:
        opened = next((mark.id for mark in form.marks if not mark.kind), None)
        session.hold("mark_open", opened)
    if not form.marks:
        words.line("Each mark is described here as soon as it is set.", note=True)
    for number, mark in enumerate(form.marks, 1):
        with st.container(border=True):
            if mark.id == opened:
                _open(form, mark, number, key)
            else:
                _closed(mark, number)
            map_form.problem(wrong, f"mark_{mark.id}")


def _closed(mark: Mark, number: int) -> None:
    said = mark_form.summary(mark)
    words.block([words.Line(f"Mark {number}: {mark.place}", strong=True), words.Line(said)])
    if st.button(f"Describe mark {number}", key=f"describe_{mark.id}"):
        _show(mark.id)


def _show(mark: str | None, *, drawn: bool = False) -> None:
    """Opens a mark, or none, and leads the eye there."""
    session.hold("mark_open", mark)
    session.hold("mark_drawn", mark if drawn else None)
    session.hold("mark_shown", mark)
    mark_canvas.begin_anew()
    st.rerun()


def _open(form: Form, mark: Mark, number: int, key: str) -> None:
    """The answers about a mark, and the canvas for its shape."""
    view = outlines.view(mark.view, form.build, form.edition)
    if session.recall("mark_shown") == mark.id:
        components.draw(
            "in_view", data={"scrolls": True}, key=f"in_view_{mark.id}_{mark_canvas.times()}"
        )
    words.block([words.Heading(f"Mark {number}", mark.place, 3)])
    if session.recall("mark_drawn") == mark.id:
        mark_canvas.draw(view, mark)
    elif st.button("Draw its shape", icon=":material/gesture:", key=f"draw_{mark.id}"):
        _show(mark.id, drawn=True)
    mark_form.draw(mark, view, key)
    if st.button(f"Done with mark {number}", icon=":material/check:", key=f"done_{mark.id}"):
        if sentence := map_problems.of_marks(form).get(f"mark_{mark.id}"):
            words.badge(sentence, "red", "alert")
        else:
            _show(next((other.id for other in form.marks if not other.kind), None))
