"""Releases: what governors are shown of a period that is over."""

from __future__ import annotations

import streamlit as st

from core import moments, releases, settings
from core.errors import Refused
from core.releases import Drawn
from pages.parts import released, session, words
from pages.parts.session import Here


def page() -> None:
    here = session.here()
    st.title("Releases", anchor=False)
    words.line("Governors see what is released here, and nothing else. A release stays as it is.")
    if session.recall("said"):
        words.badge(*session.recall("said"))
    choose(here)
    listed(here)


def choose(here: Here) -> None:
    """A period that is over, exactly what governors would see of it, and the button."""
    periods = {period.key: period.name for period in releases.open_periods(here.store, by=here.me)}
    if waits := releases.waits(here.store, by=here.me):
        words.line(waits)
    if not periods:
        words.line("Every period that is over has its release.")
        return
    key = st.selectbox("Make a release of", list(periods), format_func=lambda key: periods[key],
                       index=None, placeholder="A period that is over", key="release_period",
                       width=360)  # fmt: skip
    if key is None:
        return
    drawn = previewed(here, key)
    st.header("What governors would see", anchor=False)
    with st.container(border=True):
        released.explained()
        released.draw(drawn, key="preview")
    certified(drawn)
    if st.button("Make this release", type="primary"):
        make(here, key, drawn)


def previewed(here: Here, key: str) -> Drawn:
    """The preview that this tab holds of the period; made the first time."""
    held: tuple[str, Drawn | None] = session.recall("preview", ("", None))
    before, drawn = held
    if drawn is None or before != key:
        with st.spinner("Checking that nobody can be worked out …"):
            drawn = releases.preview(here.store, key, by=here.me)
        session.remember("preview", (key, drawn))
        session.forget("said")
    return drawn


def certified(drawn: Drawn) -> None:
    """What the audit did to it."""
    hidden = drawn.withheld
    words.line(f"{hidden} numbers are withheld. From all releases together, none of them can be "
               "worked out.", note=True)  # fmt: skip
    if drawn.left_out:
        words.line(f"Nothing is shown by: {drawn.left_out}.", note=True)


def make(here: Here, key: str, drawn: Drawn) -> None:
    """Freezes what was seen."""
    session.forget("preview")
    try:
        releases.make(here.store, key, drawn.fingerprint, by=here.me)
        session.remember("said", ("Released: governors see it from now on", "green", "check"))
    except Refused as refusal:
        session.remember("said", (str(refusal), "red", "alert"))
    st.rerun()


def listed(here: Here) -> None:
    """What was released, the newest period first."""
    st.header("Released", anchor=False)
    zone = settings.school(here.store).zone
    made = releases.made(here.store, by=here.me)
    if not made:
        words.line("Nothing yet.")
    words.lines(*(
        words.Line(each.name, strong=True,
                   aside=f"{each.made_by}, {moments.short(each.made_at, zone)}")
        for each in made if each.made_at
    ))  # fmt: skip


page()
