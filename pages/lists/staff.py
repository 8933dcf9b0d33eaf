"""Staff: accounts, roles and classes."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from core import access, people
from core.people import Details
from core.permissions import Verb, may
from core.person import Person, Role
from pages.parts import account_ways, session, words
from pages.parts.session import Here

ROLES = {
    Role.STAFF: "Staff",
    Role.LEAD: "Safeguarding lead",
    Role.HEAD: "Head",
    Role.GOVERNOR: "Governor",
    Role.OFFICE: "Office",
}


def page() -> None:
    here = session.here()
    st.title("Staff", anchor=False)
    if said := session.recall("staff_said"):
        words.badge(said, "green", "check")
        session.forget("staff_said")
    everyone = people.everyone(here.store, by=here.me)
    rows = [
        {
            "Name": person.name,
            "Role": ROLES[person.role],
            "Post": person.post,
            "Class": person.class_name,
            "Email": person.email,
            "Account": "open" if person.active else "closed",
        }
        for person in everyone
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width=1100)
    waiting(here)
    names = {person.id: f"{person.name}, {person.post}" for person in everyone if person.active}
    chosen = st.selectbox(
        "Change the account of", list(names), index=None, format_func=lambda id_: names[id_],
        placeholder="Type a name", width=700,
    )  # fmt: skip
    before = next((person for person in everyone if person.id == chosen), None)
    st.header("Change an account" if before else "Add an account", anchor=False)
    details(here, before)
    if before:
        account_ways.draw(here, before)


def details(here: Here, before: Person | None) -> None:
    """One account. A role with full access takes a second person."""
    full = may(here.me, Verb.GIVE_ACCESS)
    roles = [role for role in Role if full or role not in people.FULL_ACCESS]
    if before and before.role not in roles:
        words.line("Only a safeguarding lead can change this account.", note=True)
        return
    with st.form(f"person_{before.id if before else 'new'}", width=700):
        name = st.text_input("Name, with title", before.name if before else "")
        email = st.text_input("Work email", before.email if before else "")
        role = st.selectbox(
            "Role",
            roles,
            index=roles.index(before.role) if before else 0,
            format_func=lambda role: ROLES[role],
        )
        post = st.text_input("Post", before.post if before else "")
        class_name = st.text_input(
            "Class, for a class teacher", before.class_name if before else ""
        )
        is_chair = st.checkbox("Chair of governors", bool(before and before.is_chair))
        if not st.form_submit_button("Record this account", type="primary"):
            return
    wanted = Details(
        name=name, email=email, role=role, post=post, class_name=class_name, is_chair=is_chair
    )
    account_ways.attempt(partial(record, here, before, wanted))


def record(here: Here, before: Person | None, wanted: Details) -> str:
    """Opens or changes the account, by the way that its role asks for."""
    if people.takes_two(before, wanted):
        carried_out = access.propose(here.store, before.id if before else None, wanted, by=here.me)
        return "Recorded" if carried_out else "A second lead or the head has to agree now"
    if before:
        people.change(here.store, before.id, wanted, by=here.me)
    else:
        people.add(here.store, wanted, by=here.me)
    return "Recorded"


def waiting(here: Here) -> None:
    """Requests for full access that a second person can agree to."""
    if not may(here.me, Verb.GIVE_ACCESS):
        return
    for wish in access.waiting(here.store, by=here.me):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            words.line(f"{wish.name}: {ROLES[Role(wish.role)]}. This takes a second person.")
            if st.button("I agree", key=f"agree_{wish.id}"):
                account_ways.attempt(partial(_agreed, here, wish.id))


def _agreed(here: Here, proposal: str) -> str:
    access.agree(here.store, proposal, by=here.me)
    return "Recorded"


page()
