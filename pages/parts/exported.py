"""What was taken out of a pupil's record as a file, and the way to a file that waits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core import moments, settings
from core.reports import exports
from pages.parts import concern, words
from pages.parts.session import Here


def listed(here: Here, pupil: str) -> None:
    """Who took out what, for whom, why and when."""
    lines(here, exports.about(here.store, pupil, by=here.me))


def lines(here: Here, made: Sequence[exports.Line]) -> None:
    """The same of any exports."""
    if not made:
        return
    zone = settings.school(here.store).zone
    with st.expander("Exports"):
        for each in made:
            kind = exports.ENDINGS[each.media_type].upper()
            when = moments.full(each.recorded_at, zone)
            head = f"{each.what.capitalize()} {each.number}, {kind}, {when}, by {each.author}"
            facts = [words.Fact("For", each.recipient), words.Fact("Purpose", each.purpose),
                     words.Fact("Contents", "; ".join(each.chosen))]  # fmt: skip
            words.block([words.Line(head, strong=True), words.Facts(facts)])


def ready(name: str, token: str, *, blank: bool = False) -> None:
    """The file of this name can be fetched: once, here, and soon. A blank form holds no record."""
    with st.container(border=True, width=concern.WIDTH):
        words.block([words.Badge("The file is ready", "green", "check"), words.Line(name)])
        st.link_button("Download", f"/exports/{token}", icon=":material/download:", type="primary")
        words.lines(
            words.Line("It can be fetched once, in this browser, within ten minutes.", note=True),
            *[words.Line("It holds children’s records: keep it safe.", note=True)] * (not blank),
        )
