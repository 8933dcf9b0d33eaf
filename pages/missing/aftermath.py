"""After the search: one's own account first; then what the head finds, changes and reports."""

from __future__ import annotations

import streamlit as st

from core import drafts, moments, settings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import accounts, joined, titles
from core.permissions import Verb, may
from pages.parts import exported, inquiry, menu, session, words
from pages.parts.session import Here

WIDE = 700


def page() -> None:
    here = session.here()
    st.title("After the search", anchor=False)
    log = session.asked_for("log")
    if not log and (owed := first(here)):
        menu.go_to("after-search", log=owed)
    if not log:
        words.line("Nothing is asked of you. When a log is closed, everybody who took part in the "
                   "search is asked here for an account.")  # fmt: skip
        return
    with st.container(width=WIDE):
        own(here, log)
        if may(here.me, Verb.INVESTIGATE):
            led(here, log)


def first(here: Here) -> str:
    """The newest search of which an account is owed."""
    return next((each.log for each in accounts.asked(here.store, by=here.me)), "")


def own(here: Here, log: str) -> None:
    """What this person wrote, and the form where they owe it."""
    owed = [each for each in accounts.asked(here.store, by=here.me) if each.log == log]
    wrote = accounts.mine(here.store, log, by=here.me)
    zone = settings.school(here.store).zone
    if not (owed or wrote):
        return
    st.header("Your account", anchor=False)
    for each in wrote:
        words.block([words.Line(f"Written {moments.short(each.recorded_at, zone)}", note=True),
                     words.Account(each.account)])  # fmt: skip
    if owed:
        began = moments.within(owed[0].began_at, zone)
        words.line(f"You took part in the search that began {began}. Please write what you saw and "
                   "did, with times: alone, and before you talk about it.")  # fmt: skip
        write(here, log, 0)
    else:
        with st.expander("Add something to it"):
            write(here, log, len(wrote))


def write(here: Here, log: str, nth: int) -> None:
    """The form; what is typed is kept until it is sent."""
    form = f"account_{log}_{nth}"
    kept = next((d.fields.get("account", "") for d in drafts.of(here.store, form, by=here.me)), "")
    typed = st.text_area("What did you see and do?", kept, height=240,
                         key=f"draft_{form}__account")  # fmt: skip
    if st.button("Record my account", type="primary", key=f"record_{nth}"):
        try:
            accounts.record(here.store, log, typed, by=here.me)
        except Incomplete as incomplete:
            words.badge(incomplete.problems["account"], "red", "alert")
            return
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        drafts.wipe(here.store, form, by=here.me)
        st.rerun()


def led(here: Here, log: str) -> None:
    """What the head and the leads see: who owes what, the accounts, and what follows."""
    try:
        standing = accounts.standing(here.store, log, by=here.me)
        title = titles.of(here.store, log, by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    words.line(title)
    ways(here, log)
    if waiting := session.recall("export_ready"):
        exported.ready(*waiting)
    st.header("Who has written an account", anchor=False)
    zone = settings.school(here.store).zone
    for each in standing:
        wrote = each.written_at is not None
        said = moments.short(each.written_at, zone) if each.written_at else "Not yet"
        words.block(
            [
                words.Line(
                    each.name,
                    badges=[
                        words.Badge(
                            said, "green" if wrote else "orange", "check" if wrote else "clock"
                        )
                    ],
                )
            ]
        )
    told(here, log)
    inquiry.investigation_of(here, log)
    inquiry.report_of(here, log)


def ways(here: Here, log: str) -> None:
    """To the log, and to the incident of each child."""
    with st.container(horizontal=True):
        if st.button("Open the log"):
            menu.go_to("missing-child", log=log)
        for incident in joined.of(here.store, log, by=here.me):
            if may(here.me, Verb.SEE_INCIDENTS) and st.button(f"Open #{incident.number}"):
                menu.go_to("incident", number=str(incident.number))


def told(here: Here, log: str) -> None:
    """The accounts, once one's own is written. Reading them is recorded, so they are opened."""
    if session.recall("accounts_open") != log:
        if st.button("Read the accounts"):
            session.remember("accounts_open", log)
            st.rerun()
        return
    try:
        some = accounts.of(here.store, log, by=here.me)
    except Refused as refusal:
        session.forget("accounts_open")
        words.badge(str(refusal), "orange", "alert")
        return
    zone = settings.school(here.store).zone
    for each in some:
        when = moments.full(each.recorded_at, zone)
        words.block([words.Line(each.name, strong=True), words.Line(when, note=True),
                     words.Account(each.account)])  # fmt: skip
    if not some:
        words.line("Nobody has written one yet.")


page()
