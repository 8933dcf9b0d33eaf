"""One transfer: the file for the next school, the asking for the receipt, and the receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from core import moments, receipts, settings, transfers
from core.errors import Refused
from core.forms import Incomplete
from core.permissions import Verb
from core.receipts import HOW, ChaseForm
from core.reports import transfer as files
from core.reports.exports import File
from core.store import new_id
from core.transfers import Form, Transfer
from pages.parts import concern, exported, exporting, menu, moving, session, words
from pages.parts.session import Here, keyed


def page() -> None:
    here = session.here()
    try:
        found = transfers.of(here.store, session.asked_for("transfer"), by=here.me)
    except Refused as refusal:
        st.title("Transfer", anchor=False)
        words.line(str(refusal))
        return
    today = moments.today(settings.school(here.store).zone)
    head(found, today)
    with st.container(horizontal=True):
        if st.button("All transfers", icon=":material/arrow_back:"):
            menu.go_to("transfers")
        if st.button("Open chronology"):
            menu.go_to("chronology", pupil=found.pupil)
    with st.container(width=concern.WIDTH):
        if not found.ended:
            send(here, found)
            receipt(here, found, today)
        change(here, found)


def head(found: Transfer, today: date) -> None:
    """Who moves where, and by when the file has to be there."""
    words.block([
        words.Heading(f"Transfer {found.number}", level=1, badges=moving.badges(found, today)),
        words.Heading(moving.said(found)),
        words.Facts([words.Fact("Contact there", found.contact), words.Fact("Why", found.reason)]),
        moving.clocks(found),
    ])  # fmt: skip
    if found.untold and found.is_open:
        words.badge(f"Not in the file that was made last: {found.untold} of the entries. "
                    "Make it again.", "orange", "alert")  # fmt: skip


def send(here: Here, found: Transfer) -> None:
    """The file: made once the code is given, with a passphrase that is told once."""
    st.header("The file", anchor=False)
    if waiting := session.recall("export_ready"):
        exported.ready(*waiting)
        passphrase(session.recall("passphrase", ""))
    elif found.made_at:
        when = moments.full(found.made_at, settings.school(here.store).zone)
        words.line(f"Made {when}. Made again, it has another passphrase.", note=True)
    words.lines(
        words.Line("It holds the whole record as PDF and as data, the attachments, and a receipt "
                   "to sign, locked as a ZIP. 7-Zip and WinZip open it.", note=True),
        words.Line("Other students are named by initials. What somebody typed stays as written.",
                   note=True),
    )  # fmt: skip
    with st.expander("Make it again") if found.made_at else st.container(), st.form("export"):
        code = exporting.again()
        sent = st.form_submit_button("Make the file", type="primary")
        exporting.problem("export")
    if sent:
        exporting.make(here, partial(made, here, found.id, code), verb=Verb.TRANSFER)


def made(here: Here, transfer: str, code: str, stage: Callable[[str], object]) -> File:
    """The file; its passphrase is remembered in this tab until another page is opened."""
    session.forget("passphrase")
    locked = files.make(here.store, transfer, code, by=here.me, stage=stage)
    session.remember("passphrase", locked.passphrase)
    return locked.file


def passphrase(text: str) -> None:
    """What opens the file, for the only time."""
    with st.container(border=True):
        words.block([
            words.Badge("Write it down: it is shown only now", "orange", "alert"),
            words.Heading(text, "The passphrase", 3),
            words.Line("Tell it by telephone, to somebody whom you know. Never send it with the "
                       "file.", note=True),
        ])  # fmt: skip


def receipt(here: Here, found: Transfer, today: date) -> None:
    """The receipt if it is here; else the asking for it, and what to say when it comes."""
    st.header("The receipt", anchor=False)
    if found.received_on:
        words.line(f"They had it on {moments.day(found.received_on)}. Signed by {found.signed_by}.")
    for each in receipts.chases(here.store, found.id, by=here.me):
        told = f"{moments.day(each.chased_on)}, {HOW[each.how].lower()}: {each.whom}"
        words.block([words.Line(f"Asked {told}", aside=each.author),
                     *[words.Account(each.said)] * bool(each.said)])  # fmt: skip
    if found.received_on or not found.made_at:
        return
    nth = session.recall("transfer_nth", "")  # a new form once the last one is recorded
    with st.container(border=True):
        day = st.date_input("They had it on", today, format="DD/MM/YYYY", key=f"had_{nth}",
                            width=180)  # fmt: skip
        problem("received_on")
        signed = st.text_input("Signed by", key=f"signed_{nth}", placeholder="Name and post")
        problem("signed_by")
        if st.button("Record the receipt", type="primary"):
            attempt(partial(receipts.sign, here.store, found.id, day, signed, by=here.me))
    with st.expander("They have not answered: record that you asked"):
        chase(here, found, today, nth)


def chase(here: Here, found: Transfer, today: date, nth: str) -> None:
    """Whom one asked, how, when, and what they said."""
    form = ChaseForm(transfer=found.id)
    form.whom = st.text_input("Whom did you ask?", key=f"whom_{nth}")
    problem("whom")
    form.how = st.segmented_control("How?", list(HOW), key=f"how_{nth}",
                                    format_func=HOW.__getitem__) or ""  # fmt: skip
    problem("how")
    form.chased_on = st.date_input("When?", today, format="DD/MM/YYYY", key=f"when_{nth}",
                                   width=180)  # fmt: skip
    problem("chased_on")
    form.said = st.text_input("What did they say?", key=f"said_{nth}")
    if st.button("Record that you asked"):
        attempt(partial(receipts.chase, here.store, form, by=here.me))


def change(here: Here, found: Transfer) -> None:
    """Other details, or that the student does not move after all."""
    if not found.is_open:
        return
    with st.expander("Change it, or call it off"):
        form = Form(id=found.id, pupil=found.pupil)
        form.school = st.text_input("To which school?", found.school, key=keyed("new_school"))
        problem("school")
        form.contact = st.text_input(
            "Whom do we reach there?", found.contact, key=keyed("new_contact")
        )
        problem("contact")
        form.leaving_on = st.date_input("Last day here", found.leaving_on, format="DD/MM/YYYY",
                                        key=keyed("new_leaving"), width=180)  # fmt: skip
        problem("leaving_on")
        form.reason = st.text_input(
            "Why does the student move?", found.reason, key=keyed("new_reason")
        )
        problem("reason")
        if st.button("Record the change"):
            attempt(partial(transfers.record, here.store, form, by=here.me))
        why = st.text_input("Or: why does the student not move?", key=keyed("called_off"))
        problem("ended")
        if st.button("Call it off"):
            attempt(partial(transfers.call_off, here.store, found.id, why, by=here.me))


def attempt(record: Callable[[], None]) -> None:
    """Records it, or keeps what is missing for its fields."""
    session.forget("transfer_wrong")
    try:
        record()
        session.remember("transfer_nth", new_id())
    except Incomplete as incomplete:
        session.remember("transfer_wrong", incomplete.problems)
    st.rerun()


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("transfer_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")


page()
