"""Subject access: a request to see a child's record, what is withheld of it, and the answer."""

from __future__ import annotations

import streamlit as st

from core.errors import Refused
from core.subject_access import answer, asking, looks
from core.subject_access.asking import Request
from core.subject_access.looks import Seen
from pages.parts import (
    concern,
    exported,
    exporting,
    menu,
    redacting,
    request_asked,
    session,
    words,
)
from pages.parts.session import Here, keyed

STATES = {looks.NEW: "Not gone through", looks.CHANGED: "Changed since", looks.DONE: "Done"}


def page() -> None:
    here = session.here()
    st.title("Subject access", anchor=False)
    try:
        pupil = asking.subject(here.store, session.asked_for("pupil"), by=here.me)
        requests = asking.about(here.store, pupil.id, by=here.me)
    except Refused as refusal:
        words.line(str(refusal))
        return
    words.line(f"The record of {pupil.name}, {pupil.class_name}")
    if st.button("Back to the chronology", icon=":material/arrow_back:"):
        menu.go_to("chronology", pupil=pupil.id)
    current = next((each for each in requests if not each.is_closed), None)
    with st.container(width=concern.WIDTH):
        if current is None:
            request_asked.begin(here, pupil.id)
        elif look := session.recall("access_look"):
            redacting.draw(here, current, look)
        else:
            overview(here, current)
        request_asked.closed([each for each in requests if each.is_closed])


def overview(here: Here, request: Request) -> None:
    """When it is due, what is left to go through, and the way to the file."""
    request_asked.told(here, request)
    seen = looks.of(here.store, request, by=here.me)
    left = [each for each in seen if each.state != looks.DONE]
    st.header("Go through the record", anchor=False)
    words.lines(
        f"{len(seen) - len(left)} of {len(seen)} entries are done.",
        words.Line("Each is kept as you finish it: you can stop and go on another day.", note=True),
    )
    if left and st.button("Go through the next", type="primary"):
        redacting.open_(here, request, left[0].piece.key)
    listed(here, request, left)
    if len(left) < len(seen):
        with st.expander("Those that are done"):
            listed(here, request, [each for each in seen if each.state == looks.DONE])
    sent(here, request)


def listed(here: Here, request: Request, seen: list[Seen]) -> None:
    """Some entries, each with a way to go through it."""
    if not seen:
        return
    rows = [
        words.Item([words.Way(each.piece.key, "Open")], [each.piece.title, STATES[each.state]])
        for each in seen
    ]
    listing = words.Listing(["Entry", "State"], rows)
    if key := words.listing(listing, key=f"pieces_{seen[0].state == looks.DONE}"):
        redacting.open_(here, request, key)


def sent(here: Here, request: Request) -> None:
    """The file, once everything is gone through and the code is given."""
    st.header("The answer", anchor=False)
    if waiting := session.recall("export_ready"):
        exported.ready(*waiting)
    with st.form("answer", border=False):
        form = answer.Form(request=request.id, media_type=exporting.kind())
        words.line("The PDF is the answer, with a list of what is withheld. The CSV is that list.",
                   note=True)  # fmt: skip
        form.recipient = st.text_input("For whom?", request.asked_by, key=keyed("access_recipient"))
        exporting.problem("recipient")
        code = exporting.again()
        pressed = st.form_submit_button("Make the file", type="primary")
        for name in ("pieces", "identity", "export"):
            exporting.problem(name)
    if pressed:
        exporting.make(here, lambda stage: answer.make(here.store, form, code, by=here.me,
                                                       stage=stage))  # fmt: skip


page()
