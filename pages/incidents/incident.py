"""An incident: number top left, the account, the actions, and who has read it."""

from __future__ import annotations

import streamlit as st

from core import actions, alerts, incidents, requests, settings
from core.errors import Refused
from core.incidents import Opened
from core.missing import joined
from core.permissions import Verb, may
from core.settings import School
from pages.parts import drawn, followed, links, menu, session, words
from pages.parts import opened as record
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    try:
        found = incidents.find(here.store, session.number_asked_for(), by=here.me)
        opened = incidents.open(here.store, found, by=here.me)
    except Refused as refusal:
        st.title("Incident", anchor=False)
        words.line(str(refusal))
        return
    school = settings.school(here.store)
    left, right = st.columns([7, 4])
    with left:
        record.top(opened, school)
    with right:
        buttons(here, opened)
    left, right = st.columns([7, 4], gap="large")
    with left:
        followed.so_far(opened, school, for_team=may(here.me, Verb.FOLLOW_UP))
        followed.corrections(opened, school)
        record.account(opened, school)
        drawn.maps((each for each in opened.body_maps if not each.map.action), school)
        followed.decisions(opened, school)
        beneath(here, opened, school)
    with right:
        record.facts(opened)
        record.readers(opened, school)


def buttons(here: Here, opened: Opened) -> None:
    """What can be done with it."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if opened.waits_for_me and st.button(
            "Mark as read", type="primary", icon=":material/check:"
        ):
            alerts.mark_read(here.store, opened.incident.id, by=here.me)
            st.rerun()
        if st.button("Add Action", icon=":material/add:"):
            menu.go_to("add-action", number=str(opened.incident.number))
        if st.button("Spoke to parent", icon=":material/forum:"):
            menu.go_to("add-action", number=str(opened.incident.number), kind="parent")
        searched = joined.log_of(here.store, opened.incident.id, by=here.me)
        if searched and st.button("Open the log of the search", icon=":material/search:"):
            menu.go_to("missing-child", log=searched.id)
        if may(here.me, Verb.FOLLOW_UP) and st.button("Follow up", icon=":material/flag:"):
            menu.go_to("follow-up", number=str(opened.incident.number))
        if may(here.me, Verb.SEE_CHRONOLOGY) and st.button("Open chronology"):
            menu.go_to("chronology", pupil=opened.pupil.id)


def beneath(here: Here, opened: Opened, school: School) -> None:
    """The actions in order, and what they ask for."""
    st.header("Actions", anchor=False)
    if not opened.actions:
        words.line("Nothing has been added yet. Add Action says what was done or decided.")
    for action in opened.actions:
        words.block(followed.action(action, school.zone, opened.wrong_at))
        links.files(file for file in opened.files if file.action == action.id)
        drawn.maps((each for each in opened.body_maps if each.map.action == action.id), school)
        if action.asked_of:
            request(here, opened.incident.number, action, school)


def request(here: Here, number: int, action: actions.Line, school: School) -> None:
    """What an action asks of somebody."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        words.block([followed.asked(action, school.zone)], width="content")
        if action.done_at:
            return
        able = requests.may_finish(action.asked_of, by=here.me)
        if able and st.button("It is done", key=f"done_{action.id}"):
            menu.go_to("add-action", number=str(number), done=action.id)


page()
