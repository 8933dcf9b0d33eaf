"""The lines of a list that cannot be taken, put right on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from core.imports import Change, Plan
from core.spreadsheets import Sheet
from pages.parts import session, words


def draw(sheet: Sheet, plan: Plan[Any], name: str) -> None:
    """The lines that cannot be taken, to be put right here."""
    wrong = {line.number: line.complaint for line in plan.of(Change.REFUSED)}
    if not wrong:
        return
    st.header("Lines to put right", anchor=False)
    words.line("Change the cells here, or leave these lines out.")
    rows = [
        {"Line": row.line_number, "What is wrong": wrong[row.line_number], **row.cells}
        for row in sheet.rows
        if row.line_number in wrong
    ]
    edited = st.data_editor(
        pd.DataFrame(rows), hide_index=True, disabled=["Line", "What is wrong"], key=f"mend_{name}"
    )
    if st.button("Check these lines again"):
        lines = {int(row["Line"]): row for row in edited.to_dict("records")}
        session.hold(f"mended_{name}", session.recall(f"mended_{name}", {}) | lines)
        st.rerun()


def mended(sheet: Sheet, name: str) -> Sheet:
    """The sheet with the cells that were put right on this page."""
    changes = session.recall(f"mended_{name}", {})
    return replace(
        sheet,
        rows=tuple(
            replace(row, surplus=(), missing=0, cells={h: str(lines[h]) for h in sheet.headings})
            if (lines := changes.get(row.line_number))
            else row
            for row in sheet.rows
        ),
    )
