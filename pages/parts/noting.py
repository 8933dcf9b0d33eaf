"""What is typed into a missing-child log. Nothing here is drawn anew by the clock, so that what
somebody is typing stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import streamlit as st

from core import clock, map_forms, moments, pupils, settings
from core.errors import Refused
from core.forms import Incomplete
from core.missing import finding, logs, photographs, state, steps
from core.missing.state import State
from core.permissions import Verb
from core.records import SearchCall
from core.reports import downloads, police
from core.store import new_id
from pages.parts import body_map, exported, focus, pickers, session, uploads, words
from pages.parts.session import Here

WIDTH = 700

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
        return {**FOUND, **ALWAYS, "again": "It was another child"}
    return {**MISSING, **ALWAYS, "close": "Close the log"}


def paper(here: Here) -> None:
    """When what is tapped next happened, by the paper."""
    with st.container(border=True, width=WIDTH):
        words.line("The time on the paper, for what you tap and write next", strong=True)
        session.remember("paper_time", moment(here, "on_paper", "At"))


def note(here: Here, now: State) -> None:
    """Free text, with the time at which it happened."""
    with st.form("search_note", width=WIDTH):
        account = st.text_area("What happened?", key=f"draft_{now.log.id}__note")
        at = moment(here, "note", "When did it happen?")
        problem("account", "at")
        if st.form_submit_button("Write it down", type="primary"):
            attempt(lambda: logs.note(here.store, now.log.id, account, at, by=here.me))


def child(here: Here, now: State) -> None:
    """Who it is, when they were last seen, and what they wear."""
    everybody = pupils.everyone(here.store, by=here.me)
    hidden = [each.id for each in now.children]
    with st.form("search_child", width=WIDTH):
        label = "Another student who is missing" if hidden else "Student, if you know"
        pupil = pickers.student(label, everybody, chosen="", key="search_pupil", hidden=hidden)
        place = st.text_input("Where was the child last seen?", key="seen_place",
                              value=now.seen.place if now.seen else "")  # fmt: skip
        at = moment(here, "seen", "When?", now.seen.seen_at if now.seen else None)
        seen_by = st.text_input("By whom?", now.seen.seen_by if now.seen else "", key="seen_by")
        problem("seen_at", "at")
        facts = {what: st.text_input(label, now.facts.get(what, ""), key=f"fact_{what}")
                 for what, label in logs.FACTS.items()}  # fmt: skip
        if st.form_submit_button("Record", type="primary"):
            seen = Seen(at, place, seen_by)
            attempt(lambda: told(here, now, pupil, seen, facts))
    photograph(here, now)
    for each in now.children:
        words.line(each.name)
        if st.button("This child is not missing", key=f"not_{each.id}"):
            attempt(partial(logs.name, here.store, now.log.id, each.id, ended=True, by=here.me))


@dataclass(frozen=True)
class Seen:
    """When and where a child was last seen, as it was filled in."""

    at: datetime | None
    place: str
    seen_by: str


def told(here: Here, now: State, pupil: str, seen: Seen, facts: Mapping[str, str]) -> None:
    """Records what is new of all this."""
    store, log = here.store, now.log.id
    before = Seen(now.seen.seen_at, now.seen.place, now.seen.seen_by) if now.seen else None
    if seen != before and (seen.place.strip() or seen.seen_by.strip() or before):
        logs.saw(store, log, seen.at, seen.place, seen.seen_by, by=here.me)
    if pupil:
        logs.name(store, log, pupil, by=here.me)
    changed = {what: text for what, text in facts.items() if text != now.facts.get(what, "")}
    logs.tell(store, log, by=here.me, **changed)


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
    attempt(lambda: photographs.keep(here.store, now.log.id, found, by=here.me))


def call(here: Here, now: State) -> None:
    """What was said on the telephone, and why it was late if it was."""
    step = session.recall("search_form")
    police_ = step == steps.POLICE
    with st.form(f"search_call_{step}", width=WIDTH):
        words.line(steps.STEPS[step], strong=True)
        late = ""
        if step in now.reasons_owed:
            late = st.text_input("Why was it later than the limit?", key=f"late_{step}")
            problem("late")
        reference = st.text_input("Police reference", key="reference") if police_ else ""
        officer = st.text_input("Officer", key="officer") if police_ else ""
        given: list[str] = []
        if police_:
            given = st.pills("What was given", list(steps.GIVEN), selection_mode="multi",
                             key="given", format_func=lambda key: steps.GIVEN[key],
                             wrap=True)  # fmt: skip
        account = st.text_input("With whom, and what was said", key=f"said_{step}")
        if st.form_submit_button("Record", type="primary"):
            made = SearchCall(log=now.log.id, step=step, account=account, late_because=late,
                              reference=reference, officer=officer, given=tuple(given))  # fmt: skip
            attempt(lambda: steps.say(here.store, now.log.id, made, by=here.me))


def found(here: Here, now: State) -> None:
    """The child is found: when, where, by whom."""
    missing = [c for c in now.children if c.id not in {each.pupil for each in now.found}]
    form = finding.Form(pupil=missing[0].id if len(missing) == 1 else "")
    with st.form("search_found", width=WIDTH):
        if len(missing) > 1:
            form.pupil = pickers.student("Which child?", missing, chosen="", key="found_pupil")
            problem("pupil")
        form.place = st.text_input("Where was the child found?", key="found_place")
        problem("place")
        form.found_by = st.text_input("By whom?", here.me.name, key="found_by")
        problem("found_by")
        form.found_at = moment(here, "found", "When?")
        problem("found_at")
        if st.form_submit_button("Found: stop the search", type="primary"):
            attempt(lambda: finding.found(here.store, now.log.id, form, by=here.me), then="after")


def after(here: Here, now: State) -> None:
    """How the child is, who was told, and the child's own account."""
    with st.form("search_after", width=WIDTH):
        facts = {what: st.text_area(label, now.facts.get(what, ""), height=80,
                                    key=f"draft_{now.log.id}__{what}")
                 for what, label in logs.AFTERWARDS.items()}  # fmt: skip
        words.line("Ask nothing that suggests an answer. Write the words as they were said.",
                   note=True)  # fmt: skip
        if st.form_submit_button("Record", type="primary"):
            changed = {what: t for what, t in facts.items() if t != now.facts.get(what, "")}
            attempt(lambda: logs.tell(here.store, now.log.id, by=here.me, **changed))


@dataclass
class Hurt:
    """The body map of a child who was found, as it is filled in."""

    id: str = field(default_factory=new_id)
    body_map: map_forms.Form | None = None


def hurt(here: Here, now: State) -> None:
    """Where the child is hurt, if anywhere."""
    child = next(iter(now.children), None)
    if child is None:
        words.line("Say who the child is first: the outlines fit their age.")
        return
    holder: Hurt = session.recall("search_hurt") or Hurt()
    holder.body_map = holder.body_map or map_forms.opened(child.born_on, by=here.me)
    session.remember("search_hurt", holder)
    body_map.draw(here, holder, child, session.recall("search_wrong", {}))
    if (drawn := holder.body_map) and st.button("Record the body map", type="primary"):
        attempt(lambda: finding.hurt(here.store, now.log.id, drawn, by=here.me),
                leave=("search_hurt",))  # fmt: skip


def close(here: Here, now: State) -> None:
    """How it ended; and why steps are open, if any are."""
    with st.form("search_close", width=WIDTH):
        outcomes = {key: name for key, name in finding.OUTCOMES.items()
                    if now.all_found == (key == "found")}  # fmt: skip
        outcome = st.radio("How did it end?", list(outcomes), key="close_outcome",
                           format_func=lambda key: outcomes[key])  # fmt: skip
        problem("outcome", "late")
        if now.open_steps:
            words.block([words.Line("Open:", strong=True), *map(words.Line, now.open_steps)])
        reason = st.text_area("Why, if steps are open or no child was found?", key="close_reason")
        problem("reason")
        if st.form_submit_button("Close the log", type="primary"):
            attempt(lambda: finding.close(here.store, now.log.id, outcome or "", reason,
                                          by=here.me))  # fmt: skip


def again(here: Here, now: State) -> None:
    """It was another child: the search goes on."""
    words.line("The search goes on, and everybody is told.")
    if st.button("Search on", type="primary"):
        attempt(lambda: finding.mistaken(here.store, now.log.id, now.found[-1].pupil, by=here.me))


def page(here: Here, now: State) -> None:
    """One page for the police, made anew each time."""
    file = police.make(here.store, now.log.id, by=here.me)
    token = downloads.offer(here.store, file, here.session, Verb.KEEP_SEARCH, by=here.me)
    session.forget("search_form")
    exported.ready(file.name, token)


DRAWN: Mapping[str, Callable[[Here, State], None]] = {
    "note": note, "child": child, "found": found, "after": after, "map": hurt, "close": close,
    "again": again, "page": page,
}  # fmt: skip


def moment(here: Here, key: str, label: str, before: datetime | None = None) -> datetime | None:
    """A day and a time, at first now or as it was known before."""
    zone = settings.school(here.store).zone
    local = (before or clock.now()).astimezone(zone)
    if session.recall(f"{key}_day") is None:
        session.remember(f"{key}_day", local.date())
        session.remember(f"{key}_time", local.time().replace(second=0, microsecond=0))
    with st.container(horizontal=True):
        time = st.time_input(label, step=60, key=f"{key}_time", width=180)
        day = st.date_input("On", format="DD/MM/YYYY", key=f"{key}_day", width=160)
    return moments.at(day, time, zone) if time and day else None


def problem(*names: str) -> None:
    """What is wrong with a field, beneath it."""
    wrong = session.recall("search_wrong", {})
    for name in names:
        if name in wrong:
            words.badge(wrong[name], "red", "alert")


def attempt(record: Callable[[], object], *, then: str = "", leave: tuple[str, ...] = ()) -> None:
    """Records, and opens the next form, if any; or says why not, and what was typed stays."""
    try:
        record()
    except Incomplete as incomplete:
        session.remember("search_wrong", incomplete.problems)
        st.rerun()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.forget("search_form", "search_wrong", *leave)
    if then:
        session.remember("search_form", then)
    st.rerun()
