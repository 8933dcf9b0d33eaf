"""Chronology: a child's record in the order in which things happened."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

import streamlit as st

from core import actions, chronology, forms, moments, settings
from core.chronology import Entry
from core.errors import Refused
from pages.parts import drawn, menu, session, words


def page() -> None:
    here = session.here()
    try:
        found = chronology.of(here.store, session.asked_for("pupil"), by=here.me)
    except Refused as refusal:
        st.title("Chronology", anchor=False)
        words.line(str(refusal))
        return
    zone = settings.school(here.store).zone
    pupil = found.pupil
    known_as = f" ({pupil.known_as})" if pupil.known_as else ""
    note = f"{pupil.class_name} · born {moments.day(pupil.born_on)}"
    words.block([words.Heading(pupil.name + known_as, note, 1)])
    if st.button("Add Incident"):
        session.forget("form", "added")
        menu.go_to("add-incident", pupil=pupil.id)
    st.header("Chronology", anchor=False)
    if not found.entries:
        words.line("Nothing has been recorded about this student.")
    for month, entries in groupby(found.entries, lambda entry: _month(entry, zone)):
        st.subheader(month, anchor=False)
        for entry in entries:
            line(entry, zone)


def line(entry: Entry, zone: ZoneInfo) -> None:
    """One incident: the date on the left, the record on the right, its actions beneath."""
    incident = entry.incident
    local = incident.occurred_at.astimezone(zone)
    date, record, way = st.columns([2, 8, 2])
    with date:
        about = "about " if incident.about_time else ""
        words.lines(
            words.Line(f"{local:%a} {local.day} {local:%b}", strong=True),
            words.Line(f"{about}{local:%H:%M}", note=True),
        )
    with record:
        shown = [*account(entry), *drawn.thumbnails(entry.body_maps)]
        words.block([*shown, *(beneath(action, zone) for action in entry.actions)])
    if way.button(f"Open #{incident.number}"):
        menu.go_to("incident", number=str(incident.number))


def account(entry: Entry) -> list[words.Block]:
    """What happened, and the child's own words."""
    incident = entry.incident
    badges = []
    if incident.urgent:
        badges.append(words.Badge("Urgent", "red", "urgent"))
    if entry.part:
        badges.append(words.Badge(f"Linked: {forms.PARTS[entry.part].lower()}", "gray"))
    if moments.is_late(incident.occurred_at, entry.recorded_at):
        later = moments.later(incident.occurred_at, entry.recorded_at)
        badges.append(words.Badge(f"Written down {later}", "gray", "late"))
    head = words.Line(entry.title, strong=True, aside=f"from {entry.author}", badges=badges)
    about = [words.Line(f"About {entry.about}", note=True)] * bool(entry.part)
    blocks: list[words.Block] = [head, *about, words.Account(incident.account)]
    return blocks + [words.Quote(incident.child_words)] * bool(incident.child_words)


def beneath(action: actions.Line, zone: ZoneInfo) -> words.Block:
    """An action, set in beneath its incident."""
    kind = actions.KINDS[action.kind]
    told = f"{moments.short(action.recorded_at, zone)} · {action.author} · {kind}"
    return words.Beneath([words.Line(told, note=True), words.Account(action.account)])


def _month(entry: Entry, zone: ZoneInfo) -> str:
    return f"{entry.incident.occurred_at.astimezone(zone):%B %Y}"


page()
