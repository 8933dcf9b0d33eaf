"""The forms with which the team follows a concern up. Each returns what to do once it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from core import corrections, decisions, pupils, settings, significance, statuses
from core.incidents import Opened
from core.store import new_id
from pages.parts import followed, pickers, session, words
from pages.parts.session import Here, keyed

Send = Callable[[], object]


def status(here: Here, opened: Opened) -> Send | None:
    """How far it is. What was shown when the page was opened is what the change is based on."""
    if session.recall("status_seen") is None:
        session.remember("status_seen", opened.status)
    seen: statuses.Status = session.recall("status_seen")
    followed.so_far(replace(opened, status=seen), settings.school(here.store), for_team=True)
    form = statuses.Form(id=_id(), incident=opened.incident.id, seen=seen.id)
    form.status = _one("status", "How far is it?", {k: statuses.NAMES[k] for k in statuses.CHOSEN})
    if form.status == "closed":
        form.outcome = _text("outcome", "What came of it")
        words.line(
            "Closing takes a second person: another lead or the head agrees here.", note=True
        )
    form.told_reporter = _text("told_reporter", "A line for whoever raised it")
    return _sent("Record the status", partial(statuses.change, here.store, form, by=here.me))


def decision(here: Here, opened: Opened) -> Send | None:
    """What was decided, and what they answered whom it was referred to."""
    waiting = [d for d in opened.decisions if d.decided == "referred" and not d.answered_at]
    for referral in waiting:
        with st.container(border=True):
            words.line(f"Referred to {words.apart(referral.to_whom)}: no answer yet.")
            answer = _text(f"answer_{referral.id}", "What they answered", "answer")
            if st.button("Record their answer", key=f"answered_{referral.id}"):
                return partial(decisions.answer, here.store, referral.id, answer, by=here.me)
    form = decisions.Form(id=_id(), incident=opened.incident.id)
    form.options = _text("options", "Options considered")
    form.decided = _one("decided", "What was decided?", decisions.DECIDED)
    if form.decided in ("referred", "not_referred"):
        form.to_whom = _line("to_whom", "To whom?")
        form.threshold = _line("threshold", "Which threshold was used?")
    form.reason = _text("reason", "The reason")
    return _sent("Record the decision", partial(decisions.add, here.store, form, by=here.me))


def significant(here: Here, opened: Opened) -> Send | None:
    """What it meant for the child. Positive events belong here as well."""
    incident = opened.incident.id
    if opened.meaning:
        words.line("This is a significant event. What you write now stands instead.", note=True)
        if st.button("It is none any more"):
            return partial(significance.end, here.store, incident, by=here.me)
    meaning = _text("meaning", "What it meant for the child")
    decided = _text("decided_then", "What was decided, or decided against")
    mark = partial(significance.mark, here.store, incident, meaning, decided, by=here.me)
    return _sent("Record it as a significant event", mark)


def correction(here: Here, opened: Opened) -> Send | None:
    """What was not right as it was written. The incident itself stays as it is."""
    words.line("The incident stays as it was written; the correction stands beside it.", note=True)
    form = corrections.Form(id=_id(), incident=opened.incident.id)
    offered = {k: name for k, name in corrections.KINDS.items() if k != "valid" or opened.in_error}
    form.kind = _one("kind", "What was not right?", offered)
    if form.kind == "other_pupil":
        everyone = pupils.everyone(here.store, by=here.me)
        form.pupil = pickers.student(
            "The student it belongs to", everyone, chosen="", key=keyed("right_pupil"),
            hidden=[opened.pupil.id],
        )  # fmt: skip
        _problem("pupil")
    if form.kind == "duplicate":
        form.duplicate_of = int(st.number_input("Number of the other incident", step=1, value=0))
        _problem("duplicate_of")
    form.account = _text("account", "What was not right, and how you know")
    return _sent("Record the correction", partial(corrections.add, here.store, form, by=here.me))


WAYS: Mapping[str, Callable[[Here, Opened], Send | None]] = {
    "status": status,
    "decision": decision,
    "significant": significant,
    "correction": correction,
}


def _id() -> str:
    """The id of what is filled in on this visit, so that a double click records it once."""
    if session.recall("follow_id") is None:
        session.remember("follow_id", new_id())
    id_: str = session.recall("follow_id")
    return id_


def _sent(label: str, send: Send) -> Send | None:
    return send if st.button(label, type="primary", icon=":material/check:") else None


def _one(name: str, label: str, offered: Mapping[str, str]) -> str:
    chosen = st.pills(label, list(offered), format_func=lambda key: offered[key],
                      key=keyed(f"follow_{name}"), wrap=True)  # fmt: skip
    _problem(name)
    return chosen or ""


def _text(name: str, label: str, problem: str = "") -> str:
    text = st.text_area(label, height=110, key=keyed(f"follow_{name}"))
    _problem(problem or name)
    return text


def _line(name: str, label: str) -> str:
    text = st.text_input(label, key=keyed(f"follow_{name}"))
    _problem(name)
    return text


def _problem(name: str) -> None:
    wrong = session.recall("follow_wrong", {})
    if name in wrong:
        words.badge(wrong[name], "red", "alert")
