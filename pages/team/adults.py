"""Concerns about adults: those that I may read, and what was done about one."""

from __future__ import annotations

import streamlit as st

from core import adult_files, adults, moments, settings
from core.adult_files import Deed, Line, Opened
from core.errors import Refused
from core.forms import Incomplete
from core.settings import School
from core.store import new_id
from pages.parts import menu, pickers, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    school = settings.school(here.store)
    if asked := session.asked_for("concern"):
        one(here, asked, school)
        return
    st.title("Concerns about adults", anchor=False)
    words.line("Reading them is recorded. Whom one is about sees nothing of it.", note=True)
    found = adult_files.seen(here.store, by=here.me)
    if not found:
        words.line("There is nothing for you to read here.")
    elif opened := words.cards([card(line, school) for line in found], key="adults"):
        menu.go_to("adults", concern=opened)


def card(line: Line, school: School) -> words.Card:
    """One concern in the list."""
    new = [words.Badge("New", "violet", "flag")] * line.is_new
    done = adult_files.ACTIONS.get(line.outcome, "Nothing was done yet")
    when = moments.short(line.recorded_at, school.zone)
    blocks: list[words.Block] = [
        words.Line(f"{line.reference} {line.adult_name}", strong=True, badges=[*new, level(line)]),
        words.Line(f"{done} · recorded {when}", note=True),
    ]
    return words.Card([words.Way(line.id, f"Open {line.reference}")], blocks)


def level(line: Line) -> words.Badge:
    """How serious it is."""
    serious = line.level == "allegation"
    return words.Badge(adults.LEVELS[line.level], "red" if serious else "gray",
                       "alert" if serious else None)  # fmt: skip


def one(here: Here, asked: str, school: School) -> None:
    """One concern, what was done about it, and what is done next."""
    try:
        opened = adult_files.open(here.store, asked, by=here.me)
    except Refused as refusal:
        st.title("Concern about an adult", anchor=False)
        words.line(str(refusal))
        return
    line = opened.line
    words.block([words.Heading(line.adult_name, line.reference, 1, [level(line)])])
    if st.button("All concerns about adults"):
        menu.go_to("adults")
    written(opened, school)
    st.header("What was done", anchor=False)
    for each in opened.done:
        when = moments.short(each.recorded_at, school.zone)
        head = words.Line(adult_files.ACTIONS[each.kind], strong=True)
        words.block([head, words.Account(each.reason),
                     words.Line(f"{each.author} · {when}", note=True)])  # fmt: skip
    if not opened.done:
        words.line("Nothing was done yet.")
    act(here, opened)


def written(opened: Opened, school: School) -> None:
    """What was written down, and by whom."""
    when = moments.full(opened.line.occurred_at, school.zone)
    facts = [("When", when), ("Where", opened.place), ("Raised by", opened.author)]
    facts += [("Children", "\n".join(opened.children))] * bool(opened.children)
    words.facts(facts, across=True)
    words.account(opened.account)


def act(here: Here, opened: Opened) -> None:
    """The next thing that is done, with its reason."""
    st.header("Add an action", anchor=False)
    deed = Deed(id=session.recall("deed") or new_id(), concern=opened.line.id)
    session.remember("deed", deed.id)
    kinds = [key for key in adult_files.ACTIONS
             if not (key == "linked" and opened.has_account)
             and not (key == "raised" and opened.line.level == "allegation")]  # fmt: skip
    with st.container(width=700):
        deed.kind = st.pills("What was done?", kinds, key=f"kind_{deed.id}", wrap=True,
                             format_func=lambda key: adult_files.ACTIONS[key]) or ""  # fmt: skip
        if deed.kind == "linked":
            everyone = adult_files.linkable(here.store, by=here.me)
            deed.adult = pickers.one_of_staff("Member of staff", everyone, chosen="",
                                              key=f"linked_{deed.id}")  # fmt: skip
        deed.reason = st.text_area("The reason", key=f"reason_{deed.id}")
        if not st.button("Record it", type="primary"):
            return
        try:
            adult_files.act(here.store, deed, by=here.me)
        except Incomplete as incomplete:
            words.block([words.Badge(t, "red", "alert") for t in incomplete.problems.values()])
            return
    session.forget("deed")
    st.rerun()


page()
