"""What is asked of one mark on a body map: where, what it is, and all that a doctor would ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import injuries, map_forms
from core.map_forms import Mark
from core.outlines import View
from pages.parts import words


def draw(mark: Mark, view: View, key: str) -> None:
    """The questions; what is answered is on the mark at once. Only what it is has to be said."""
    words.line(
        "Only what it is has to be answered. The more you saw, the more it helps.", note=True
    )
    _one(mark, "kind", "What is it?", injuries.KINDS)
    _where(mark, view)
    _measured(mark, key)
    _words(mark, key, "child_words", "The child’s exact words about it")
    _one(mark, "basis", "How do you know?", injuries.BASES)
    _text(mark, key, "described", "In a few words, if that helps")
    _questions(mark)
    _words(mark, key, "parent_words", "A parent’s explanation, if any")
    _text(mark, key, "first_aid", "First aid given")


def summary(mark: Mark) -> str:
    """What is known of a mark, in a line."""
    known = [injuries.KINDS.get(mark.kind, "Not described yet"), mark.described, mark.colour]
    known.append(injuries.measured(mark.length_cm, mark.breadth_cm))
    return ", ".join(words.apart(part) for part in known if part)


def _where(mark: Mark, view: View) -> None:
    regions = list(view.regions)
    chosen = st.selectbox(
        "Where is it?",
        regions,
        index=regions.index(mark.region) if mark.region in regions else None,
        format_func=lambda region: view.regions[region].name,
        placeholder="Choose the part of the body",
        key=f"region_{mark.id}_{mark.view}_{mark.x}_{mark.y}",
    )
    mark.region = chosen or ""


def _measured(mark: Mark, key: str) -> None:
    length, breadth, shape, colour = st.columns([3, 3, 4, 5], vertical_alignment="bottom")
    with length:
        mark.length_cm = _size(mark, "length_cm", "Length, cm")
    with breadth:
        mark.breadth_cm = _size(mark, "breadth_cm", "Width, cm")
    with shape:
        _text(mark, key, "shape", "Shape")
    with colour:
        _text(mark, key, "colour", "Colour, against the skin")


def _size(mark: Mark, name: str, label: str) -> float | None:
    before: float | None = getattr(mark, name)
    return st.number_input(label, value=before, step=0.5, format="%g", key=f"{name}_{mark.id}")


def _questions(mark: Mark) -> None:
    columns = st.columns(2)
    for place, (name, question) in enumerate(injuries.QUESTIONS.items()):
        with columns[place % 2]:
            _one(mark, name, question, injuries.ANSWERS)
    with columns[1]:
        _one(mark, "cleanness", "Is it clean?", injuries.CLEANNESS)
    mark.surface = tuple(
        st.pills(
            "Is there any of these on it?",
            list(injuries.SURFACES),
            selection_mode="multi",
            default=list(mark.surface),
            format_func=lambda key: injuries.SURFACES[key],
            key=f"surface_{mark.id}",
        )
    )


def _one(mark: Mark, name: str, label: str, offered: Mapping[str, str]) -> None:
    chosen: Any = st.pills(
        label,
        list(offered),
        default=getattr(mark, name) or None,
        format_func=lambda key: offered[key],
        key=f"{name}_{mark.id}",
        wrap=True,
    )
    setattr(mark, name, chosen or "")


def _text(mark: Mark, key: str, name: str, label: str) -> None:
    setattr(mark, name, st.text_input(label, getattr(mark, name), key=_key(mark, key, name)))


def _words(mark: Mark, key: str, name: str, label: str) -> None:
    text = st.text_area(label, getattr(mark, name), height=96, key=_key(mark, key, name))
    setattr(mark, name, text)


def _key(mark: Mark, key: str, name: str) -> str:
    """What is typed under a `draft_` key is kept while it is typed."""
    return f"draft_{key}__{map_forms.field_name(name, mark.id)}"
