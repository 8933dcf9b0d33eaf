"""Outings: those of today, those to come, and a new one."""

from __future__ import annotations

import streamlit as st

from core import outing_plans, outings
from core.errors import Refused
from core.forms import Incomplete
from core.outings import Listed
from core.store import new_id
from pages.parts import menu, outing_cards, outing_form, session, words
from pages.parts.session import Here

OVER = 20  # so many that are over are listed


def page() -> None:
    here = session.here()
    st.title("Outings", anchor=False)
    found = outings.listed(here.store, by=here.me)
    if not (found.today or found.coming or found.past):
        words.line("There is no outing that you planned, lead or go on. Plan one below.")
    if taken := words.cards(listing(found), key="outings"):
        place, _, id_ = taken.partition(" ")
        menu.go_to(place, outing=id_)
    plan(here)


def listing(found: Listed) -> list[words.Card | words.Dated | words.Heading]:
    shown: list[words.Card | words.Dated | words.Heading] = []
    parts = {"Today": found.today, "To come": found.coming, "Over": found.past[:OVER]}
    for title, some in parts.items():
        if some:
            shown += [words.Heading(title), *map(outing_cards.card, some)]
    return shown


def plan(here: Here) -> None:
    """A new outing; what is refused keeps what was typed."""
    st.header("Plan an outing", anchor=False)
    id_ = session.recall("outing_form") or new_id()
    session.remember("outing_form", id_)
    with st.container(width=700):
        form = outing_form.draw(here, None, key=id_, id_=id_)
        if not st.button("Plan it", type="primary", icon=":material/check:"):
            return
        try:
            outing_plans.plan(here.store, form, by=here.me)
        except Incomplete as refusal:
            words.block([words.Badge(said, "red", "alert") for said in refusal.problems.values()])
            return
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
    session.forget("outing_form")
    menu.go_to("outing", outing=form.id)


page()
