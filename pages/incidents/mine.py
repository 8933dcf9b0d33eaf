"""My incidents: what I have added, and how much has come of it."""

from __future__ import annotations

import streamlit as st

from core import incidents, moments, settings, statuses
from core.incidents import Summary
from pages.parts import menu, session, words

TONES: dict[str, words.Tone] = {"closed": "green", "acted_on": "violet", "looked_at": "violet"}


def page() -> None:
    here = session.here()
    zone = settings.school(here.store).zone
    st.title("My incidents", anchor=False)
    mine = incidents.mine(here.store, by=here.me)
    if not mine:
        words.line("You have not added an incident yet. What you add appears here.")
        return
    shown = mine[: session.recall("shown", 20)]
    cards = [card(each, moments.short(each.recorded_at, zone)) for each in shown]
    if number := words.cards(cards, key="mine"):
        menu.go_to("incident", number=number)
    more(len(mine))


def card(incident: Summary, when: str) -> words.Card:
    """One incident, with a button that names it by its number."""
    came = {0: "no actions yet", 1: "1 action"}.get(incident.actions, f"{incident.actions} actions")
    status = words.Badge(statuses.FOR_REPORTER[incident.status], TONES.get(incident.status, "gray"))
    blocks: list[words.Block] = [
        words.Line(incident.title, strong=True, badges=[status]),
        words.Line(f"{incident.pupil_name}, {incident.class_name}"),
        words.Line(f"{when} · {came}", note=True),
    ]
    blocks += [words.Account(incident.told_reporter)] * bool(incident.told_reporter)
    return words.Card([words.Way(str(incident.number), f"Open #{incident.number}")], blocks)


def more(total: int) -> None:
    """The end of the list, or the way on."""
    shown = session.recall("shown", 20)
    if total <= shown:
        words.line("That is every incident you have added.", note=True)
    elif st.button(f"Show more ({total - shown})"):
        session.remember("shown", shown + 50)
        st.rerun()


page()
