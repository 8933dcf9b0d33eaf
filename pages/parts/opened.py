"""An incident as it stands in the record, for reading."""

from __future__ import annotations

import streamlit as st

from core import categories, forms, moments
from core.incidents import Opened
from core.settings import School
from pages.parts import clock_note, links, urgency, words


def top(opened: Opened, school: School) -> None:
    """Which incident this is, and about whom."""
    incident, pupil = opened.incident, opened.pupil
    urgent = urgency.mark(school, opened.recorded_at)
    new = words.Badge("New", "violet")
    error = words.Badge("Entered in error", "orange", "alert")
    badges = [urgent] * incident.urgent + [new] * opened.waits_for_me + [error] * opened.in_error
    note = f"{pupil.class_name} · born {moments.day(pupil.born_on)}"
    words.block(
        [
            words.Heading(f"#{incident.number}", None, 1, badges),
            words.Heading(pupil.name, note, 2),
            words.Line(categories.names(incident.categories)),
        ]
    )


def account(opened: Opened, school: School) -> None:
    """What happened, as it was written down."""
    incident = opened.incident
    when = moments.full(incident.occurred_at, school.zone, about=incident.about_time)
    later = moments.later(incident.occurred_at, opened.recorded_at)
    post = f", {opened.author_post.lower()}" if opened.author_post else ""
    is_wrong = opened.recorded_at in opened.wrong_at  # then nobody can say how late it was
    late = moments.is_late(incident.occurred_at, opened.recorded_at) and not is_wrong
    blocks: list[words.Block] = [
        words.Heading("What happened", None, 2),
        words.Line(
            f"{when}. {_written(opened, '' if is_wrong else f' {later}', post)}",
            note=True,
            badges=[words.Badge(f"Written down {later}", "gray", "late")] * late,
        ),
        *clock_note.beside(opened.recorded_at, opened.wrong_at),
        words.Account(incident.account),
    ]
    if incident.child_words:
        blocks += [
            words.Heading("In the child’s own words", None, 2),
            words.Quote(incident.child_words),
        ]
    words.block(blocks)


def _written(opened: Opened, later: str, post: str) -> str:
    typist = f"{opened.author}{post}"
    if opened.paper:
        return f"Written by {opened.paper.said(typist)}{',' * bool(later)}{later}."
    return f"Written down{later} by {typist}."


def facts(opened: Opened) -> None:
    """What else was written down."""
    incident = opened.incident
    linked = [
        f"{each.name}, {each.class_name}, {forms.PARTS[each.part].lower()}"
        for each in opened.linked
    ]
    told = ", ".join(part for part in (incident.told_in_person, incident.told_at) if part)
    contacted = "Yes" if incident.parents_contacted else "No"
    with st.container(border=True):
        own = [file for file in opened.files if not file.action]
        paper = [words.Fact("The original form", opened.paper.original)] if opened.paper else []
        written = words.Facts(
            [
                words.Fact("Parents contacted", contacted, incident.parents_why_not or None),
                words.Fact("Told in person", told or "Nobody"),
                words.Fact("Linked students", "\n".join(linked) or "None"),
                words.Fact("Agencies", categories.agency_names(incident.agencies) or "None"),
                words.Fact("Original notes", incident.original_notes or "None"),
                *paper,
            ]
        )
        words.block([written, words.Line("Files" if own else "No files", note=True)])
        links.files(own)


def readers(opened: Opened, school: School) -> None:
    """Who was told, and who has read it."""
    st.header("Who has read it", anchor=False)
    wrote = "Entered it" if opened.paper else "Wrote it"
    rows: list[tuple[str, str, words.State]] = [(opened.author, wrote, "read")]
    for reader in opened.readers:
        if reader.person == opened.author_id:  # hears of what was added; one line is enough
            if reader.read_at is None:
                rows[0] = (opened.author, f"{wrote}, has not read what was added", "unread")
        elif reader.read_at:
            rows.append((reader.name, moments.short(reader.read_at, school.zone), "read"))
        else:
            rows.append((reader.name, "Not yet", "unread"))
    words.readers(rows)
