"""A request to see a record: who asks and since when, when it is due, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core import moments
from core.errors import Refused
from core.forms import Incomplete
from core.subject_access import asking, others
from core.subject_access.asking import STEPS, Request, StepForm
from pages.parts import session, words
from pages.parts.session import Here

WHO = (
    "It may come in any form, to any member of staff. Check that whoever asks has the right to: "
    "the child, or somebody with parental responsibility."
)


def begin(here: Here, pupil: str) -> None:
    """The form for a request that has come."""
    form = session.recall("access_form") or asking.Form(pupil=pupil)
    session.remember("access_form", form)
    st.header("A request has come", anchor=False)
    words.line(WHO, note=True)
    with st.form("request", border=False):
        form.received_on = st.date_input("Received on", form.received_on, format="DD/MM/YYYY",
                                         width=180)  # fmt: skip
        problem("received_on")
        form.asked_by = st.text_input("Who asks?", form.asked_by)
        problem("asked_by")
        form.relation = st.text_input("Who are they to the child?", form.relation,
                                      placeholder="For example: mother")  # fmt: skip
        problem("relation")
        form.names_staff = st.checkbox("Leave the names of staff who acted in their work",
                                       form.names_staff)  # fmt: skip
        words.line("Schools usually name them. Without this, their names are proposed for removal.",
                   note=True)  # fmt: skip
        if st.form_submit_button("Record the request", type="primary"):
            tried(lambda: asking.add(here.store, form, by=here.me), "access_form")
    problem("access")


def told(here: Here, request: Request) -> None:
    """Who asks, and by when an answer is owed."""
    due = request.due_on
    words.block([
        words.Badge(f"Due by {moments.day(due)}", "orange", "clock") if due else
        words.Badge("The month has not begun: waiting for proof of identity", "gray", "hourglass"),
        words.Facts([
            words.Fact("Asked for by", f"{request.asked_by}, {request.relation}"),
            words.Fact("Received", moments.day(request.received_on),
                       f"recorded by {request.author}"),
            *(words.Fact(STEPS[each.kind], moments.day(each.day), each.why or None)
              for each in request.steps),
        ]),
    ])  # fmt: skip
    words.line("One calendar month, school holidays or not. Where the day is a weekend or a bank "
               "holiday, the law gives until the next working day.", note=True)  # fmt: skip
    if others.has_namesake(here.store, request, by=here.me):
        words.badge("Another student has the same first name: read every place where it stands.",
                    "red", "alert")  # fmt: skip
    with st.expander("What happened to the request"):
        step(here, request)


def step(here: Here, request: Request) -> None:
    """The form for a step."""
    form = session.recall("access_step") or StepForm(request=request.id)
    session.remember("access_step", form)
    with st.form("step", border=False):
        form.kind = st.selectbox("What happened?", asking.possible(request), index=None,
                                 format_func=lambda kind: STEPS[kind],
                                 placeholder="Choose one") or ""  # fmt: skip
        problem("kind")
        form.day = st.date_input("On", form.day, format="DD/MM/YYYY", width=180)
        problem("day")
        form.why = st.text_input("Why", form.why)
        problem("why")
        if st.form_submit_button("Record it"):
            tried(lambda: asking.take(here.store, form, by=here.me), "access_step")


def closed(requests: Sequence[Request]) -> None:
    """Requests of before."""
    for each in requests:
        words.line(f"Asked for by {words.apart(each.asked_by)}, received "
                   f"{moments.day(each.received_on)}: closed", note=True)  # fmt: skip


def tried(call: Callable[[], None], done: str) -> None:
    """Records something, or remembers what is wrong with it; the form is new once it is done."""
    session.forget("access_wrong")
    try:
        call()
    except Incomplete as incomplete:
        session.remember("access_wrong", incomplete.problems)
    except Refused as refusal:
        session.remember("access_wrong", {"access": str(refusal)})
    else:
        session.forget(done)
    st.rerun()


def problem(name: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("access_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")
