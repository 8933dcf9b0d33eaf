"""What is typed into a missing-child log. Nothing here is drawn anew by the clock, so that what
somebody is typing stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from core import moments, pupils, settings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import finding, logs, state
from core.missing.state import State
from pages.parts import pickers, session, words
from pages.parts.session import Here

FORMS = {"found": "Found", "note": "Add a note", "child": "Who is missing"}


def draw(here: Here, log: str) -> None:
    """The buttons, and the form that one of them has opened."""
    now = state.of(here.store, log, by=here.me)
    with st.container(horizontal=True):
        for form, label in FORMS.items():
            if (now.log.is_open or form == "note") and st.button(label):
                session.remember("search_form", form)
                session.forget("search_wrong")
    opened = session.recall("search_form")
    if opened == "note":
        note(here, now)
    elif opened == "child" and now.log.is_open:
        child(here, now)
    elif opened == "found" and now.log.is_open:
        found(here, now)


def note(here: Here, now: State) -> None:
    """Free text, with the time at which it happened."""
    with st.form("search_note", width=700, clear_on_submit=False):
        account = st.text_area("What happened?", key="note_account")
        at = moment(here, "note", "At")
        if st.form_submit_button("Write it down", type="primary"):
            attempt(lambda: logs.note(here.store, now.log.id, account, at, by=here.me))


def child(here: Here, now: State) -> None:
    """Who it is, when they were last seen, and what they wear."""
    everybody = pupils.everyone(here.store, by=here.me)
    with st.form("search_child", width=700):
        pupil = pickers.student("Student", everybody, chosen="", key="search_pupil",
                                hidden=[each.id for each in now.children])  # fmt: skip
        seen_at = moment(here, "seen", "Last seen at")
        place = st.text_input("Where was the child last seen?", key="seen_place")
        seen_by = st.text_input("By whom?", key="seen_by")
        facts = {what: st.text_input(label, now.facts.get(what, ""), key=f"fact_{what}")
                 for what, label in logs.FACTS.items()}  # fmt: skip
        if st.form_submit_button("Record", type="primary"):
            attempt(lambda: told(here, now, pupil, (seen_at, place, seen_by), facts))


def told(
    here: Here,
    now: State,
    pupil: str,
    seen: tuple[datetime | None, str, str],
    facts: dict[str, str],
) -> None:
    store, log = here.store, now.log.id
    if seen[0] or seen[1].strip():
        logs.saw(store, log, *seen, by=here.me)
    if pupil:
        logs.name(store, log, pupil, by=here.me)
    changed = {what: text for what, text in facts.items() if text != now.facts.get(what, "")}
    logs.tell(store, log, by=here.me, **changed)


def found(here: Here, now: State) -> None:
    """The child is found: when, where, by whom."""
    form = finding.Form(pupil=now.children[0].id if len(now.children) == 1 else "")
    with st.form("search_found", width=700):
        form.found_at = moment(here, "found", "Found at")
        form.place = st.text_input("Where?", key="found_place")
        form.found_by = st.text_input("By whom?", key="found_by")
        if st.form_submit_button("Found: stop the search", type="primary"):
            attempt(lambda: finding.found(here.store, now.log.id, form, by=here.me))


def moment(here: Here, key: str, label: str) -> datetime | None:
    """A time of today, now unless somebody says otherwise."""
    zone = settings.school(here.store).zone
    time = st.time_input(label, "now", step=60, key=f"{key}_time", width=160)
    return moments.at(moments.today(zone), time, zone) if time else None


def attempt(record: Callable[[], None]) -> None:
    """Records, and says why not where it is refused; what was typed stays."""
    try:
        record()
    except Incomplete as incomplete:
        session.remember("search_wrong", incomplete.problems)
        words.block([words.Badge(t, "red", "alert") for t in incomplete.problems.values()])
        return
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("search_form", "search_wrong")
    st.rerun()
