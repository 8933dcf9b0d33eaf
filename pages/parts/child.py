"""Who a child is, as the team has to know it: plans, household, agencies, and the standing note."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core import categories, charges, moments, plans
from core.chronology import Chronology
from core.errors import Refused
from core.forms import Incomplete
from core.plans import Form, Plan
from pages.parts import folded, pickers, session, words
from pages.parts.session import Here, keyed


def head(found: Chronology, today: date) -> None:
    """The name, the plans that have not ended, and the facts."""
    pupil = found.pupil
    known_as = f" ({pupil.known_as})" if pupil.known_as else ""
    note = f"{pupil.class_name} · born {moments.day(pupil.born_on)}"
    badges = [
        words.Badge(f"{plans.KINDS[p.kind]} {_dates(p)}", "violet", "plan")
        for p in found.plans
        if not p.is_over(today)
    ]
    led_by = found.in_charge
    since = f"Since {moments.day(led_by.since.date())}" if led_by else None
    household = [f"{p.name}, {p.class_name}" for p in found.household]
    facts = [
        words.Fact("Lead in charge", led_by.name if led_by else "Nobody yet", since),
        words.Fact("Household", "\n".join(household) or "No other child here"),
        words.Fact("Agencies", categories.agency_names(found.agencies) or "None so far"),
        words.Fact("May collect", "\n".join(found.collected_by) or "Nobody is on the list"),
    ]
    kept_from = [words.Fact("Must not collect", "\n".join(found.kept_from))]
    facts += kept_from * bool(found.kept_from)
    words.block([words.Heading(pupil.name + known_as, note, 1), *badges,
                 words.Facts(facts, across=True), *_first(found)])  # fmt: skip


def _first(found: Chronology) -> list[words.Block]:
    """What every lead should know first."""
    if not found.note:
        return []
    told = f"{found.note.author}, {moments.day(found.note.recorded_at.date())}"
    return [words.Badge("Know this first", "orange", "alert"), words.Account(found.note.account),
            words.Line(told, note=True)]  # fmt: skip


def _dates(plan: Plan) -> str:
    """From when until when, and when it is reviewed next."""
    until = f" until {moments.day(plan.until)}" if plan.until else ""
    review = f", review on {moments.day(plan.review_on)}" if plan.review_on else ""
    return f"since {moments.day(plan.since)}{until}{review}"


def keep(here: Here, found: Chronology) -> None:
    """What the team changes about a child: the standing note, and plans."""
    fold = folded.away("Lead in charge, standing note, plans and flags", key="about")
    if fold is None:
        return
    with fold:
        _in_charge(here, found)
        _note(here, found)
        for plan in found.plans:
            words.line(f"{plans.KINDS[plan.kind]} {_dates(plan)}")
        _add(here, found)


def _note(here: Here, found: Chronology) -> None:
    """The standing note. What is typed takes the place of the note that was read."""
    (seen,) = session.recall("note_seen") or (found.note,)
    session.remember("note_seen", (seen,))
    before = found.note.account if found.note else ""
    account = st.text_area("What every lead should know first", before, key=keyed("standing"))
    if st.button("Record the note"):
        session.forget("note_seen")
        try:
            plans.note(here.store, found.pupil.id, account, seen=seen, by=here.me)
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        st.rerun()


def _in_charge(here: Here, found: Chronology) -> None:
    leads = charges.candidates(here.store, found.pupil.id, by=here.me)
    now = found.in_charge.person if found.in_charge else ""
    key = f"in_charge_{found.pupil.id}"
    chosen = pickers.one_of_staff("Lead in charge", leads, chosen=now, key=key)
    if st.button("Record who is in charge"):
        try:
            charges.name(here.store, found.pupil.id, chosen, by=here.me)
        except Incomplete as incomplete:
            words.badge(str(incomplete), "red", "alert")
            return
        st.rerun()


def _add(here: Here, found: Chronology) -> None:
    form = Form(pupil=found.pupil.id)
    form.kind = st.pills("A plan or flag", list(plans.KINDS), key=keyed("plan_kind"), wrap=True,
                         format_func=lambda key: plans.KINDS[key]) or ""  # fmt: skip
    with st.container(horizontal=True):
        form.since, form.until, form.review_on = (
            st.date_input(label, None, format="DD/MM/YYYY", key=keyed(f"plan_{label}"), width=180)
            for label in ("Since", "Until", "Review on")
        )
    if st.button("Record the plan"):
        try:
            plans.record(here.store, form, by=here.me)
        except Incomplete as incomplete:
            words.block(
                [words.Badge(text, "red", "alert") for text in incomplete.problems.values()]
            )
            return
        st.rerun()
