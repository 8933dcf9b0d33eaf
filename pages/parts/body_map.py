"""The body map: where a child is hurt, touched on an outline, drawn, and described mark by mark.

The only place that knows the component with the outlines, and the canvas.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Protocol

import streamlit as st

from core import body_maps, body_pictures, drawings, outlines
from core.body_maps import Form, Mark
from core.drawings import CANVAS, Drawing
from core.errors import Refused
from core.pupils import Pupil
from pages.parts import components, map_form, mark_form, session, words
from pages.parts.mark_form import RED
from pages.parts.session import Here

WIDTH = 700
RULES = "Do not photograph it. Do not undress the child. Do not guess how old a bruise is."


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
    words.block([words.Badge(RULES, "orange", "alert")])
    if pupil:
        body_maps.fit(form, pupil.born_on)
    picture, described = st.columns([5, 6], gap="medium")
    with picture:
        _outlines(form)
        map_form.problem(wrong, "body_map")
    with described:
        _marks(form, wrong, key)
    with st.container(width=WIDTH):
        map_form.draw(here, form, wrong, key, is_further=is_further)
    _way_without(holder, form)
    return None


def still_open(form: Form | None) -> dict[str, str]:
    """A sentence about the mark whose answers were not kept yet, by the name of its field."""
    for number, mark in enumerate(form.marks if form else [], 1):
        if mark.id == session.recall("mark_open"):
            return {f"mark_{mark.id}": f"Mark {number}: please press “Keep mark {number}”."}
    return {}


def _offer(here: Here, holder: Holder, pupil: Pupil | None) -> None:
    words.line(f"For any injury. {RULES}", note=True)
    if pupil is None:
        words.line("Choose the student first: the outlines fit their age.", note=True)
    if st.button("Add body map", icon=":material/accessibility_new:", disabled=pupil is None):
        assert pupil is not None  # noqa: S101 - else nobody could press it
        holder.body_map = body_maps.opened(pupil.born_on, by=here.me)
        session.forget("mark_open", "mark_drawn")
        st.rerun()


def _outlines(form: Form) -> None:
    """The outlines with the marks. What was touched there is taken over before they are drawn, so
    that they tell in the same run what a new mark is called."""
    key = f"outlines_{form.id}"
    if touched := session.recall(key):
        try:
            body_maps.touched(form, touched.get("marks"))
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
    bare = [{"id": m.id, "view": m.view, "x": m.x, "y": m.y} for m in form.marks]
    components.draw(
        "body_map",
        key=key,
        data={
            "edition": form.edition,
            "build": form.build,
            "parts": outlines.PARTS,
            "said": outlines.SAID,
            "most": body_maps.MOST,
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


def _marks(form: Form, wrong: Mapping[str, str], key: str) -> None:
    """Every mark: one of them open, the others as a line that says what is known."""
    opened = session.recall("mark_open")
    if opened not in {mark.id for mark in form.marks}:
        opened = next((mark.id for mark in form.marks if not mark.kind), None)
        session.remember("mark_open", opened)
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
        session.remember("mark_open", mark.id)
        session.forget("mark_drawn")
        st.rerun()


def _open(form: Form, mark: Mark, number: int, key: str) -> None:
    """The answers about a mark, and the canvas for its shape, in one form: no stroke of it and no
    answer makes the page run again."""
    view = outlines.view(mark.view, form.build, form.edition)
    with st.form(f"mark_{mark.id}", border=False):
        words.block([words.Heading(f"Mark {number}", mark.place, 3)])
        is_drawn = session.recall("mark_drawn") == mark.id
        drawing = _canvas(view, mark, number) if is_drawn else mark.drawing
        answers = mark_form.draw(mark, view, key)
        with st.container(horizontal=True):
            keep = st.form_submit_button(f"Keep mark {number}", icon=":material/check:")
            shape = not is_drawn and st.form_submit_button(
                "Draw its shape", icon=":material/gesture:"
            )
    if not (keep or shape):
        return
    for name, answer in answers.items():
        setattr(mark, name, answer)
    if drawing is None:
        return
    mark.drawing = drawing
    session.remember("mark_open", mark.id if shape or not mark.kind else None)
    session.remember("mark_drawn", mark.id if shape else None)
    st.rerun()


def _canvas(view: outlines.View, mark: Mark, number: int) -> Drawing | None:
    """The part of the outline around a mark, to draw on; None if what came cannot be read."""
    from streamlit_drawable_canvas import st_canvas  # needs a running app when it is imported

    window = drawings.window_at(view, mark.x, mark.y)
    picture = body_pictures.behind_canvas(window, mark).encode()
    words.line("Draw the shape or the area with a finger or the mouse.", note=True)
    told = st_canvas(
        key=f"canvas_{mark.id}_{mark.view}",
        width=CANVAS,
        height=CANVAS,
        stroke_width=4,
        stroke_color=RED,
        background_image="data:image/svg+xml;base64," + base64.b64encode(picture).decode(),
        initial_drawing=mark.drawing.on_canvas(window),
        drawing_mode="freedraw",
    ).json_data
    try:
        return drawings.taken(told, window)
    except Refused as refusal:
        words.badge(f"Mark {number}: {refusal}", "red", "alert")
        return None


def _way_without(holder: Holder, form: Form) -> None:
    """The way to do without the map, asked twice, as its marks go with it."""
    asked = session.recall("map_off") == form.id
    with st.container(horizontal=True, vertical_alignment="center"):
        if not asked:
            if st.button("Take the body map away", key="map_off_ask"):
                session.remember("map_off", form.id)
                st.rerun()
            return
        words.line("All marks on it go as well.", note=True)
        if st.button("Take it away", key="map_off_yes"):
            holder.body_map = None
            session.forget("map_off", "mark_open", "mark_drawn")
            st.rerun()
        if st.button("Keep it", key="map_off_no"):
            session.forget("map_off")
            st.rerun()
