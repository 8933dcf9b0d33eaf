"""Today: what the safeguarding team cannot leave, and which child is becoming visible."""

from __future__ import annotations

import streamlit as st

from core import clock, dashboard, moments, settings
from core.dashboard import Group, Notice
from core.settings import School
from pages.parts import cautions, mended, menu, pointed, session, words

SHOWN = 4  # lines of a group before the rest is only counted; a missing child never is

# What a group is called, and how it looks: badge, tone, icon, and the title of one and of many.
GROUPS: dict[str, tuple[str, words.Tone, words.Icon, str, str]] = {
    "missing": ("Missing", "red", "alert", "log of a missing child is open",
                "logs of missing children are open"),
    "urgent": ("Urgent", "red", "urgent", "you have not read", "you have not read"),
    "unaccounted": ("Not accounted for", "red", "alert", "at the close of a register",
                    "at the close of a register"),
    "unread": ("Unread", "orange", "hourglass", "waits for others", "wait for others"),
    "overdue": ("Overdue", "orange", "clock", "action is overdue", "actions are overdue"),
    "today": ("Due", "orange", "clock", "action is due today", "actions are due today"),
    "silent": ("Quiet", "orange", "hourglass", "has no response yet", "have no response yet"),
    "referral": ("Waiting", "orange", "hourglass", "referral unanswered", "referrals unanswered"),
    "search": ("Search", "orange", "hourglass", "search is over, and something is owed",
               "searches are over, and something is owed"),
    "review": ("Plan", "violet", "plan", "plan or order to look at", "plans or orders to look at"),
    "transfer": ("Transfer", "orange", "clock", "file owed to another school",
                 "files owed to other schools"),
    "new": ("New", "violet", "flag", "since you were last here", "since you were last here"),
}  # fmt: skip


def page() -> None:
    here = session.here()
    school = settings.school(here.store)
    today = clock.now().astimezone(school.zone)
    title = f"{today:%A} {today.day} {today:%B}"
    st.title(title, anchor=False)
    cautions.draw(here)
    mended.draw(here)
    groups = dashboard.now(here.store, by=here.me)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.header("Now", anchor=False)
        if not groups:
            words.line("Nothing is waiting. What cannot wait appears here.")
        for group in groups:
            now(group, school)
        if near := dashboard.near_misses(here.store, by=here.me):
            children = "child was" if near == 1 else "children were"
            words.line(f"Near misses in twelve months: {near} {children} missing for minutes only. "
                       "“A child is missing” lists the logs.", note=True)  # fmt: skip
        if st.button("How we are doing"):
            menu.go_to("measures")
    with right:
        st.header("Who needs a look", anchor=False)
        pointed.draw(here)


def now(group: Group, school: School) -> None:
    """One group: how many, and the first of them with the way there."""
    badge, tone, icon, one, many = GROUPS[group.kind]
    count = len(group.notices)
    title = f"{count} {one if count == 1 else many}"
    left = moments.until(school.goes_home_at, school.zone) if group.kind == "urgent" else ""
    note = [words.Line(f"Home time is in {left}.", note=True)] if left else []
    words.block([words.Line(title, strong=True, badges=[words.Badge(badge, tone, icon)]), *note])
    missing = group.kind in ("unaccounted", "missing")
    shown = group.notices if missing else group.notices[:SHOWN]
    cards = [card(notice, group.kind, first=missing or group.kind == "urgent") for notice in shown]
    if opened := words.cards(cards, key=f"now_{group.kind}"):
        if group.kind == "missing":
            menu.go_to("missing-child", log=opened)
        if group.kind == "search":
            menu.go_to("after-search", log=opened)
        if opened == "register":
            menu.go_to("register")
        if group.kind == "transfer":
            menu.go_to("transfer", transfer=opened)
        if opened.isdecimal():
            menu.go_to("incident", number=opened)
        menu.go_to("chronology", pupil=opened)
    if count > len(shown):
        words.line(f"and {count - len(shown)} more", note=True)


def card(notice: Notice, kind: str, *, first: bool) -> words.Card:
    """One line of a group, with the way to what it is about."""
    if notice.log:
        label = "Open what is owed" if kind == "search" else "Open the log"
        way = words.Way(notice.log, label, first)
    elif notice.transfer:
        way = words.Way(notice.transfer, "Open the transfer", first)
    elif notice.number:
        way = words.Way(str(notice.number), f"Open #{notice.number}", first)
    elif not notice.pupil:
        way = words.Way("register", "Open the registers", first)
    else:
        way = words.Way(notice.pupil, "Open chronology", first)
    return words.Card([way], [words.Line(notice.said)])


page()
