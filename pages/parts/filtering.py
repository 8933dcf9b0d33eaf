"""What of a chronology is shown: the choices, and those that a lead has saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core import categories, filters, people
from core.chronology import Chronology, Wanted
from core.errors import Refused
from core.filters import Filter
from pages.parts import focus, menu, session, words
from pages.parts.session import Here

EVERYTHING = "everything"
EARLIEST = date(1990, 1, 1)  # Streamlit offers ten years, and some records are longer


def wanted(here: Here, whole: Chronology) -> Wanted:
    """What of the record is to be shown; a saved filter is one touch away."""
    mine = filters.of(here.store, by=here.me)
    arrive(here)
    told_of_what_is_gone(mine)
    focus.here("filters")
    choose(whole, mine, as_set())
    now = chosen(here, whole, as_set())
    for remark in filters.remarks(here.store, now, by=here.me):
        words.badge(remark, "orange", "alert")
    keep(here, whole, mine, now)
    return now


def arrive(here: Here) -> None:
    """Sets what the filter says for which the address asks, once."""
    asked = session.asked_for("filter")
    if asked == session.recall("filter"):
        return
    session.remember("filter", asked)
    session.forget("filter_said")
    try:
        found = filters.one(here.store, asked, by=here.me).wanted if asked else Wanted()
    except Refused as refusal:
        session.remember("filter_said", str(refusal))
        return
    for key, value in as_kept(found).items():
        session.hold(key, value)


def told_of_what_is_gone(mine: Sequence[Filter]) -> None:
    """Says so if one of the filters that this tab has shown was deleted in another."""
    before = session.recall("filters_shown", frozenset())
    shown = frozenset(each.id for each in mine)
    session.remember("filters_shown", shown)
    if before - shown:
        session.remember("filter_said", str(filters.Gone()))
    if session.recall("filter_said"):
        words.badge(session.recall("filter_said"), "orange", "alert")


def choose(whole: Chronology, mine: Sequence[Filter], now: Wanted) -> None:
    """The saved filters, a touch each."""
    if not mine:
        return
    ways = [words.Way(EVERYTHING, "Everything", pressed=now == Wanted())]
    ways += [words.Way(each.id, each.name, pressed=now == each.wanted) for each in mine]
    card = words.Card(ways, [words.Line("Saved filters", note=True)])
    if opened := words.cards([card], key="filters"):
        session.forget("filter")
        show(whole, "" if opened == EVERYTHING else opened)


def show(whole: Chronology, id_: str) -> None:
    """Reads this record again, with a saved filter or with none."""
    query = {"filter": id_} if id_ else {}
    menu.go_to("chronology", pupil=whole.pupil.id, **query)


def as_kept(wanted: Wanted) -> dict[str, object]:
    """The choices by the names of their fields, as Streamlit keeps them."""
    kept = {name: value for name, value in vars(wanted).items() if name != "categories"}
    return {**kept, "kinds": list(wanted.categories), "author": wanted.author or None}


def as_set() -> Wanted:
    """What is chosen at this moment."""
    return filters.plain(Wanted(
        categories=tuple(session.recall("kinds") or ()),
        since=session.recall("since"), until=session.recall("until"),
        author=session.recall("author") or "", significant=bool(session.recall("significant")),
        household=bool(session.recall("household")), errors=bool(session.recall("errors")),
    ))  # fmt: skip


def chosen(here: Here, whole: Chronology, now: Wanted) -> Wanted:
    """The choices. What a saved filter names is offered although it is not in this record."""
    keys = dict.fromkeys((*whole.categories, *now.categories))
    names = {key: categories.names([key]) for key in keys}
    authors = dict(whole.authors)
    if now.author not in {"", *authors}:
        authors[now.author] = people.names(here.store)[now.author]
    st.pills("Kinds of concern", list(names), selection_mode="multi", key="kinds",
             format_func=lambda key: names[key], wrap=True)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, key in (("From", "since"), ("To", "until")):
            st.date_input(label, None, EARLIEST, format="DD/MM/YYYY", key=key, width=180)
        st.selectbox("Written by", list(authors), index=None, key="author",
                     format_func=lambda id_: authors[id_], width=260,
                     placeholder="Anybody")  # fmt: skip
    with st.container(horizontal=True):
        st.toggle("Significant only", key="significant")
        if whole.household or now.household:
            st.toggle("With the household", key="household")
        if whole.in_error or now.errors:
            st.toggle("With what was entered in error", key="errors")
    return as_set()


def keep(here: Here, whole: Chronology, mine: Sequence[Filter], now: Wanted) -> None:
    """Saves what is chosen, or deletes the saved filter that says the same."""
    known = next((each for each in mine if each.wanted == now), None)
    if known and st.button("Delete this saved filter", icon=":material/delete:"):
        filters.remove(here.store, known.id, by=here.me)
        session.forget("filters_shown")
        session.remember("filter", "")
        session.remember("filter_said", "Deleted. What it showed stays chosen.")
        focus.goes_to("filters")
        show(whole, "")
    if known or now == Wanted():
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Save this filter as", key="filter_name", width=260,
                             placeholder="A short name")  # fmt: skip
        wants = st.button("Save filter")
    if wants:
        try:
            kept = filters.save(here.store, name, now, by=here.me)
        except Refused as refusal:
            words.badge(str(refusal), "red", "alert")
            return
        focus.goes_to("filters")
        show(whole, kept.id)
