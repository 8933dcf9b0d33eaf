"""A concern as it will stand in the record, shown once more before it is sent."""

from __future__ import annotations

import streamlit as st

from core import (
    body_maps,
    categories,
    forms,
    incidents,
    moments,
    paper_sources,
    people,
    pupils,
    recipients,
    settings,
)
from core.forms import Form
from core.inspection import Inspected
from pages.parts import drawn, urgency, words
from pages.parts.session import Here

OUTSIDE = "Nobody at school can be told about this: ring children’s services, or 999 in danger."


def draw(here: Here, form: Form) -> None:
    """The whole form, for reading."""
    zone = settings.school(here.store).zone
    pupil = pupils.of(here.store, form.pupil, by=here.me)
    st.title("Check and send", anchor=False)
    words.line("Nothing can be changed or deleted afterwards.", note=True)
    left, right = st.columns([7, 4], gap="large")
    with left:
        badges = [urgency.mark(settings.school(here.store))] if form.urgent else []
        note = f"{pupil.class_name} · born {moments.day(pupil.born_on)}"
        words.block([words.Heading(pupil.name, note, 2, badges)])
        assert form.occurred_at is not None  # noqa: S101 - checked before the review is shown
        words.lines(
            words.Line(categories.names(form.categories)),
            words.Line(moments.full(form.occurred_at, zone, about=form.about_time), note=True),
        )
        words.account(form.account)
        if form.child_words:
            words.heading("In the child’s own words")
            words.quote(form.child_words)
        if form.body_map:
            drawn.maps([body_maps.preview(form.body_map, by=here.me)], settings.school(here.store))
        st.header("These people will be alerted", anchor=False)
        told = incidents.told(here.store, form, by=here.me)
        words.recipients((each.person.name, each.why) for each in told)
        if not recipients.somebody_can_act(told):
            words.badge(OUTSIDE, "red", "alert")
    with right, st.container(border=True):
        words.facts(_facts(here, form))


def _facts(here: Here, form: Form) -> list[words.Fact]:
    names = {person.id: person.name for person in people.colleagues(here.store, by=here.me)}
    linked = [
        f"{pupils.of(here.store, pupil, by=here.me).name}, {forms.PARTS[part].lower()}"
        for pupil, part in form.linked
    ]
    why_not = None if form.parents_contacted else form.parents_why_not
    told = ", ".join(part for part in (form.told_in_person, form.told_at) if part)
    paper = [
        words.Fact("Written by", each.said(here.me.name), f"Kept: {each.original}")
        for each in paper_sources.preview(here.store, form.paper, by=here.me)
    ]
    return [
        *paper,
        words.Fact("Parents contacted", "Yes" if form.parents_contacted else "No", why_not),
        words.Fact("Told in person", told or "Nobody yet"),
        words.Fact("Linked students", "\n".join(linked) or "None"),
        words.Fact("About staff", ", ".join(names[id_] for id_ in form.named) or "No"),
        words.Fact("Agencies", categories.agency_names(form.agencies) or "None"),
        words.Fact("Files", "\n".join(map(_named, form.files)) or "None"),
        words.Fact("Original notes", form.original_notes or "None"),
    ]


def _named(file: Inspected) -> str:
    because = f" (a photograph of an injury, kept because: {file.allowed_because})"
    return file.name + (because if file.shows_injury else "")
