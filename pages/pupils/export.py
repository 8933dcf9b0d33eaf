"""Export: a child's chronology as a file, for somebody and for a reason that are written down."""

from __future__ import annotations

import streamlit as st

from core import categories, chronology
from core.chronology import Chronology
from core.errors import Refused
from core.forms import Incomplete
from core.reports import cells, downloads, exports, pdf
from core.reports.chronology import Form
from core.sign_in import WrongCode
from core.throttle import TooSoon
from pages.parts import concern, exported, menu, session, words
from pages.parts.session import Here

KINDS = {pdf.MEDIA_TYPE: "PDF, to read", cells.MEDIA_TYPE: "CSV, a table"}


def page() -> None:
    here = session.here()
    st.title("Export", anchor=False)
    try:
        whole = chronology.of(here.store, session.asked_for("pupil"), by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    pupil = whole.pupil
    words.line(f"The chronology of {pupil.name}, {pupil.class_name}")
    if st.button("Back to the chronology", icon=":material/arrow_back:"):
        menu.go_to("chronology", pupil=pupil.id)
    with st.form("export", width=concern.WIDTH):
        form = what(whole)
        whom(form)
        code = again()
        sent = st.form_submit_button("Make the file", type="primary")
        problem("export")
    if sent:
        make(here, form, code)
    elif waiting := session.recall("export_ready"):
        exported.ready(*waiting)


def what(whole: Chronology) -> Form:
    """What of the record goes into the file."""
    st.header("What goes into it", anchor=False)
    kind = st.segmented_control("As", list(KINDS), default=pdf.MEDIA_TYPE, required=True,
                                format_func=lambda key: KINDS[key], key="export_kind")  # fmt: skip
    form = Form(pupil=whole.pupil.id, media_type=kind or "")
    problem("media_type")
    form.significant = st.checkbox("Significant events only", key="export_significant")
    with st.container(horizontal=True):
        form.since = st.date_input("From", None, format="DD/MM/YYYY", key="export_since",
                                   width=180)  # fmt: skip
        form.until = st.date_input("To", None, format="DD/MM/YYYY", key="export_until", width=180)
    problem("until")
    names = {key: categories.names([key]) for key in whole.categories}
    kinds = st.pills("Categories (none means all)", list(names), selection_mode="multi",
                     format_func=lambda key: names[key], key="export_categories",
                     wrap=True)  # fmt: skip
    form.categories = tuple(kinds)
    form.actions = st.checkbox("With actions", True, key="export_actions")
    form.alerts = st.checkbox("With who was alerted and read it", key="export_alerts")
    form.body_maps = st.checkbox("With body maps", True, key="export_body_maps")
    return form


def whom(form: Form) -> None:
    """For whom it is, and why they need it."""
    st.header("For whom, and why", anchor=False)
    words.line("Both are recorded, and stand on every page.", note=True)
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


def make(here: Here, form: Form, code: str) -> None:
    """Makes the file. Cancelled before it is written down, nothing has been exported."""
    session.forget("export_wrong", "export_ready")
    session.remember("export_tries", session.recall("export_tries", 0) + 1)
    st.button("Cancel")
    stage = st.empty()
    with st.spinner("The file is being made."):
        try:
            file = exports.make(here.store, form, code, by=here.me,
                                stage=lambda said: stage.text(f"{said} …"))  # fmt: skip
        except Incomplete as incomplete:
            session.remember("export_wrong", incomplete.problems)
        except (WrongCode, TooSoon) as refusal:
            session.remember("export_wrong", {"code": str(refusal)})
        except Refused as refusal:
            session.remember("export_wrong", {"export": str(refusal)})
        else:
            token = downloads.offer(here.store, file, here.session, by=here.me)
            session.remember("export_ready", (file.name, token))
    st.rerun()


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("export_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


page()
