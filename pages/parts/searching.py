"""What everybody with a missing-child log open sees change, and what they press in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from core import people, settings
from core.errors import Refused
from core.missing import entries, known, roles, state, steps
from core.missing.logs import Log
from core.missing.shape import State
from pages.parts import session, sought, words
from pages.parts.session import Here
from pages.parts.sought import Drawn


def top(here: Here, log: str) -> None:
    """Who is missing, for how long, and the one thing to do now."""
    if now := _now(here, log):
        zone = settings.school(here.store).zone
        drawn: list[Drawn] = [*sought.head(now, zone)]
        if now.log.is_open:
            drawn.append(sought.do_now(now))
        drawn += sought.found(now, zone)
        _take(here, now, words.taps(drawn, key=f"search_top_{log}"))


def lists(here: Here, log: str) -> None:
    """What the caller says, who does what and where, and what has happened. On a phone they stand
    one beneath the other, so that what has happened comes last."""
    now = _now(here, log)
    if now is None:
        return
    left, right = st.columns([7, 5], gap="large")
    with left:
        words.taps([*sought.caller(now), *_contacts(here, now)], key=f"caller_{log}")
    with right:
        words.taps(_known(here, now), key=f"known_{log}")
    left, right = st.columns([7, 5], gap="large")
    with left:
        _take(here, now, words.taps(_pressed(here, now), key=f"search_{log}"))
    with right:
        zone = settings.school(here.store).zone
        whole = sought.happened(entries.of(here.store, log, by=here.me), zone)
        names = people.names(here.store)
        words.taps([*whole, *sought.alerted(now, names, zone)], key=f"happened_{log}")


def _now(here: Here, log: str) -> State | None:
    try:
        return state.of(here.store, log, by=here.me)
    except Refused as refusal:  # it was closed, and is theirs no longer
        words.line(str(refusal))
        return None


def _pressed(here: Here, now: State) -> list[Drawn]:
    """Everything that can be pressed. Once a child is found, nobody is sent to search."""
    zone = settings.school(here.store).zone
    checklist: list[Drawn] = [words.Heading("Steps"), *sought.checklist(now, zone)]
    if now.all_found or not now.log.is_open:
        return [*checklist, *sought.done(now, zone)]
    search: list[Drawn] = [
        words.Heading("Who does what"), *sought.roles(now, here.me),
        words.Heading("Where to search"), *sought.places(now, zone),
    ]  # fmt: skip
    dangers = sought.dangers(now, here.me)
    if steps.POLICE in now.steps:
        return [*search, *checklist, *dangers]
    return [*dangers, *search, *checklist]


def _contacts(here: Here, now: State) -> list[Drawn]:
    """Whom to ring, for whoever has to."""
    drawn: list[Drawn] = []
    for each in known.contacts(here.store, now.log.id, by=here.me):
        adults = [f"{adult.said}: {adult.phone or 'no number'}" for adult in each.adults]
        drawn.append(words.Line(f"Ring about {words.apart(each.child.name)}", strong=True))
        drawn += map(words.Line, adults or ["Nobody is on the list: ask the office."])
    return drawn


def _known(here: Here, now: State) -> list[Drawn]:
    """What the record knows, for the incident lead alone."""
    if not known.is_told(now, by=here.me) or not now.children:
        return []
    drawn: list[Drawn] = [words.Heading("What the record knows", "Shown to you alone: you lead.")]
    for child, some in known.of(here.store, now.log.id, by=here.me):
        drawn.append(words.Line(child.name, strong=True))
        for one in some:
            drawn.append(words.Badge(one.label, "violet", "plan"))
            drawn.append(words.Line(one.account or f"Since {one.since}"))
        drawn += [words.Line("Nothing.")] * (not some)
    return drawn


def _take(here: Here, now: State, taps: Sequence[words.Tap]) -> None:
    """Carries out what was tapped, in order; the first that is refused is said why."""
    if not taps:
        return
    refusals: list[str] = []
    for tap in taps:
        kind, key, did = _split(tap.opens)
        try:
            _press(here, now.log, kind, key, did)
        except Refused as refusal:
            refusals.append(str(refusal))
    words.taken(taps)
    if refusals:
        words.block([words.Badge(text, "red", "alert") for text in dict.fromkeys(refusals)])
        return
    st.rerun()


def _press(here: Here, log: Log, kind: str, key: str, did: str) -> None:
    if kind == "form":
        session.remember("search_form", key)
    elif kind == "role":
        roles.take(here.store, log.id, key, by=here.me)
    else:
        steps.press(here.store, log.id, kind, key, did, _time(log), by=here.me)
        if key in steps.CALLS and did == "done":
            session.remember("search_form", key)


def _time(log: Log) -> datetime | None:
    """The time on the paper that is being typed up; None in a log that is kept now."""
    at: datetime | None = session.recall("paper_time") if log.on_paper else None
    return at


def _split(opens: str) -> tuple[str, str, str]:
    """A place may have several words, so it comes last."""
    kind, one, other = opens.split(" ", 2)
    return (kind, other, one) if kind == "zone" else (kind, one, other)
