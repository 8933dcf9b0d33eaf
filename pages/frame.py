"""What every page stands in: who is here, the pages they are offered, and the one asked for."""

from __future__ import annotations

import streamlit as st

from core import alerts
from core.missing import logs
from core.permissions import Verb, may
from pages.parts import bar, menu, session, words

st.set_page_config(page_title="Bigger Picture", layout="wide", menu_items={})

here = session.here()
offered = menu.offered(here.me)
pages = {place.path: menu.page(place) for place in offered}


def home() -> None:
    """The bare address leads to the first page, which keeps its own address that way."""
    st.switch_page(pages[offered[0].path])


page = st.navigation([st.Page(home, default=True), *pages.values()], position="hidden")
searches = may(here.me, Verb.KEEP_SEARCH)
unread = alerts.count_unread(here.store, by=here.me) if may(here.me, Verb.SEE_INCIDENTS) else 0
asked = bar.draw(
    offered=[
        bar.Offer(place.path, place.title, primary=place.in_bar)
        for place in offered
        if place.in_bar or place.in_more
    ],
    current=page.url_path,
    person_name=here.me.name,
    standing="Full access" if here.me.full_access else here.me.role.value.capitalize(),
    unread=unread + (len(logs.waiting(here.store, by=here.me)) if searches else 0),
    alarms=len(logs.alarms(here.store, by=here.me)) if searches else 0,
)
if asked in pages:
    st.switch_page(pages[asked])
if here.store.room.trouble:
    words.badge(here.store.room.trouble, "red", "alert")

session.arrive(page.url_path)
page.run()
