"""The body map: where a child is hurt, touched on an outline, drawn, and described mark by mark.

The only place that knows the component with the outlines. Nothing waits for a
button: every touch, answer and stroke is on the form at once, and so in the draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import streamlit as st

from core import map_forms, outlines
from core.errors import Refused
from core.map_forms import Form, Mark
from core.pupils import Pupil
from pages.parts import components, focus, map_form, mark_canvas, mark_cards, session, words
from pages.parts.session import Here

WIDTH = 700
RULES = "Do not photograph it. Do not undress the child. Do not guess how old a bruise is."

# What a tab remembers of a map: which mark is open, which is being drawn, and from which drawing
# the canvas began; and whether to show where that is.
OF_A_MAP = ("mark_open", "mark_drawn", "canvas_begun", "canvas_times", "mark_shown", "map_off")


class Holder(Protocol):
    """What a map belongs to: the form for an incident, or for an action."""

    id: str
    body_map: Form | None


def draw(
    here: Here,
    holder: Holder,
    pupil: Pupil | None,
    wrong: Mapping[str, str],
    *,
    is_further: bool = False,
) -> None:
    """The map of a form, or the way to add one. `is_further` says that there is an earlier map."""
    st.header("Body map", anchor=False)
    form, key = holder.body_map, holder.id
    if form is None:
        return _offer(here, holder, pupil)
    focus.here("body_map")
    words.block([words.Badge(RULES, "orange", "alert")])
    if pupil:
        map_forms.fit(form, pupil.born_on)
    _take_over(form)
    picture, described = st.columns([5, 6], gap="medium")
    with picture:
        _outlines(form)
        map_form.problem(wrong, "body_map")
    with described:
        mark_cards.draw(form, wrong, key)
    with st.container(width=WIDTH):
        map_form.draw(here, form, wrong, key, is_further=is_further)
    _way_without(holder, form)
    return None


def _offer(here: Here, holder: Holder, pupil: Pupil | None) -> None:
    words.line(f"For any injury. {RULES}", note=True)
    if pupil is None:
        words.line("Choose the student first: the outlines fit their age.", note=True)
    if st.button("Add body map", icon=":material/accessibility_new:", disabled=pupil is None):
        assert pupil is not None  # noqa: S101 - else nobody could press it
        holder.body_map = map_forms.opened(pupil.born_on, by=here.me)
        session.forget(*OF_A_MAP)
        focus.goes_to("body_map")
        st.rerun()


def _take_over(form: Form) -> None:
    """What was touched and drawn, before anything is drawn anew: so the outlines tell in the same
    run what a new mark is called, and show its shape."""
    try:
        if touched := session.recall(f"outlines_{form.id}"):
            map_forms.touched(form, touched.get("marks"))
        mark_canvas.taken_over(form)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")


def _outlines(form: Form) -> None:
    """The outlines with the marks, and the shapes that were drawn."""
    bare = [{"id": m.id, "view": m.view, "x": m.x, "y": m.y} for m in form.marks]
    components.draw(
        "body_map",
        key=f"outlines_{form.id}",
        data={
            "edition": form.edition,
            "build": form.build,
            "parts": outlines.PARTS,
            "said": outlines.SAID,
            "most": map_forms.MOST,
            "marks": [{**each, "name": m.place} for each, m in zip(bare, form.marks, strict=True)],
            "shapes": [_shape(form, m) for m in form.marks if m.drawing.strokes],
        },
        default={"marks": bare},
        on_marks_change=_nothing,
    )


def _nothing() -> None:
    """Streamlit hands on only those events for which there is a callback."""


def _shape(form: Form, mark: Mark) -> dict[str, str]:
    view = outlines.view(mark.view, form.build, form.edition)
    return {"view": mark.view, "d": mark.drawing.path(view)}


def _way_without(holder: Holder, form: Form) -> None:
    """The way to do without the map, asked twice, as its marks go with it."""
    asked = session.recall("map_off") == form.id
    with st.container(horizontal=True, vertical_alignment="center"):
        if not asked:
            if st.button("Take the body map away", key="map_off_ask"):
                session.hold("map_off", form.id)
                st.rerun()
            return
        words.line("All marks on it go as well.", note=True)
        if st.button("Take it away", key="map_off_yes"):
            holder.body_map = None
            session.forget(*OF_A_MAP)
            st.rerun()
        if st.button("Keep it", key="map_off_no"):
            session.forget("map_off")
            st.rerun()
