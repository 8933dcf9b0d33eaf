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

WRONG = "export_wrong"
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
    """The Authenticator's code, under a head of its own."""
    st.header("Your code once more", anchor=False)
    given = code()
    problem("code")
    return given


def code(label: str = "Authenticator code") -> str:
    """The field of the Authenticator's code. Each opens once, so it is a new one after each try."""
    tries = session.recall("export_tries", 0)
    return st.text_input(label, key=f"{label}_{tries}", max_chars=32,
                         autocomplete="one-time-code", width=220)  # fmt: skip


def make(
    here: Here,
    made: Callable[[Callable[[str], object]], File],
    verb: Verb = Verb.EXPORT,
    *,
    wrong: str = WRONG,
    done: Callable[[], None] = lambda: None,
) -> None:
    """Makes the file, for whom the verb is open to. Cancelled before it is written down, nothing
    has been exported. What is wrong is remembered under a name, and `done` follows a file."""
    session.forget(wrong, "export_ready")
    session.remember("export_tries", session.recall("export_tries", 0) + 1)
    st.button("Cancel")
    stage = st.empty()
    with st.spinner("The file is being made."):
        try:
            file = made(lambda said: stage.text(f"{said} …"))
        except Incomplete as incomplete:
            session.remember(wrong, incomplete.problems)
        except (WrongCode, TooSoon) as refusal:
            session.remember(wrong, {"code": str(refusal)})
        except Refused as refusal:
            session.remember(wrong, {"export": str(refusal)})
        else:
            token = downloads.offer(here.store, file, here.session, verb, by=here.me)
            session.remember("export_ready", (file.name, token))
            done()
    st.rerun()


def problem(name: str, wrong: str = WRONG) -> None:
    """What is wrong with a field, beneath it."""
    told = session.recall(wrong, {})
    if name in told:
        words.badge(told[name], "red", "alert")
