"""Who is at the screen, and what this tab remembers: the only place that knows either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import people, sessions
from core.person import Person
from core.store import Store
from core.web import school, uploads

DIGITS = 20  # more than any number has
EVERY = 2  # seconds after which what is watched looks again: nobody sees anything later than three

# What a page remembers only until another page is opened.
OF_A_VISIT = (
    "added",
    "added_urgent",
    "throwing",
    "shown",
    "alerts_shown",
    "imported",
    "closing",
    "link",
    "staff_said",
    "focus",
    "timeline",
    "setting_aside",
    "following",
    "status_seen",
    "follow_wrong",
    "follow_refused",
    "follow_id",
    "export_wrong",
    "export_tries",
    "export_ready",
    "kind_asked",
    "leaves",
    "adult_form",
    "adult_sent",
    "adult_wrong",
    "deed",
    "collection_added",
    "handing_over",
    "register_reason",
    "forms_ready",
    "forms_wrong",
    "again_wrong",
    "conference_wrong",
    "conference_form",
    "conference_kept",
    "preview",
    "bars",
    "released",
    "period",
    "said",
    "filter",
    "filter_said",
    "filters_shown",
    "outing_form",
    "outing_moving",
    "outing_added",
    "counting",
    "counted_away",
    "stage_asked",
    "stage_wanted",
    "another_child",
    "search_form",
    "search_wrong",
    "search_hurt",
    "paper_time",
    "photograph_times",
    "accounts_open",
    "inquiry_wrong",
    "transfer_form",
    "transfer_wrong",
    "transfer_nth",
    "passphrase",
    "arrived",
    "joining_wrong",
    "report_release",
    "report_period",
    "training_form",
    "training_wrong",
    "training_mistake",
    "access_form",
    "access_step",
    "access_look",
    "access_wrong",
    "access_told",
)


@dataclass(frozen=True)
class Here:
    """The record, and the person at the screen with the rights they have at this moment."""

    store: Store
    me: Person
    session: str


def here() -> Here:
    """Who is here. Draws nothing more if the session has ended; the guard covers the screen.

    Read anew on every run, so that a closed account or another role counts at once.
    """
    store = school.store()
    session = sessions.alive(store, str(st.user.get("session") or ""))
    me = people.of(store, session.person, code_given=session.code_given) if session else None
    if session is None or me is None or not me.active:
        st.stop()
    return Here(store, me, session.id)


def recall(name: str, default: Any = None) -> Any:
    """What this tab remembers under a name."""
    return st.session_state.get(name, default)


def remember(name: str, value: Any) -> None:
    """Keeps something for the next runs in this tab."""
    st.session_state[name] = value


def forget(*names: str) -> None:
    """Lets go of what this tab remembered."""
    for name in names:
        st.session_state.pop(name, None)


def arrive(path: str) -> None:
    """Notes which page is shown; what belonged to a visit of another page is let go of."""
    if recall("place") != path:
        forget(*OF_A_VISIT)
        remember("place", path)


def is_dark() -> bool:
    """Whether the page is seen in its dark theme."""
    return bool(st.context.theme.type == "dark")


def release_uploads() -> None:
    """Lets go of the files that were uploaded in this tab, once they are kept in the record."""
    if context := get_script_run_ctx():
        uploads.release(context.session_id)


def number_asked_for() -> int:
    """The number of the incident that the address asks for; 0 for what is none."""
    asked = asked_for("number")
    return int(asked) if asked.isdecimal() and len(asked) < DIGITS else 0


def asked_for(name: str) -> str:
    """What the address asks for, such as the number of an incident; never a name."""
    return str(st.query_params.get(name, ""))
