"""School: what the school has chosen."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from core import mail_server, ratios, settings
from core.errors import Refused
from core.settings import School
from pages.parts import backed, cautions, mended, session, words


def page() -> None:
    here = session.here()
    school = settings.school(here.store)
    st.title("School", anchor=False)
    if not mail_server.configured():
        words.badge("No mail server is set up: alerts wait here, unmailed.", "orange", "alert")
    cautions.draw(here)
    mended.draw(here)
    backed.line(here, school)
    with st.form("school", width=700):
        chosen = {
            **the_school(school),
            **missing_child(school),
            **on_outings(school),
            **pointed_out(school),
        }
        if not st.form_submit_button("Record", type="primary"):
            return
    before = asdict(school)
    changed = {key: value for key, value in chosen.items() if before[key] != value}
    try:
        settings.choose(here.store, by=here.me, **changed)
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    words.badge("Recorded", "green", "check")


def the_school(school: School) -> dict[str, str]:
    """The school itself, and how people sign in."""
    name = st.text_input("Name of the school", school.name)
    home_time = st.text_input("Home time", school.home_time)
    morning = st.text_input("The morning register closes at", school.morning_closes)
    afternoon = st.text_input("The afternoon register closes at", school.afternoon_closes)
    grace = st.text_input(
        "Minutes after home time before a child is not collected", school.grace_minutes
    )
    days = st.text_input("Days after which passwords change (0: never)", school.password_days)
    everybody = st.checkbox(
        "Everybody gives an Authenticator code to sign in", school.code_for_all == "yes"
    )
    return {
        "name": name,
        "home_time": home_time,
        "morning_closes": morning,
        "afternoon_closes": afternoon,
        "grace_minutes": grace,
        "password_days": days,
        "code_for_all": "yes" if everybody else "no",
    }


def missing_child(school: School) -> dict[str, str]:
    """When the police are called, and where is searched."""
    st.subheader("When a child is missing", anchor=False)
    with st.container(horizontal=True):
        limit = st.text_input("Minutes to the police, on site", school.missing_minutes)
        outing = st.text_input("… on an outing", school.missing_minutes_outing)
    words.line("The parents are called by then too. Earlier is always allowed.", note=True)
    inside = st.text_area("Where to search inside, a place a line", school.zones_inside)
    outside = st.text_area("Where to search outside", school.zones_outside)
    vicinity = st.text_area("Where to search on an outing", school.zones_outing, height=70)
    return {
        "missing_minutes": limit,
        "missing_minutes_outing": outing,
        "zones_inside": inside,
        "zones_outside": outside,
        "zones_outing": vicinity,
    }


def pointed_out(school: School) -> dict[str, str]:
    """When the team is told that something waits, and which child needs a look."""
    st.subheader("What is pointed out", anchor=False)
    hours = st.text_input(
        "Hours of school after which an alert that a lead has not read is escalated",
        school.unread_hours,
    )
    words.line("An urgent one is escalated after 15 minutes, at any hour.", note=True)
    with st.container(horizontal=True):
        many = st.text_input("So many incidents about a student …", school.many)
        days = st.text_input("… in so many days need a look", school.many_days)
    return {"unread_hours": hours, "many": many, "many_days": days}


def on_outings(school: School) -> dict[str, str]:
    """How many children one adult looks after on an outing."""
    st.subheader("Children for each adult on an outing", anchor=False)
    with st.container(horizontal=True):
        early = st.text_input("Nursery and Reception", school.ratio_early)
        infants = st.text_input("Years 1 to 3", school.ratio_infants)
        juniors = st.text_input("Year 4 and up", school.ratio_juniors)
    words.line(ratios.NO_FIGURE, note=True)
    return {"ratio_early": early, "ratio_infants": infants, "ratio_juniors": juniors}


page()
