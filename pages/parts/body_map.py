"""The body map: where a child is hurt, touched on an outline, drawn, and described mark by mark.

The only place that knows the component with the outlines, and the canvas. Nothing waits for a
button: every touch, answer and stroke is on the form at once, and so in the draft.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Protocol

import streamlit as st

from core import body_pictures, drawings, map_forms, map_problems, outlines
from core.drawings import BREADTH, CANVAS, COLOUR
from core.errors import Refused
from core.map_forms import Form, Mark
from core.pupils import Pupil
from pages.parts import components, focus, map_form, mark_form, session, words
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
        _marks(form, wrong, key)
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
        for mark in form.marks:
            if mark.id == session.recall("mark_drawn") and (
                told := session.recall(_canvas_of(mark))
            ):
                view = outlines.view(mark.view, form.build, form.edition)
                window = drawings.window_at(view, mark.x, mark.y)
                mark.drawing = drawings.taken(told.get("drawing", {}).get("raw"), window)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")


def _canvas_of(mark: Mark) -> str:
    """The key of the canvas on which this mark's shape is drawn at the moment."""
    return f"canvas_{mark.id}_{_times()}"


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


def _marks(form: Form, wrong: Mapping[str, str], key: str) -> None:
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
    _begin_anew()
    st.rerun()


def _begin_anew() -> None:
    """The canvas becomes another element, which begins with the drawing as it is then."""
    session.forget("canvas_begun")
    session.hold("canvas_times", _times() + 1)


def _open(form: Form, mark: Mark, number: int, key: str) -> None:
    """The answers about a mark, and the canvas for its shape."""
    view = outlines.view(mark.view, form.build, form.edition)
    if session.recall("mark_shown") == mark.id:
        components.draw("in_view", data={"scrolls": True}, key=f"in_view_{mark.id}_{_times()}")
    words.block([words.Heading(f"Mark {number}", mark.place, 3)])
    if session.recall("mark_drawn") == mark.id:
        _canvas(view, mark)
    elif st.button("Draw its shape", icon=":material/gesture:", key=f"draw_{mark.id}"):
        _show(mark.id, drawn=True)
    mark_form.draw(mark, view, key)
    if st.button(f"Done with mark {number}", icon=":material/check:", key=f"done_{mark.id}"):
        if sentence := map_problems.of_marks(form).get(f"mark_{mark.id}"):
            words.badge(sentence, "red", "alert")
        else:
            _show(next((other.id for other in form.marks if not other.kind), None))


def _times() -> int:
    """How often the canvas was begun anew in this tab: each time it is another element."""
    times: int = session.recall("canvas_times", 0)
    return times


def _canvas(view: outlines.View, mark: Mark) -> None:
    """The part of the outline around a mark, to draw on, and the way back from a stroke."""
    from streamlit_drawable_canvas import st_canvas  # needs a running app when it is imported

    window = drawings.window_at(view, mark.x, mark.y)
    begun = session.recall("canvas_begun")
    if begun is None:  # a canvas that is told of another beginning starts anew, and flickers
        begun = mark.drawing.on_canvas(window)
        session.hold("canvas_begun", begun)
    picture = body_pictures.behind_canvas(window, mark).encode()
    words.line("Draw the shape or the area with a finger or the mouse.", note=True)
    st_canvas(
        key=_canvas_of(mark),
        width=CANVAS,
        height=CANVAS,
        stroke_width=BREADTH,
        stroke_color=COLOUR,
        background_image="data:image/svg+xml;base64," + base64.b64encode(picture).decode(),
        initial_drawing=begun,
        drawing_mode="freedraw",
    )
    components.draw("canvas", data={}, key=f"bare_{mark.id}_{_times()}")
    _ways_back(mark)


def _ways_back(mark: Mark) -> None:
    with st.container(horizontal=True):
        drawn = bool(mark.drawing.strokes)
        if st.button("Undo stroke", disabled=not drawn, key=f"undo_{mark.id}"):
            mark.drawing = mark.drawing.without_last()
            _begin_anew()
            st.rerun()
        if st.button("Clear the shape", disabled=not drawn, key=f"clear_{mark.id}"):
            mark.drawing = drawings.Drawing()
            _begin_anew()
            st.rerun()


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
