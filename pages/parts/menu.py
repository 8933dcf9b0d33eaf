"""The pages, and to whom each is offered."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

import streamlit as st

from core.permissions import Verb, offers
from core.person import Person


@dataclass(frozen=True)
class Place:
    """One page: its file, its address and title, and what one must be allowed to do to be
    offered it (None: everybody). `in_bar` and `in_more` say where the bar lists it."""

    file: str
    path: str
    title: str
    verb: Verb | None = None
    in_bar: bool = False
    in_more: bool = False


PLACES: Sequence[Place] = (
    Place("incidents/add.py", "add-incident", "Add Incident", Verb.ADD_INCIDENT, in_bar=True),
    Place("alerts/alerts.py", "alerts", "Alerts", Verb.SEE_INCIDENTS, in_bar=True),
    Place("team/today.py", "today", "Today", Verb.SEE_DASHBOARD, in_bar=True),
    Place("pupils/chronologies.py", "students", "Students", Verb.SEE_CHRONOLOGY, in_bar=True),
    Place("incidents/mine.py", "my-incidents", "My incidents", Verb.ADD_INCIDENT, in_bar=True),
    Place("incidents/asked.py", "my-actions", "My actions", Verb.ADD_INCIDENT, in_bar=True),
    Place("pupils/register.py", "register", "Register", Verb.KEEP_REGISTER, in_bar=True),
    Place("pupils/handover.py", "hand-over", "Hand over", Verb.HAND_OVER, in_more=True),
    Place("outings/outings.py", "outings", "Outings", Verb.KEEP_OUTING, in_more=True),
    Place("outings/outing.py", "outing", "Outing", Verb.KEEP_OUTING),
    Place("outings/count.py", "head-count", "Head count", Verb.KEEP_OUTING),
    Place("team/measures.py", "measures", "How we are doing", Verb.SEE_DASHBOARD, in_more=True),
    Place("pupils/classes.py", "classes", "Classes", Verb.ADD_INCIDENT, in_more=True),
    Place("incidents/paper.py", "paper-forms", "Paper forms", Verb.PRINT_FORMS, in_more=True),
    Place("pupils/search.py", "search", "Search", Verb.SEE_CHRONOLOGY, in_more=True),
    Place(
        "team/adult.py",
        "adult-concern",
        "Concern about an adult",
        Verb.RAISE_ABOUT_ADULT,
        in_more=True,
    ),
    Place("team/adults.py", "adults", "Concerns about adults", Verb.SEE_ABOUT_ADULTS, in_more=True),
    Place("incidents/incident.py", "incident", "Incident", Verb.SEE_INCIDENTS),
    Place("incidents/action.py", "add-action", "Add Action", Verb.ADD_ACTION),
    Place("incidents/follow_up.py", "follow-up", "Follow up", Verb.FOLLOW_UP),
    Place("pupils/chronology.py", "chronology", "Chronology", Verb.SEE_CHRONOLOGY),
    Place("pupils/conference.py", "conference", "Conference report", Verb.EXPORT),
    Place("pupils/export.py", "export", "Export", Verb.EXPORT),
    Place("pupils/subject_access.py", "subject-access", "Subject access", Verb.EXPORT),
    Place("pupils/body_maps.py", "body-maps", "Body maps", Verb.SEE_CHRONOLOGY),
    Place("pupils/collection.py", "collection", "Who may collect", Verb.KEEP_COLLECTION),
    Place(
        "missing/missing.py", "missing-child", "A child is missing", Verb.KEEP_SEARCH, in_bar=True
    ),
    Place("missing/aftermath.py", "after-search", "After the search", Verb.KEEP_SEARCH),
    Place("pupils/received.py", "received", "From another school", Verb.SEE_CHRONOLOGY),
    Place("team/transfer.py", "transfer", "Transfer", Verb.TRANSFER),
    Place("team/transfers.py", "transfers", "Transfers", Verb.TRANSFER, in_more=True),
    Place("team/ofsted.py", "ofsted", "Ofsted", Verb.EXPORT_PACK, in_more=True),
    Place("governors/trends.py", "trends", "Trends", Verb.SEE_TRENDS, in_more=True),
    Place("team/releases.py", "releases", "Releases", Verb.MAKE_RELEASE, in_more=True),
    Place(
        "team/governors_report.py",
        "governors-report",
        "Governors’ report",
        Verb.MAKE_RELEASE,
        in_more=True,
    ),
    Place(
        "team/confidential.py",
        "confidential-report",
        "Confidential report",
        Verb.EXPORT_CONFIDENTIAL,
        in_more=True,
    ),
    Place("lists/students.py", "student-list", "Student list", Verb.KEEP_LISTS, in_more=True),
    Place("lists/staff.py", "staff", "Staff", Verb.KEEP_LISTS, in_more=True),
    Place("lists/training.py", "training", "Training", Verb.KEEP_LISTS, in_more=True),
    Place("lists/imports.py", "import", "Import lists", Verb.KEEP_LISTS, in_more=True),
    Place("lists/school.py", "school", "School", Verb.CHANGE_SETTINGS, in_more=True),
    Place("account/account.py", "account", "My account", in_more=True),
)


def offered(me: Person) -> list[Place]:
    """The pages that this person is offered, in the order of the bar."""
    return [place for place in PLACES if place.verb is None or offers(me, place.verb)]


def page(place: Place) -> st.Page:
    """The page of a place, for this run alone: Streamlit writes into it."""
    return copy(_found(place))


@cache
def _found(place: Place) -> st.Page:
    # Streamlit looks for the file of a page whenever one is made: of all 41 that took 1.6 ms of
    # every run (measured), so each is looked for once.
    return st.Page(place.file, title=place.title, url_path=place.path)


def go_to(path: str, **query: str) -> NoReturn:
    """Leaves for another page. The query may hold ids and numbers, never a name."""
    place = next(place for place in PLACES if place.path == path)
    st.switch_page(place.file, query_params=query)
