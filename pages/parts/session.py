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

WAYS_TO_LOOK = {"filter", "kind", "done"}  # in an address, which say nothing of what is looked at
VISIT = "of_this_visit"  # the names of what is let go of when another page is opened


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
    """Keeps something in this tab until another page is opened."""
    hold(VISIT, recall(VISIT, frozenset()) | {name})
    hold(name, value)


def hold(name: str, value: Any) -> None:
    """Keeps something for as long as this tab is open, whatever page it shows."""
    st.session_state[name] = value


def forget(*names: str) -> None:
    """Lets go of what this tab remembered."""
    for name in names:
        st.session_state.pop(name, None)


def arrive(path: str) -> None:
    """Notes which page is shown, and of what; what belonged to a visit of another page, or of the
    same page of something else, is let go of."""
    place = (path, *_subject())
    if recall("place") != place:
        forget(*recall(VISIT, ()), VISIT)
        hold("place", place)


def keyed(name: str) -> str:
    """The key of a field on a page of something: what is typed there stays with that."""
    return "_".join((name, *_subject()))


def _subject() -> list[str]:
    """What the address asks for, such as the id of a student, whatever way it is looked at."""
    return [value for name, value in sorted(st.query_params.items()) if name not in WAYS_TO_LOOK]


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
