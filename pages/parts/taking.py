"""A file from another school: opened with its passphrase, looked at, and joined to a student."""

from __future__ import annotations

import streamlit as st

from core import moments, pupils, sealed
from core.errors import Refused
from core.forms import Incomplete
from core.reports import arriving
from core.reports.arriving import Arrived
from pages.parts import menu, pickers, session, words
from pages.parts.session import Here, keyed


def draw(here: Here) -> None:
    """First the file, then the student. Nothing is kept before both are right."""
    arrived: Arrived | None = session.recall("arrived")
    if arrived is None:
        choose(here)
    else:
        join(here, arrived)


def choose(here: Here) -> None:
    """The file and its passphrase."""
    file = st.file_uploader("The ZIP file that the other school sent", ["zip"], key="arriving",
                            max_upload_size=sealed.LARGEST // 1024 // 1024)  # fmt: skip
    typed = st.text_input("Passphrase", key="arriving_passphrase", autocomplete="off",
                          placeholder="Six groups of five digits")  # fmt: skip
    words.line("The other school tells it by telephone, never with the file.", note=True)
    if st.button("Open the file", type="primary", disabled=file is None) and file:
        with st.spinner("Checking every part of the file …"):
            try:
                arrived = arriving.look(here.store, file.getvalue(), typed, by=here.me)
            except Refused as refusal:
                words.badge(str(refusal), "red", "alert")
                return
        session.remember("arrived", arrived)
        session.release_uploads()
        st.rerun()


def join(here: Here, arrived: Arrived) -> None:
    """What the file says, and the student here whom it is about."""
    told = arrived.whole
    files = len(told.files)
    words.block([
        words.Badge("The file is whole", "green", "check"),
        words.Facts([
            words.Fact("Name", told.child.name),
            words.Fact("Date of birth", moments.day(told.child.born_on)),
            words.Fact("From", told.school, f"Made {told.made} by {told.author}"),
            words.Fact("Entries", arriving.period(told)),
            words.Fact("Attachments", str(files) if files else "None"),
        ]),
    ])  # fmt: skip
    known = pupils.everyone(here.store, by=here.me)
    alike = next((child.id for child in known if arriving.is_alike(told, child)), "")
    pupil = pickers.student("The student here", known, chosen=alike, key=keyed("joined_to"))
    wrong = session.recall("joining_wrong", "")
    if wrong:
        words.badge(wrong, "red", "alert")
    is_same = bool(wrong) and st.checkbox("It is the same child", key=keyed("is_same"))
    with st.container(horizontal=True):
        if st.button("Add it to this student", type="primary", icon=":material/check:"):
            take(here, arrived, pupil, is_same=is_same)
        if st.button("Do not take it in"):
            session.forget("arrived", "joining_wrong")
            st.rerun()


def take(here: Here, arrived: Arrived, pupil: str, *, is_same: bool) -> None:
    """Joins it, and opens it; or says what is wrong."""
    try:
        received = arriving.take(here.store, arrived, pupil, is_same=is_same, by=here.me)
    except Incomplete as incomplete:
        session.remember("joining_wrong", str(incomplete))
        st.rerun()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("arrived", "joining_wrong")
    menu.go_to("received", received=received)
