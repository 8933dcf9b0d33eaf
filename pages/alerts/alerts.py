"""Alerts: what waits for me, urgent first, and what I have read."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from core import (
    adult_files,
    alerts,
    clock,
    mail_server,
    mails,
    moments,
    requests,
    settings,
)
from core.alerts import Waiting
from core.missing import accounts, logs, titles
from core.permissions import Verb, may
from core.requests import Request
from core.settings import School
from pages.parts import menu, session, urgency, words
from pages.parts.session import Here

MONTH = timedelta(days=30)


def page() -> None:
    here = session.here()
    st.title("Alerts", anchor=False)
    unsent(here)
    missing(here)
    account_asked(here)
    overdue(here)
    about_adults(here)
    waiting = alerts.unread(here.store, by=here.me)
    views = {
        "unread": f"Unread ({len(waiting)})",
        "month": "Last 30 days",
        "all": "All",
    }
    view = st.segmented_control(
        "Which alerts", list(views), default="unread", required=True,
        format_func=lambda key: views[key], label_visibility="collapsed", key="view",
    )  # fmt: skip
    unread(here, waiting)
    if view != "unread":
        since = clock.now() - MONTH if view == "month" else None
        title = "Read in the last 30 days" if since else "Read"
        read(here, title, alerts.read(here.store, since=since, by=here.me))


def missing(here: Here) -> None:
    """A child is missing now: before everything else."""
    if not may(here.me, Verb.KEEP_SEARCH):
        return
    cards = []
    for log in logs.alarms(here.store, by=here.me):
        badge = words.Badge("A child is missing", "red", "alert")
        said = words.Line(titles.of(here.store, log.id, by=here.me), strong=True)
        cards.append(words.Card([words.Way(log.id, "Open the log", first=True)], [badge, said]))
    if cards and (opened := words.cards(cards, key="missing")):
        menu.go_to("missing-child", log=opened)


def account_asked(here: Here) -> None:
    """A search in which I took part is over, and I have not written what I saw and did."""
    if not may(here.me, Verb.KEEP_SEARCH):
        return
    zone = settings.school(here.store).zone
    badge = words.Badge("Your account is asked", "orange", "alert")
    cards = [words.Card([words.Way(each.log, "Write your account")],
                        [badge, words.Line(f"The search of {moments.short(each.began_at, zone)}")])
             for each in accounts.asked(here.store, by=here.me)]  # fmt: skip
    if cards and (log := words.cards(cards, key="account_asked")):
        menu.go_to("after-search", log=log)


def overdue(here: Here) -> None:
    """What I was asked to do by a day that has passed."""
    late = requests.overdue(here.store, by=here.me)
    if not late:
        return
    st.header("Overdue", anchor=False)
    zone = settings.school(here.store).zone
    if number := words.cards([asked(each, zone) for each in late], key="overdue"):
        menu.go_to("incident", number=number)
    if st.button("My actions", icon=":material/arrow_forward:"):
        menu.go_to("my-actions")


def asked(request: Request, zone: ZoneInfo) -> words.Card:
    """One thing that somebody asked me to do."""
    assert request.due_on is not None  # noqa: S101 - or it would not be overdue
    since = words.Badge(f"Overdue since {moments.day(request.due_on)}", "red", "clock")
    asked_at = f"{moments.short(request.recorded_at, zone)} · asked by {request.author}"
    blocks: list[words.Block] = [
        words.Line(f"#{request.number}", strong=True, badges=[since]),
        words.Line(f"{request.pupil_name}, {request.class_name}"),
        words.Account(request.account),
        words.Line(asked_at, note=True),
    ]
    return words.Card([words.Way(str(request.number), f"Open #{request.number}")], blocks)


def about_adults(here: Here) -> None:
    """The way to concerns about adults that I have not read; nothing where there is none."""
    if adult_files.waiting(here.store, by=here.me):
        words.badge("A concern about an adult waits for you", "orange", "alert")
        if st.button("Open concerns about adults"):
            menu.go_to("adults")


def unread(here: Here, waiting: list[Waiting]) -> None:
    """What waits, with the first one offered."""
    st.header("Unread", anchor=False)
    if not waiting:
        words.line("Nothing is waiting for you. New alerts appear here.")
    draw(here, waiting[:100], key="unread", offered=True)
    if len(waiting) > 100:
        words.line(f"{len(waiting) - 100} more appear as you read these.", note=True)


def read(here: Here, title: str, lines: list[Waiting]) -> None:
    """What was read, the newest first."""
    st.header(title, anchor=False)
    shown = session.recall("alerts_shown", 30)
    draw(here, lines[:shown], key="read")
    if len(lines) > shown:
        if st.button(f"Show more ({len(lines) - shown})"):
            session.remember("alerts_shown", shown + 70)
            st.rerun()
    else:
        words.line("That is everything.", note=True)


def draw(here: Here, lines: list[Waiting], *, key: str, offered: bool = False) -> None:
    """The incidents of a list, the first of them `offered`."""
    school = settings.school(here.store)
    cards = [card(line, school, first=offered and line is lines[0]) for line in lines]
    if number := words.cards(cards, key=key):
        menu.go_to("incident", number=number)


def card(line: Waiting, school: School, *, first: bool) -> words.Card:
    """One incident that somebody alerted me to."""
    new = line.read_at is None
    what = "New action, from" if line.is_action else "from"
    told = f"{moments.short(line.recorded_at, school.zone)} · {what} {line.author}"
    if line.read_at:
        told += f" · you read it {moments.short(line.read_at, school.zone)}"
    blocks = [
        words.Line(line.title, strong=new, badges=marks(line, school)),
        words.Line(f"{line.pupil_name}, {line.class_name}"),
        words.Line(told, note=True),
        *(words.Line(each, note=True) for each in delays(line)),
    ]
    return words.Card([words.Way(str(line.number), f"Open #{line.number}", first)], blocks)


def delays(line: Waiting) -> list[str]:
    """For whose delay it was escalated to me."""
    unread = [f"Not read in time by {line.unread_by}"] * bool(line.unread_by)
    return unread + [f"Not done in time by {line.not_done_by}"] * bool(line.not_done_by)


def marks(line: Waiting, school: School) -> list[words.Badge]:
    """Why a line cannot wait, or that it has waited."""
    if line.read_at is not None:
        return []
    if line.urgent:
        return [urgency.mark(school, line.recorded_at)]
    if delays(line):
        return [words.Badge("Escalated to you", "orange", "hourglass")]
    if clock.now() - line.recorded_at > timedelta(days=1):
        return [words.Badge(f"Waiting since {line.recorded_at:%A}", "orange", "hourglass")]
    return []


def unsent(here: Here) -> None:
    """Leads hear of mail that does not go, or cannot."""
    if not may(here.me, Verb.SEE_UNSENT_MAIL):
        return
    late = mails.waiting_long(here.store, by=here.me)
    if late and mail_server.configured():
        words.badge(f"{late} mails have not gone for an hour. Alerts are here.", "orange", "alert")
    elif late:
        words.line("No mail server is set up: people see their alerts only here.", note=True)


page()
