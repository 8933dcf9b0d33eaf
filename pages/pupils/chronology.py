"""Chronology: a child's record in the order in which things happened."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from core import chronology, leaves, moments, school_days, settings
from core.chronology import Chronology
from core.errors import Refused
from pages.parts import child, entries, exported, filtering, menu, session, timeline, words

WAYS = {
    "add-incident": "Add Incident",
    "export": "Export",
    "body-maps": "Body maps together",
    "collection": "Who may collect",
    "conference": "Conference report",
    "transfers": "Transfer",
    "subject-access": "Subject access",
}
NOTHING = words.Line("Nothing has been recorded about this student here.")
UNFIT = "Nothing in this record fits what is chosen: choose fewer things above."
LEGEND = words.Line("Larger is more serious, a red diamond is urgent. Grey is holidays.", note=True)


def page() -> None:
    here = session.here()
    pupil = session.asked_for("pupil")
    try:
        whole = chronology.of(here.store, pupil, by=here.me)
    except Refused as refusal:
        st.title("Chronology", anchor=False)
        words.line(str(refusal))
        return
    zone = settings.school(here.store).zone
    child.head(whole, moments.today(zone))
    ways(whole)
    child.keep(here, whole)
    exported.listed(here, whole.pupil.id)
    words.block([words.Heading("Chronology"), LEGEND if whole.entries else NOTHING])
    if whole.entries:
        calendar = school_days.calendar(here.store)
        timeline.draw(whole.entries, zone, calendar, key=f"timeline_{pupil}")
    elif not (whole.in_error or whole.household):
        listed(whole, zone, [])
        return
    found = chronology.of(here.store, pupil, filtering.wanted(here, whole), by=here.me)
    more = len(found.entries) > len(whole.entries)  # with the household, or what was an error
    of_all = "" if more else f" of {len(whole.entries)}"
    head = [words.Line(f"{len(found.entries)}{of_all} entries, the newest first.", note=True)]
    head += [words.Line(UNFIT)] * bool(whole.entries and not found.entries)
    listed(found, zone, head)


def ways(whole: Chronology) -> None:
    """What else can be done with this record."""
    offered = dict(WAYS)
    if not any(entry.body_maps for entry in whole.entries):
        del offered["body-maps"]
    taken = words.ways(offered, key="ways")
    if taken == "add-incident":
        session.forget("form", "added")
    if taken:
        menu.go_to(taken, pupil=whole.pupil.id)


def listed(found: Chronology, zone: ZoneInfo, head: list[words.Line]) -> None:
    """The list beneath its head, a leaf at first and more when asked; from a year, if one is
    chosen."""
    years, year = leaves.years(found.entries, zone), None
    if years:
        year = st.selectbox("Go to a year", years, index=None, key="year", width=260,
                            placeholder="The newest")  # fmt: skip
    so_far = session.recall("leaves", 1)
    shown = leaves.shown(found.entries, so_far, year, zone)
    newer = [words.Line(f"{shown.newer} newer entries are not shown.", note=True)]
    older = [words.Line(f"{shown.older} older entries.", note=True)] * bool(shown.older)
    head += newer * bool(shown.newer)
    came = leaves.among(found.received, shown)
    if opened := entries.draw(shown.entries, came, zone, pupil=found.pupil.id, head=head,
                              foot=older):  # fmt: skip
        if opened.startswith(entries.OF_ANOTHER):
            menu.go_to("received", received=opened.removeprefix(entries.OF_ANOTHER))
        menu.go_to("incident", number=opened)
    if shown.older and st.button("Show 50 more"):
        session.remember("leaves", so_far + 1)
        st.rerun()


page()
