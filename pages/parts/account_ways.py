"""What can be done about somebody's way in: a link for a new password, and closing the account."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core import authenticators, mails, people, resets
from core.errors import Refused
from core.person import Person
from pages.parts import session, words
from pages.parts.session import Here


def draw(here: Here, person: Person) -> None:
    """A link for a new password, and closing the account of somebody who leaves."""
    if link := session.recall("link"):
        words.line("Give this link to its owner in person. It works once, for 30 minutes:")
        st.code(link, language=None)
        session.forget("link")
    with st.container(horizontal=True):
        if st.button("Reset password"):
            attempt(partial(_issued, here, person))
        if authenticators.has(here.store, person.id) and st.button("Reset Authenticator"):
            attempt(partial(_reset, here, person))
        if st.button("Close this account"):
            session.remember("closing", person.id)
    if session.recall("closing") == person.id:
        words.line("The account will be closed at once. Everything recorded stays.")
        if st.button("Yes, close it", type="primary"):
            session.forget("closing")
            attempt(partial(_closed, here, person))


def _issued(here: Here, person: Person) -> str:
    session.remember("link", resets.link(resets.issue(here.store, person, by=here.me)))
    return "A link was made"


def _reset(here: Here, person: Person) -> str:
    for told in authenticators.reset(here.store, person, by=here.me):
        mails.owe(here.store, told.id, "authenticator_reset", author=here.me.id)
    return "The Authenticator was reset; both of you are told by mail"


def _closed(here: Here, person: Person) -> str:
    people.close(here.store, person.id, by=here.me)
    return "The account is closed"


def attempt(what: Callable[[], str]) -> None:
    """Carries something out and says how it went."""
    try:
        session.remember("staff_said", what())
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    st.rerun()
