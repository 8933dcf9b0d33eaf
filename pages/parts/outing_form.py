"""The form for an outing: when, where to, and who leads it."""

from __future__ import annotations

from datetime import time

import streamlit as st

from core import outings
from core.outing_plans import Form
from core.outings import Outing
from pages.parts import pickers
from pages.parts.session import Here


def draw(here: Here, before: Outing | None, *, key: str, id_: str) -> Form:
    """What is filled in; at first as it was, or empty with whoever fills it in as the leader."""
    form = Form(id=id_)
    form.place = st.text_input("Where to", before.place if before else "", key=f"place_{key}")
    with st.container(horizontal=True):
        form.day = st.date_input("Day", before.day if before else None, format="DD/MM/YYYY",
                                 key=f"day_{key}", width=170)  # fmt: skip
        form.leaves_at = _time("Leaves at", before.leaves_at if before else "", f"leaves_{key}")
        form.back_at = _time("Back at", before.back_at if before else "", f"back_{key}")
    leader = before.leader if before else here.me.id
    staff = outings.staff(here.store, by=here.me)
    form.leader = pickers.one_of_staff("Who leads it", staff, chosen=leader, key=f"leader_{key}")
    return form


def _time(label: str, before: str, key: str) -> time | None:
    told = time.fromisoformat(before) if before else None
    return st.time_input(label, told, step=300, key=key, width=150)
