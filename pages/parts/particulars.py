"""The rest of a concern: its kind, the other children, who is told, files, agencies, urgency."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core import categories, forms, incidents, moments, people, pupils
from core.person import Role
from core.settings import School
from pages.parts import pickers, uploads, words
from pages.parts.concern import WIDTH, Section
from pages.parts.session import Here


def kinds(at: Section) -> None:
    """Categories; those for leads only are offered to leads only."""
    st.header("Categories", anchor=False)
    offered = {c.key: c.name for c in categories.offered(by=at.here.me)}
    with st.container(width=WIDTH):
        at.form.categories = tuple(
            st.pills(
                "Choose one or more",
                list(offered),
                selection_mode="multi",
                default=[key for key in at.form.categories if key in offered],
                format_func=lambda key: offered[key],
                key=at.key("categories"),
                wrap=True,
            )
        )
    at.problem("categories")


def linked(at: Section, rows: Sequence[str]) -> str | None:
    """Other children who took part. `rows` are the ids of the lines that are shown.

    Returns `"more"` to ask for another line, or the id of a line to take off.
    """
    st.header("Linked students", anchor=False)
    everyone = pupils.everyone(at.here.store, by=at.here.me)
    before, asked, found = dict(zip(rows, at.form.linked, strict=False)), None, []
    with st.container(width=WIDTH):
        for row in rows:
            pupil, part = before.get(row, ("", "other"))
            who, how, off = st.columns([5, 4, 2], vertical_alignment="bottom")
            with who:
                pupil = pickers.student(
                    "Student", everyone, chosen=pupil, key=at.key(f"linked_{row}"),
                    hidden=[at.form.pupil],
                )  # fmt: skip
            with how:
                part = _part(at, row, part)
            if off.button("Remove", key=at.key(f"unlink_{row}"), width="stretch"):
                asked = row
            found.append((pupil, part))
        if st.button("Link another student", icon=":material/add:", key=at.key("link")):
            asked = "more"
        at.problem("linked")
    at.form.linked = tuple(found)
    return asked


def _part(at: Section, row: str, part: str) -> str:
    parts = list(forms.PARTS)
    return st.selectbox(
        "Their part",
        parts,
        index=parts.index(part),
        format_func=lambda key: forms.PARTS[key],
        key=at.key(f"part_{row}"),
    )


def recipients(at: Section) -> None:
    """Who is told: those who always are, with a lock, and others by typing."""
    st.header("Alert staff members", anchor=False)
    staff = people.colleagues(at.here.store, by=at.here.me)
    with st.container(width=WIDTH):
        told = incidents.told(at.here.store, at.form, by=at.here.me)
        always = [each for each in told if each.person.id not in at.form.others]
        with st.container(border=True):
            note = "Always told about every incident. They cannot be taken off."
            told_always = [words.Recipient(each.person.name, each.why) for each in always]
            words.block([words.Line(note, note=True), words.Recipients(told_always)])
        fixed = {each.person.id for each in always} | {at.here.me.id}
        others = [person for person in staff if person.id not in fixed]
        at.form.others = pickers.staff(
            "Others who need to know", others, chosen=at.form.others, key=at.key("others")
        )
        at.form.named = pickers.staff(
            "Staff whom this concern is about, if any. They are not told.",
            staff,
            chosen=at.form.named,
            key=at.key("named"),
        )
        at.problem("others")


def files(at: Section) -> None:
    """Files, checked as soon as they are there."""
    st.header("Files", anchor=False)
    with st.container(width=WIDTH):
        at.form.files = uploads.draw(at.here, at.form, key=at.key("files"))
        at.problem("files")


def bodies(at: Section) -> None:
    """Outside bodies that are involved."""
    st.header("Agencies", anchor=False)
    offered = {agency.key: agency.name for agency in categories.agencies()}
    at.form.agencies = tuple(
        st.multiselect(
            "Already involved, if any",
            list(offered),
            default=[key for key in at.form.agencies if key in offered],
            format_func=lambda key: offered[key],
            placeholder="Choose",
            key=at.key("agencies"),
            width=WIDTH,
        )
    )


def urgent(at: Section, school: School) -> None:
    """Whether somebody must act before the child goes home, and how long that is."""
    st.header("Urgent", anchor=False)
    with st.container(width=WIDTH, border=True):
        at.form.urgent = st.toggle(
            "Someone must act before the child goes home", at.form.urgent, key=at.key("urgent")
        )
        if at.form.urgent:
            left = moments.until(school.goes_home_at, school.zone)
            said = f"{left} until home time" if left else "Home time has passed"
            words.badge(said, "red", "clock")
        find = f"Then find {leads(at.here)} in person."
        words.line(f"If a child is in danger now, ring 999 first. {find}", note=True)


def leads(here: Here) -> str:
    """Whom to look for, by name: “Mrs Whitlock or Mr Barker”."""
    found = [p.name for p in people.colleagues(here.store, by=here.me)
             if p.role is Role.LEAD and p.id != here.me.id]  # fmt: skip
    return " or ".join(found[:2]) or "the head"
