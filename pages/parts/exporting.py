"""What every export asks: in which form, for whom and why, and the code once more."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import Refused
from core.forms import Incomplete
from core.permissions import Verb
from core.reports import cells, downloads, pdf
from core.reports.exports import Addressed, File
from core.sign_in import WrongCode
from core.throttle import TooSoon
from pages.parts import session, words
from pages.parts.session import Here

KINDS = {pdf.MEDIA_TYPE: "PDF, to read", cells.MEDIA_TYPE: "CSV, a table"}


def kind() -> str:
    """As what the file is wanted."""
    chosen = st.segmented_control("As", list(KINDS), default=pdf.MEDIA_TYPE, key="export_kind",
                                  required=True, format_func=lambda key: KINDS[key])  # fmt: skip
    problem("media_type")
    return chosen or ""


def whom(form: Addressed, note: str = "Both are recorded, and stand on every page.") -> None:
    """For whom it is, and why they need it."""
    st.header("For whom, and why", anchor=False)
    words.line(note, note=True)
    form.recipient = st.text_input("For whom?", key="export_recipient",
                                   placeholder="Name, post and organisation")  # fmt: skip
    problem("recipient")
    form.purpose = st.text_input("Why do they need it?", key="export_purpose",
                                 placeholder="For example: conference on 2 December")  # fmt: skip
    problem("purpose")


def again() -> str:
    """The Authenticator's code. Each opens once, so the field is a new one after each try."""
    st.header("Your code once more", anchor=False)
    tries = session.recall("export_tries", 0)
    code = st.text_input("Authenticator code", key=f"export_code_{tries}", max_chars=32,
                         autocomplete="one-time-code", width=180)  # fmt: skip
    problem("code")
    return code


def make(
    here: Here, made: Callable[[Callable[[str], object]], File], verb: Verb = Verb.EXPORT
) -> None:
    """Makes the file, for whom the verb is open to. Cancelled before it is written down, nothing
    has been exported."""
    session.forget("export_wrong", "export_ready")
    session.remember("export_tries", session.recall("export_tries", 0) + 1)
    st.button("Cancel")
    stage = st.empty()
    with st.spinner("The file is being made."):
        try:
            file = made(lambda said: stage.text(f"{said} …"))
        except Incomplete as incomplete:
            session.remember("export_wrong", incomplete.problems)
        except (WrongCode, TooSoon) as refusal:
            session.remember("export_wrong", {"code": str(refusal)})
        except Refused as refusal:
            session.remember("export_wrong", {"export": str(refusal)})
        else:
            token = downloads.offer(here.store, file, here.session, verb, by=here.me)
            session.remember("export_ready", (file.name, token))
    st.rerun()


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("export_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")
