"""What is asked of one mark on a body map: where, what it is, and all that a doctor would ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import body_maps, injuries
from core.body_maps import Mark
from core.outlines import View

RED = "#9B1C16"


def draw(mark: Mark, view: View, key: str) -> dict[str, Any]:
    """The answers, by the names of the mark's fields. Only the first two are needed."""
    given: dict[str, Any] = {"region": _where(mark, view)}
    given["kind"] = _one(mark, "kind", "What is it?", injuries.KINDS)
    given["described"] = _text(mark, key, "described", "In a few words, if that helps")
    given |= _measured(mark, key)
    given["basis"] = _one(mark, "basis", "How do you know?", injuries.BASES)
    given |= _questions(mark)
    given["child_words"] = _words(mark, key, "child_words", "The child’s exact words about it")
    given["parent_words"] = _words(mark, key, "parent_words", "A parent’s explanation, if any")
    given["first_aid"] = _text(mark, key, "first_aid", "First aid given")
    return given


def summary(mark: Mark) -> str:
    """What is known of a mark, in a line."""
    known = [injuries.KINDS.get(mark.kind, "Not described yet"), mark.described, mark.colour]
    sides = [f"{cm:g}" for cm in (mark.length_cm, mark.breadth_cm) if cm]
    known.append(f"{' × '.join(sides)} cm" if sides else "")
    return ", ".join(part for part in known if part)


def _where(mark: Mark, view: View) -> str:
    regions = list(view.regions)
    return (
        st.selectbox(
            "Where is it?",
            regions,
            index=regions.index(mark.region) if mark.region in regions else None,
            format_func=lambda region: view.regions[region].name,
            placeholder="Choose the part of the body",
            key=f"region_{mark.id}_{mark.view}_{mark.x}_{mark.y}",
        )
        or ""
    )


def _measured(mark: Mark, key: str) -> dict[str, Any]:
    length, breadth, shape, colour = st.columns([3, 3, 4, 5], vertical_alignment="bottom")
    with length:
        long = st.number_input("Length, cm", value=mark.length_cm, step=0.5, format="%g",
                               key=f"length_{mark.id}")  # fmt: skip
    with breadth:
        wide = st.number_input("Width, cm", value=mark.breadth_cm, step=0.5, format="%g",
                               key=f"breadth_{mark.id}")  # fmt: skip
    with shape:
        form = _text(mark, key, "shape", "Shape")
    with colour:
        tone = _text(mark, key, "colour", "Colour, against the skin")
    return {"length_cm": long, "breadth_cm": wide, "shape": form, "colour": tone}


def _questions(mark: Mark) -> dict[str, Any]:
    given: dict[str, Any] = {}
    columns = st.columns(2)
    for place, (name, question) in enumerate(injuries.QUESTIONS.items()):
        with columns[place % 2]:
            given[name] = _one(mark, name, question, injuries.ANSWERS)
    with columns[1]:
        given["cleanness"] = _one(mark, "cleanness", "Is it clean?", injuries.CLEANNESS)
    given["surface"] = tuple(
        st.pills(
            "Is there any of these on it?",
            list(injuries.SURFACES),
            selection_mode="multi",
            default=list(mark.surface),
            format_func=lambda key: injuries.SURFACES[key],
            key=f"surface_{mark.id}",
        )
    )
    return given


def _one(mark: Mark, name: str, label: str, offered: Mapping[str, str]) -> str:
    return (
        st.pills(
            label,
            list(offered),
            default=getattr(mark, name) or None,
            format_func=lambda key: offered[key],
            key=f"{name}_{mark.id}",
            wrap=True,
        )
        or ""
    )


def _text(mark: Mark, key: str, name: str, label: str) -> str:
    before: str = getattr(mark, name)
    return st.text_input(label, before, key=_key(mark, key, name))


def _words(mark: Mark, key: str, name: str, label: str) -> str:
    before: str = getattr(mark, name)
    return st.text_area(label, before, height=96, key=_key(mark, key, name))


def _key(mark: Mark, key: str, name: str) -> str:
    """What is typed under a `draft_` key is kept while it is typed."""
    return f"draft_{key}__{body_maps.field_name(name, mark.id)}"
