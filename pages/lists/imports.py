"""Import lists: students and staff from the files that the school's own system exports."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core import imports, pupils, spreadsheets
from core.errors import Refused
from core.imports import Change, Plan
from core.spreadsheets import Sheet
from pages.parts import mapping, mending, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Import lists", anchor=False)
    if done := session.recall("imported"):
        words.badge(done, "green", "check")
    kind = st.segmented_control(
        "Which list?", ["pupils", "staff"], default="pupils", required=True,
        format_func=lambda key: {"pupils": "Students", "staff": "Staff"}[key],
    )  # fmt: skip
    words.line("A CSV file, as your school’s system exports it. Nothing changes yet.", note=True)
    file = st.file_uploader("CSV file", ["csv", "txt"], key=f"file_{kind}", width=700,
                            max_upload_size=20)  # fmt: skip
    if file is None:
        return
    try:
        sheet = mending.mended(spreadsheets.read(file.getvalue()), f"{kind}_{file.file_id}")
        chosen = mapping.draw(sheet, kind)
        plan = planned(here, sheet, chosen, kind)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    preview(plan)
    mending.draw(sheet, plan, f"{kind}_{file.file_id}")
    accept(here, plan, kind)


def planned(here: Here, sheet: Sheet, chosen: dict[str, str], kind: str) -> Plan[Any]:
    """What the file would change."""
    if kind == "pupils":
        return imports.plan_pupils(here.store, sheet, chosen, by=here.me)
    return imports.plan_staff(here.store, sheet, chosen, by=here.me)


def preview(plan: Plan[Any]) -> None:
    """Every line of the file, and what would come of it."""
    st.header("What this would do", anchor=False)
    counts = [f"{len(plan.of(change))} {change.value}" for change in Change if plan.of(change)]
    words.line(" · ".join(counts))
    rows = [
        {
            "Line": line.number,
            "Name": line.details.name if line.details else "",
            "Class": line.details.class_name if line.details else "",
            "Result": line.complaint or line.change.value,
        }
        for line in plan.lines
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width=900)


def accept(here: Here, plan: Plan[Any], kind: str) -> None:
    """The leavers, and the button that takes the list over."""
    leavers = left(here, plan) if kind == "pupils" else []
    ready = len(plan.of(Change.NEW)) + len(plan.of(Change.CHANGED)) + len(leavers)
    if not st.button(f"Take over {ready} lines", type="primary", disabled=not ready):
        return
    try:
        number = (
            imports.take_pupils(here.store, plan, leavers=leavers, by=here.me)
            if kind == "pupils"
            else imports.take_staff(here.store, plan, by=here.me)
        )
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.remember("imported", f"{number} lines were taken over")
    st.rerun()


def left(here: Here, plan: Plan[Any]) -> list[str]:
    """Children on roll whom the file does not name: offered as leavers, never removed."""
    known = {pupil.id: pupil for pupil in pupils.ever(here.store, by=here.me)}
    missing = [id_ for id_ in plan.missing if id_ in known]
    if not missing:
        return []
    st.header("Not in this file", anchor=False)
    return st.multiselect(
        "Which of these have left? Their record stays.",
        missing,
        format_func=lambda id_: f"{known[id_].name}, {known[id_].class_name}",
        placeholder="Nobody",
        width=700,
    )


page()
