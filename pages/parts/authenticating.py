"""What opens full access to somebody: their Authenticators, and recovery codes on paper."""

from __future__ import annotations

import streamlit as st

from core import authenticators, moments, settings, spares
from core.errors import Refused
from core.spares import Spares
from pages.parts import session, words
from pages.parts.session import Here


def phones(here: Here, own: Spares) -> None:
    """The Authenticators, with the way to give a code, to add another, or to take one away."""
    st.header("Authenticator", anchor=False)
    if not own.authenticators:
        words.line("You have no Authenticator. Leads and the head need one for full access.")
    else:
        taken = words.cards(_cards(here, own), key="authenticators")
        if taken:
            session.remember("taking_away", taken)
    if asked := session.recall("taking_away"):
        take_away(here, asked)
    with st.container(horizontal=True):
        if own.authenticators and not here.me.code_given:
            st.link_button("Give a code", "/code", type="primary")
        if len(own.authenticators) < authenticators.AT_MOST:
            st.link_button("Add an Authenticator", "/authenticator")


def _cards(here: Here, own: Spares) -> list[words.Card]:
    zone = settings.school(here.store).zone
    able = here.me.code_given and len(own.authenticators) > 1
    return [
        words.Card([words.Way(id_, "Take it away")] * able,
                   [words.Line(f"Added {moments.within(added_at, zone)}")])
        for id_, added_at in own.authenticators
    ]  # fmt: skip


def take_away(here: Here, authenticator: str) -> None:
    """Asks once more: whoever holds the lost phone is shut out by it, and so is its owner."""
    words.line("Its codes will open nothing any more. Is it the one of the phone you have lost?")
    with st.container(horizontal=True):
        sure = st.button("Take it away for good", type="primary")
        if st.button("Keep it"):
            session.forget("taking_away")
            st.rerun()
    if sure:
        session.forget("taking_away")
        try:
            spares.remove(here.store, authenticator, by=here.me)
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        st.rerun()


def codes(here: Here, own: Spares) -> None:
    """The recovery codes: how many are left, and new ones, which are shown once."""
    st.header("Recovery codes", anchor=False)
    if new := session.recall("recovery_codes"):
        words.block([words.Line("Print these or write them down now: they are shown this once, and "
                                "those from before open nothing any more.", strong=True),
                     *(words.Line(code) for code in new)])  # fmt: skip
        if st.button("I have them", type="primary"):
            session.forget("recovery_codes")
            st.rerun()
        return
    left = "1 is left" if own.codes == 1 else f"{own.codes} are left"
    words.line(f"Each opens full access once, if your phone is lost. {left}.")
    if not here.me.code_given:
        words.line("Give a code to make new ones.", note=True)
    elif st.button("Make new recovery codes"):
        session.remember("recovery_codes", spares.renew_codes(here.store, by=here.me))
        st.rerun()
