"""Which column of a list is which of ours: found by name, and open to correction."""

from __future__ import annotations

import streamlit as st

from core import columns
from core.spreadsheets import Sheet

OURS = {
    "pupils": {
        "upn": "Unique pupil number",
        "forename": "Forename",
        "middle_names": "Middle names",
        "surname": "Surname",
        "name": "Whole name",
        "known_as": "Known as",
        "born_on": "Date of birth",
        "class_name": "Class",
        "household": "Household",
        "left_on": "Leaving date",
    },
    "staff": {
        "title": "Title",
        "forename": "Forename",
        "surname": "Surname",
        "name": "Whole name",
        "email": "Email",
        "post": "Job title",
        "class_name": "Class",
    },
}


def draw(sheet: Sheet, kind: str) -> dict[str, str]:
    """Which column of the file is which of ours: found by name, and open to correction."""
    found = columns.match(sheet.headings, columns.known("pupils" if kind == "pupils" else "staff"))
    with st.expander("Columns", expanded="born_on" not in found and kind == "pupils"):
        chosen = {
            ours: st.selectbox(
                label,
                sheet.headings,
                index=sheet.headings.index(found[ours]) if ours in found else None,
                placeholder="Not in this file",
                key=f"column_{kind}_{ours}",
                width=360,
            )
            for ours, label in OURS[kind].items()
        }
    return {ours: theirs for ours, theirs in chosen.items() if theirs}
