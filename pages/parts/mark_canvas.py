"""The canvas on which the shape of a mark is drawn over its part of the outline."""

from __future__ import annotations

import base64

import streamlit as st

from core import body_pictures, drawings, outlines
from core.drawings import BREADTH, CANVAS, COLOUR
from core.map_forms import Form, Mark
from pages.parts import components, session, words


def key(mark: Mark) -> str:
    """The key of the canvas on which this mark's shape is drawn at the moment."""
    return f"canvas_{mark.id}_{times()}"


def taken_over(form: Form) -> None:
    """What was drawn since, on the mark that is being drawn. Raises `Refused`."""
    for mark in form.marks:
        if mark.id == session.recall("mark_drawn") and (told := session.recall(key(mark))):
            view = outlines.view(mark.view, form.build, form.edition)
            window = drawings.window_at(view, mark.x, mark.y)
            mark.drawing = drawings.taken(told.get("drawing", {}).get("raw"), window)


def begin_anew() -> None:
    """The canvas becomes another element, which begins with the drawing as it is then."""
    session.forget("canvas_begun")
    session.hold("canvas_times", times() + 1)


def times() -> int:
    """How often the canvas was begun anew in this tab: each time it is another element."""
    so_often: int = session.recall("canvas_times", 0)
    return so_often


def draw(view: outlines.View, mark: Mark) -> None:
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
        key=key(mark),
        width=CANVAS,
        height=CANVAS,
        stroke_width=BREADTH,
        stroke_color=COLOUR,
        background_image="data:image/svg+xml;base64," + base64.b64encode(picture).decode(),
        initial_drawing=begun,
        drawing_mode="freedraw",
    )
    components.draw("canvas", data={}, key=f"bare_{mark.id}_{times()}")
    _ways_back(mark)


def _ways_back(mark: Mark) -> None:
    with st.container(horizontal=True):
        drawn = bool(mark.drawing.strokes)
        if st.button("Undo stroke", disabled=not drawn, key=f"undo_{mark.id}"):
            mark.drawing = mark.drawing.without_last()
            begin_anew()
            st.rerun()
        if st.button("Clear the shape", disabled=not drawn, key=f"clear_{mark.id}"):
            mark.drawing = drawings.Drawing()
            begin_anew()
            st.rerun()
