"""My account: who I am here, my Authenticators and recovery codes, where I am signed in."""

from __future__ import annotations

import streamlit as st

from core import moments, sessions, settings, spares
from pages.parts import authenticating, session, words
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
    own = spares.of(here.store, by=me)
    authenticating.phones(here, own)
    if own.authenticators:
        authenticating.codes(here, own)
    places(here)
    st.header("Password", anchor=False)
    st.link_button("Change my password", "/change-password")


def places(here: Here) -> None:
    """Everywhere this person is signed in, with the way to sign out at another place."""
    st.header("Where you are signed in", anchor=False)
    zone = settings.school(here.store).zone
    own = {each.began_at.isoformat(): each for each in sessions.own(here.store, by=here.me)}
    cards = [
        words.Card([words.Way(key, "Sign out there")] * (each.id != here.session), [
            words.Line(f"Signed in {moments.within(each.began_at, zone)}",
                       badges=[words.Badge("Here", "green", "check")] * (each.id == here.session)),
            words.Line(f"Last used {moments.within(each.active_at, zone)}", note=True),
        ])
        for key, each in own.items()
    ]  # fmt: skip
    if taken := words.cards(cards, key="places"):
        sessions.end_own(here.store, own[taken].id, by=here.me)
        st.rerun()


page()
