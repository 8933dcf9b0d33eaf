"""Chronology: a child's record in the order in which things happened."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

import streamlit as st

from core import actions, categories, chronology, decisions, forms, moments, settings
from core.chronology import Chronology, Entry, Wanted
from core.errors import Refused
from pages.parts import child, drawn, menu, session, timeline, words


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
    child.head(whole)
    if st.button("Add Incident"):
        session.forget("form", "added")
        menu.go_to("add-incident", pupil=whole.pupil.id)
    child.keep(here, whole)
    st.header("Chronology", anchor=False)
    if not whole.entries:
        words.line("Nothing has been recorded about this student.")
        return
    words.line("Larger is more serious, a red diamond is urgent. Grey is holidays.", note=True)
    timeline.draw(whole.entries, zone, key=f"timeline_{pupil}")
    found = chronology.of(here.store, pupil, wanted(whole), by=here.me)
    words.line(
        f"{len(found.entries)} of {len(whole.entries)} entries, the newest first.", note=True
    )
    if not found.entries:
        words.line("Nothing in this record is of that kind: choose fewer things above.")
    for month, entries in groupby(found.entries, lambda entry: _month(entry, zone)):
        st.subheader(month, anchor=False)
        for entry in entries:
            line(entry, zone, found.pupil.id)


def wanted(whole: Chronology) -> Wanted:
    """What of the record is to be shown."""
    names = {key: categories.names([key]) for key in whole.categories}
    kinds = st.pills("Kinds of concern", list(names), selection_mode="multi", key="kinds",
                     format_func=lambda key: names[key], wrap=True)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input("From", None, format="DD/MM/YYYY", key="since", width=180)
        until = st.date_input("To", None, format="DD/MM/YYYY", key="until", width=180)
        author = st.selectbox("Written by", list(whole.authors), index=None, key="author",
                              format_func=lambda id_: whole.authors[id_], width=260,
                              placeholder="Anybody")  # fmt: skip
    with st.container(horizontal=True):
        significant = st.toggle("Significant only", key="significant")
        household = st.toggle("With the household", key="household",
                              disabled=not whole.household)  # fmt: skip
        errors = st.toggle("With what was entered in error", key="errors")
    return Wanted(
        categories=tuple(kinds), since=since, until=until, author=author or "",
        significant=significant, household=household, errors=errors,
    )  # fmt: skip


def line(entry: Entry, zone: ZoneInfo, pupil: str) -> None:
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
        shown = [*account(entry, pupil), *drawn.thumbnails(entry.body_maps), *decided(entry)]
        beneath_ = (beneath(action, zone) for action in entry.actions)
        outcome = [words.Facts([words.Fact("What came of it", entry.outcome)])]
        words.block([*shown, *beneath_, *outcome * bool(entry.outcome)])
    if way.button(f"Open #{incident.number}"):
        menu.go_to("incident", number=str(incident.number))


def account(entry: Entry, pupil: str) -> list[words.Block]:
    """What happened, and the child's own words."""
    incident = entry.incident
    badges = [words.Badge("Urgent", "red", "urgent")] * incident.urgent
    badges += [words.Badge("Significant", "violet", "flag")] * bool(entry.meaning)
    badges += [words.Badge("Entered in error", "orange", "alert")] * entry.in_error
    if entry.part:
        badges.append(words.Badge(f"Linked: {forms.PARTS[entry.part].lower()}", "gray"))
    if moments.is_late(incident.occurred_at, entry.recorded_at):
        later = moments.later(incident.occurred_at, entry.recorded_at)
        badges.append(words.Badge(f"Written down {later}", "gray", "late"))
    head = words.Line(entry.title, strong=True, aside=f"from {entry.author}", badges=badges)
    about = [words.Line(f"About {entry.about}", note=True)] * (entry.about_id != pupil)
    files = [words.Line(f"Files: {', '.join(f.name for f in entry.files)}", note=True)]
    blocks: list[words.Block] = [head, *about, words.Account(incident.account)]
    blocks += [words.Quote(incident.child_words)] * bool(incident.child_words)
    return blocks + files * bool(entry.files)


def decided(entry: Entry) -> list[words.Block]:
    """What it meant for the child, and what was decided or decided against."""
    meant = entry.meaning
    blocks: list[words.Block] = []
    if meant:
        facts = [words.Fact("What it meant for the child", meant.meaning)]
        facts += [words.Fact("Decided", meant.decided)] * bool(meant.decided)
        blocks.append(words.Facts(facts))
    for each in entry.decisions:
        said = f"{decisions.DECIDED[each.decided]}. {words.apart(each.reason)}"
        blocks.append(words.Beneath([words.Line(f"{each.author} · Decision", note=True),
                                     words.Account(said)]))  # fmt: skip
    return blocks


def beneath(action: actions.Line, zone: ZoneInfo) -> words.Block:
    """An action, set in beneath its incident."""
    kind = actions.KINDS[action.kind]
    told = f"{moments.short(action.recorded_at, zone)} · {action.author} · {kind}"
    return words.Beneath([words.Line(told, note=True), words.Account(action.account)])


def _month(entry: Entry, zone: ZoneInfo) -> str:
    return f"{entry.incident.occurred_at.astimezone(zone):%B %Y}"


page()
