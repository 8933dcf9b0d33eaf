"""Today: what the safeguarding team cannot leave, and which child is becoming visible."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from core import clock, dashboard, moments, patterns, settings
from core.dashboard import Group, Notice
from core.forms import Incomplete
from core.patterns import Pointed
from core.settings import School
from pages.parts import menu, session, words
from pages.parts.session import Here

SHOWN, CHILDREN = 4, 8  # lines of a group, and children, before the rest is only counted

# What a group is called, and how it looks: badge, tone, icon, and the title of one and of many.
GROUPS: dict[str, tuple[str, words.Tone, words.Icon, str, str]] = {
    "urgent": ("Urgent", "red", "urgent", "you have not read", "you have not read"),
    "unread": ("Unread", "orange", "hourglass", "waits for others", "wait for others"),
    "overdue": ("Overdue", "orange", "clock", "action is overdue", "actions are overdue"),
    "today": ("Due", "orange", "clock", "action is due today", "actions are due today"),
    "silent": ("Quiet", "orange", "hourglass", "has no response yet", "have no response yet"),
    "referral": ("Waiting", "orange", "hourglass", "referral unanswered", "referrals unanswered"),
    "review": ("Plan", "violet", "plan", "plan ends or is reviewed", "plans end or are reviewed"),
    "new": ("New", "violet", "flag", "since you were last here", "since you were last here"),
}  # fmt: skip


def page() -> None:
    here = session.here()
    school = settings.school(here.store)
    today = clock.now().astimezone(school.zone)
    title = f"{today:%A} {today.day} {today:%B}"
    st.title(title, anchor=False)
    groups = dashboard.now(here.store, by=here.me)
    pointed = patterns.pointed(here.store, by=here.me)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.header("Now", anchor=False)
        if not groups:
            words.line("Nothing is waiting. What cannot wait appears here.")
        for group in groups:
            now(group, school)
    with right:
        st.header("Who needs a look", anchor=False)
        if not pointed:
            words.line("No child stands out. What small pieces say together appears here.")
        children = [list(about) for _, about in groupby(pointed, lambda each: each.pupil)]
        for about in children[:CHILDREN]:
            look(here, about)
        if len(children) > CHILDREN:
            more = len(children) - CHILDREN
            words.line(f"{more} more children when these have been seen.", note=True)


def now(group: Group, school: School) -> None:
    """One group: how many, and the first of them with the way there."""
    badge, tone, icon, one, many = GROUPS[group.kind]
    count = len(group.notices)
    title = f"{count} {one if count == 1 else many}"
    left = moments.until(school.goes_home_at, school.zone) if group.kind == "urgent" else ""
    note = [words.Line(f"Home time is in {left}.", note=True)] if left else []
    words.block([words.Line(title, strong=True, badges=[words.Badge(badge, tone, icon)]), *note])
    cards = [card(notice, first=group.kind == "urgent") for notice in group.notices[:SHOWN]]
    if opened := words.cards(cards, key=f"now_{group.kind}"):
        if opened.isdecimal():
            menu.go_to("incident", number=opened)
        menu.go_to("chronology", pupil=opened)
    if count > SHOWN:
        words.line(f"and {count - SHOWN} more", note=True)


def card(notice: Notice, *, first: bool) -> words.Card:
    """One line of a group, with the way to its incident, or to the child's chronology."""
    if notice.number:
        way = words.Way(str(notice.number), f"Open #{notice.number}", first)
    else:
        way = words.Way(notice.pupil, "Open chronology", first)
    return words.Card([way], [words.Line(notice.said)])


def look(here: Here, about: list[Pointed]) -> None:
    """Everything that speaks about one child, each sentence with its records."""
    with st.container(border=True):
        words.line(f"{about[0].name}, {about[0].class_name}", strong=True)
        for each in about:
            numbers = ", ".join(f"#{piece.number}" for piece in each.pieces)
            words.block([words.Line(each.sentence), words.Line(numbers, note=True)])
            key = f"{each.pupil}_{each.rule}"
            if session.recall("setting_aside") == key:
                aside(here, each, key)
            elif st.button("Set aside", key=f"aside_{key}"):
                session.remember("setting_aside", key)
                st.rerun()
        if st.button("See the records", key=f"see_{about[0].pupil}"):
            menu.go_to("chronology", pupil=about[0].pupil)


def aside(here: Here, each: Pointed, key: str) -> None:
    """Why nothing follows from a sentence."""
    reason = st.text_input("Why does nothing follow?", key=f"reason_{key}")
    if st.button("Set it aside", type="primary", key=f"set_{key}"):
        try:
            patterns.set_aside(here.store, each.pupil, each.rule, reason, by=here.me)
        except Incomplete as incomplete:
            words.badge(str(incomplete), "red", "alert")
            return
        session.forget("setting_aside")
        st.rerun()
    words.line("It comes back when something new stands behind it.", note=True)


page()
