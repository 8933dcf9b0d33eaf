"""Who may collect: the adults who may and must not, and whether the child may walk home alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core import collection, moments
from core.collection import Collection
from core.errors import Refused
from core.permissions import Verb, may
from core.store import new_id
from pages.parts import collecting, menu, session, words
from pages.parts.session import Here

ENDED = words.Badge("Ended")


def page() -> None:
    here = session.here()
    pupil = session.asked_for("pupil")
    try:
        found = collection.of(here.store, pupil, by=here.me)
    except Refused as refusal:
        st.title("Who may collect", anchor=False)
        words.line(str(refusal))
        return
    note = f"{found.pupil.class_name} · born {moments.day(found.pupil.born_on)}"
    words.block([words.Heading("Who may collect", level=1), words.Heading(found.pupil.name, note)])
    if may(here.me, Verb.SEE_CHRONOLOGY) and st.button("Open chronology"):
        menu.go_to("chronology", pupil=pupil)
    ways: dict[str, Callable[[str], None]] = {
        "order": partial(collection.end_order, here.store, pupil, by=here.me),
        "adult": partial(collection.end, here.store, pupil, by=here.me),
        "walk": partial(collection.end_walk, here.store, pupil, by=here.me),
    }
    taken = words.cards(known(found, ends=may(here.me, Verb.SEE_ORDERS)), key="collection")
    if taken:
        what, _, id_ = taken.partition(" ")
        attempt(partial(ways[what], id_))
    add(here, pupil)


def known(found: Collection, *, ends: bool) -> list[words.Card | words.Dated | words.Heading]:
    """Who must not, who may, and whether alone; what has ended comes without a way."""
    shown: list[words.Card | words.Dated | words.Heading] = []
    if found.orders:
        shown.append(words.Heading("Must not collect", level=3))
        shown += [order(each, found, ends=ends) for each in found.orders]
    shown.append(words.Heading("May collect", "In the order in which they are rung.", 3))
    shown += [adult(each) for each in found.collectors]
    if not any(not each.ended for each in found.collectors):
        shown.append(words.Card([], [words.Line("Nobody is on the list yet: add somebody below.")]))
    if found.walks:
        shown.append(words.Heading("May walk home alone", level=3))
        shown += [walk(each, found) for each in found.walks]
    return shown


def order(each: collection.Order, found: Collection, *, ends: bool) -> words.Card:
    badges = [words.Badge("Must not collect", "red", "law")]
    if each.ended:
        badges = [ENDED]
    elif each.is_over(found.today):
        badges.append(words.Badge("The order has run out: a lead must look at it", "orange",
                                  "alert"))  # fmt: skip
    until = f"Until {moments.day(each.until)}" if each.until else "Until it is ended"
    blocks: list[words.Block] = [words.Line(each.name, strong=True, badges=badges),
                                 words.Line(until, note=True)]  # fmt: skip
    blocks += [words.Account(each.account)] * bool(each.account)
    ways = [words.Way(f"order {each.id}", "End the order")] * (ends and not each.ended)
    return words.Card(ways, blocks)


def adult(each: collection.Collector) -> words.Card:
    head = words.Line(each.said, strong=True, badges=[ENDED] * each.ended)
    told = " · ".join(filter(None, (each.phone, each.note)))
    blocks: list[words.Block] = [head, *[words.Line(told, note=True)] * bool(told)]
    return words.Card([words.Way(f"adult {each.id}", "Take off")] * (not each.ended), blocks)


def walk(each: collection.Walk, found: Collection) -> words.Card:
    until = f" until {moments.day(each.until)}" if each.until else ""
    badges = [ENDED] * each.ended
    if each.is_over(found.today) and not each.ended:
        badges = [words.Badge("The permission has run out", "orange", "alert")]
    head = words.Line(f"From {moments.day(each.since)}{until}", strong=True, badges=badges)
    told = words.Line(f"Given by {words.apart(each.given_by)}: {words.apart(each.how)}", note=True)
    ways = [words.Way(f"walk {each.id}", "End it")] * (not each.ended)
    return words.Card(ways, [head, told])


def add(here: Here, pupil: str) -> None:
    """One more adult, permission or order; what is refused keeps what was typed."""
    st.header("Add", anchor=False)
    kinds = collecting.KINDS
    kind = st.segmented_control("What do you want to add?", list(kinds), default="adult",
                                required=True, format_func=kinds.__getitem__)  # fmt: skip
    nth = session.recall("collection_added", "")  # a new form once the last one is recorded
    with st.container(width=700):
        record = collecting.WAYS[kind](here, pupil, nth)
        if st.button("Record", type="primary", icon=":material/check:"):
            attempt(record)


def attempt(record: Callable[[], None]) -> None:
    try:
        record()
    except Refused as refusal:
        words.badge(str(refusal), "red", "alert")
        return
    session.remember("collection_added", new_id())
    st.rerun()


page()
