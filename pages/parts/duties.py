"""What somebody owes before they read anything: a child is missing, an account, what is overdue."""

from __future__ import annotations

import streamlit as st

from core import (
    adult_files,
    mail_server,
    mails,
    moments,
    requests,
    settings,
)
from core.missing import accounts, logs, titles
from core.permissions import Verb, may
from pages.parts import menu, request_cards, words
from pages.parts.session import Here


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
    if number := words.cards([request_cards.card(each, zone) for each in late], key="overdue"):
        menu.go_to("incident", number=number)
    if st.button("My actions", icon=":material/arrow_forward:"):
        menu.go_to("my-actions")


def about_adults(here: Here) -> None:
    """The way to concerns about adults that I have not read; nothing where there is none."""
    if adult_files.waiting(here.store, by=here.me):
        words.badge("A concern about an adult waits for you", "orange", "alert")
        if st.button("Open concerns about adults"):
            menu.go_to("adults")


def unsent(here: Here) -> None:
    """Leads hear of mail that does not go, or cannot."""
    if not may(here.me, Verb.SEE_UNSENT_MAIL):
        return
    late = mails.waiting_long(here.store, by=here.me)
    if late and mail_server.configured():
        words.badge(f"{late} mails have not gone for an hour. Alerts are here.", "orange", "alert")
    elif late:
        words.line("No mail server is set up: people see their alerts only here.", note=True)
