"""The forms for who may collect a child. Each returns what to do once it is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core import collection
from core.collection import CollectorForm, OrderForm, WalkForm
from pages.parts import words
from pages.parts.session import Here

KINDS = {"adult": "Who may collect", "walk": "Walking home alone", "order": "Who must not collect"}


def an_adult(here: Here, pupil: str, nth: str) -> Callable[[], None]:
    form = CollectorForm()
    form.name = st.text_input("Name, with title", key=f"collector_{nth}")
    form.relation = st.text_input("What they are to the child", key=f"relation_{nth}")
    form.phone = st.text_input("Telephone", key=f"phone_{nth}")
    form.note = st.text_input("Note, if any", key=f"note_{nth}")
    return partial(collection.allow, here.store, pupil, form, by=here.me)


def a_walk(here: Here, pupil: str, nth: str) -> Callable[[], None]:
    form = WalkForm()
    with st.container(horizontal=True):
        form.since = st.date_input("From", None, format="DD/MM/YYYY", key=f"since_{nth}", width=180)
        form.until = st.date_input("Until", None, format="DD/MM/YYYY", key=f"until_{nth}",
                                   width=180)  # fmt: skip
    form.given_by = st.text_input("Who gave the permission", key=f"given_{nth}")
    form.how = st.text_input("How it was given", key=f"how_{nth}")
    return partial(collection.let_walk, here.store, pupil, form, by=here.me)


def an_order(here: Here, pupil: str, nth: str) -> Callable[[], None]:
    form = OrderForm()
    form.name = st.text_input("Who must not collect", key=f"forbidden_{nth}")
    form.until = st.date_input("The order ends on, if it says", None, format="DD/MM/YYYY",
                               key=f"order_until_{nth}", width=260)  # fmt: skip
    form.account = st.text_area("What the order says", key=f"order_{nth}")
    words.line("Only leads with full access read this. Whoever hands the child over sees the name.",
               note=True)  # fmt: skip
    return partial(collection.forbid, here.store, pupil, form, by=here.me)


WAYS = {"adult": an_adult, "walk": a_walk, "order": an_order}
