"""My account: who I am here, my Authenticators, my password."""

from __future__ import annotations

import streamlit as st

from core import authenticators, moments, settings
from pages.parts import session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    me = here.me
    words.block([words.Heading(me.name, me.email, 1)])
    standing = "Full access, by the code of your Authenticator" if me.full_access else "As staff"
    words.facts(
        [
            words.Fact("Post", me.post or "None"),
            words.Fact("Class", me.class_name or "None"),
            words.Fact("In this session", standing),
        ],
        across=True,
    )
    codes(here)
    st.header("Password", anchor=False)
    st.link_button("Change my password", "/change-password")


def codes(here: Here) -> None:
    """The Authenticators of this account, and the way to give a code or to add another."""
    st.header("Authenticator", anchor=False)
    zone = settings.school(here.store).zone
    own = authenticators.of(here.store, here.me.id)
    for authenticator in own:
        words.line(f"Added {moments.short(authenticator.added_at, zone)}")
    if not own:
        words.line("You have no Authenticator. Leads and the head need one for full access.")
    with st.container(horizontal=True):
        if own and not here.me.code_given:
            st.link_button("Give a code", "/code", type="primary")
        if len(own) < authenticators.AT_MOST:
            st.link_button("Add an Authenticator", "/authenticator")


page()
