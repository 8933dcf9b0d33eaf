"""What is typed into a missing-child log. Nothing here is drawn anew by the clock, so that what
somebody is typing stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import streamlit as st

from core import pupils
from core.missing import facts, photographs, state, steps
from core.missing.shape import State
from core.permissions import Verb
from core.records import SearchCall
from core.reports import downloads, police
from pages.parts import ending, exported, fields, focus, pickers, session, uploads, words
from pages.parts.session import Here, keyed

# The forms, by what opens each; the first of them while a child is missing, the others once the
# child is found, or at any time.
MISSING = {"found": "Found", "child": "Who is missing"}
FOUND = {"after": "How the child is", "map": "Body map", "close": "Close the log"}
ALWAYS = {"note": "Add a note", "page": "Page for the police"}


def draw(here: Here, log: str) -> None:
    """The buttons, and the form that one of them has opened."""
    now = state.of(here.store, log, by=here.me)
    if now.log.is_open and now.log.on_paper:
        paper(here)
    with st.container(horizontal=True):
        for form, label in offered(now).items():
            if st.button(label, key=f"open_{form}"):
                session.remember("search_form", form)
                session.forget("search_wrong")
                focus.goes_to("search_form")
    form = session.recall("search_form")
    if form in offered(now) or (form in steps.CALLS and form in now.steps):
        focus.here("search_form")
        DRAWN.get(form, call)(here, now)


def offered(now: State) -> dict[str, str]:
    """The forms that there are at this moment."""
    if not now.log.is_open:
        return {**{key: FOUND[key] for key in ("after", "map")}, **ALWAYS}
    if now.all_found:
        unnamed = {} if now.children else {"child": "Who was found"}
        return {**unnamed, **FOUND, **ALWAYS, "again": "It was another child"}
    return {**MISSING, **ALWAYS, "close": "Close the log"}


def paper(here: Here) -> None:
    """When what is tapped next happened, by the paper."""
    with st.container(border=True, width=fields.WIDTH):
        words.line("The time on the paper, for what you tap and write next", strong=True)
        session.remember("paper_time", fields.moment(here, "on_paper", "At"))


def note(here: Here, now: State) -> None:
    """Free text, with the time at which it happened."""
    with st.form("search_note", width=fields.WIDTH):
        account = st.text_area("What happened?", key=f"draft_{now.log.id}__note")
        at = fields.moment(here, "note", "When did it happen?")
        fields.problem("account", "at")
        if st.form_submit_button("Write it down", type="primary"):
            fields.attempt(lambda: facts.note(here.store, now.log.id, account, at, by=here.me))


def child(here: Here, now: State) -> None:
    """Who it is, when they were last seen, and what they wear."""
    everybody = pupils.everyone(here.store, by=here.me)
    hidden = [each.id for each in now.children]
    with st.form("search_child", width=fields.WIDTH):
        label = "Another student who is missing" if hidden else "Student, if you know"
        pupil = pickers.student(
            label, everybody, chosen="", key=keyed("search_pupil"), hidden=hidden
        )
        place = st.text_input("Where was the child last seen?", key=keyed("seen_place"),
                              value=now.seen.place if now.seen else "")  # fmt: skip
        at = fields.moment(here, "seen", "When?", now.seen.seen_at if now.seen else None)
        seen_by = st.text_input(
            "By whom?", now.seen.seen_by if now.seen else "", key=keyed("seen_by")
        )
        fields.problem("seen_at", "at")
        typed = {what: st.text_input(label, now.facts.get(what, ""), key=keyed(f"fact_{what}"))
                 for what, label in facts.FACTS.items()}  # fmt: skip
        if st.form_submit_button("Record", type="primary"):
            seen = Seen(at, place, seen_by)
            fields.attempt(lambda: told(here, now, pupil, seen, typed))
    photograph(here, now)
    for each in now.children:
        words.line(each.name)
        if st.button("This child is not missing", key=f"not_{each.id}"):
            fields.attempt(
                partial(facts.name, here.store, now.log.id, each.id, ended=True, by=here.me)
            )


@dataclass(frozen=True)
class Seen:
    """When and where a child was last seen, as it was filled in."""

    at: datetime | None
    place: str
    seen_by: str


def told(here: Here, now: State, pupil: str, seen: Seen, typed: Mapping[str, str]) -> None:
    """Records what is new of all this."""
    store, log = here.store, now.log.id
    before = Seen(now.seen.seen_at, now.seen.place, now.seen.seen_by) if now.seen else None
    if seen != before and (seen.place.strip() or seen.seen_by.strip() or before):
        facts.saw(store, log, seen.at, seen.place, seen.seen_by, by=here.me)
    if pupil:
        facts.name(store, log, pupil, by=here.me)
    changed = {what: text for what, text in typed.items() if text != now.facts.get(what, "")}
    facts.tell(store, log, by=here.me, **changed)


def photograph(here: Here, now: State) -> None:
    """A photograph of the child, for the page for the police."""
    times = session.recall("photograph_times", 0)
    chosen = st.file_uploader("A photograph of the child", key=f"photograph_{times}")
    if chosen is None:
        return
    found = uploads.looked_into(chosen.name, chosen.getvalue())
    if isinstance(found, str):
        words.badge(found, "red", "alert")
        return
    session.remember("photograph_times", times + 1)
    fields.attempt(lambda: photographs.keep(here.store, now.log.id, found, by=here.me))


def call(here: Here, now: State) -> None:
    """What was said on the telephone, and why it was late if it was."""
    step = session.recall("search_form")
    police_ = step == steps.POLICE
    with st.form(f"search_call_{step}", width=fields.WIDTH):
        words.line(steps.STEPS[step], strong=True)
        late = ""
        if step in now.reasons_owed:
            late = st.text_input("Why was it later than the limit?", key=keyed(f"late_{step}"))
            fields.problem("late")
        reference = st.text_input("Police reference", key=keyed("reference")) if police_ else ""
        officer = st.text_input("Officer", key=keyed("officer")) if police_ else ""
        given: list[str] = []
        if police_:
            given = st.pills("What was given", list(steps.GIVEN), selection_mode="multi",
                             key=keyed("given"), format_func=lambda key: steps.GIVEN[key],
                             wrap=True)  # fmt: skip
        account = st.text_input("With whom, and what was said", key=keyed(f"said_{step}"))
        if st.form_submit_button("Record", type="primary"):
            made = SearchCall(log=now.log.id, step=step, account=account, late_because=late,
                              reference=reference, officer=officer, given=tuple(given))  # fmt: skip
            fields.attempt(lambda: steps.say(here.store, now.log.id, made, by=here.me))


def page(here: Here, now: State) -> None:
    """One page for the police, made anew each time."""
    file = police.make(here.store, now.log.id, by=here.me)
    token = downloads.offer(here.store, file, here.session, Verb.KEEP_SEARCH, by=here.me)
    session.forget("search_form")
    exported.ready(file.name, token)


DRAWN: Mapping[str, Callable[[Here, State], None]] = {
    "note": note, "child": child, "page": page, "found": ending.found, "after": ending.after,
    "map": ending.hurt, "close": ending.close, "again": ending.again,
}  # fmt: skip
