"""What was taken out of a pupil's record as a file, and the way to a file that waits."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from core import moments, settings
from core.reports import exports
from pages.parts import concern, folded, words
from pages.parts.session import Here


def listed(here: Here, pupil: str) -> None:
    """Who took out what, for whom, why and when."""
    lines(here, exports.about(here.store, pupil, by=here.me))


def lines(here: Here, made: Sequence[exports.Line]) -> None:
    """The same of any exports."""
    if not made:
        return
    zone = settings.school(here.store).zone
    fold = folded.away("Exports", key="exports")
    if fold is not None:
        with fold:
            words.block(block for each in made for block in told(each, zone))


def told(made: exports.Line, zone: ZoneInfo) -> list[words.Block]:
    """One export: what, when and by whom; for whom, why, and what it holds."""
    kind, when = exports.ENDINGS[made.media_type].upper(), moments.full(made.recorded_at, zone)
    head = f"{made.what.capitalize()} {made.number}, {kind}, {when}, by {made.author}"
    facts = [words.Fact("For", made.recipient), words.Fact("Purpose", made.purpose),
             words.Fact("Contents", "; ".join(made.chosen))]  # fmt: skip
    return [words.Line(head, strong=True), words.Facts(facts)]


def ready(name: str, token: str, *, blank: bool = False) -> None:
    """The file of this name can be fetched: once, here, and soon. A blank form holds no record."""
    with st.container(border=True, width=concern.WIDTH):
        words.block([words.Badge("The file is ready", "green", "check"), words.Line(name)])
        st.link_button("Download", f"/exports/{token}", icon=":material/download:", type="primary")
        words.lines(
            words.Line("It can be fetched once, in this browser, within ten minutes.", note=True),
            *[words.Line("It holds children’s records: keep it safe.", note=True)] * (not blank),
        )
