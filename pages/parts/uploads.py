"""Files that are added to an incident or an action."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core import inspection
from core.errors import Refused
from core.inspection import Inspected
from pages.parts import session, words


def draw(label: str, so_far: Sequence[Inspected], *, key: str) -> tuple[Inspected, ...]:
    """Lets files be chosen, and says of each that is refused why. Returns those that are kept.

    A file is looked into once, not at every run of the page: a photograph takes 0.3 s (measured).
    `so_far` are those of the form: Streamlit's field forgets its own as soon as the page shows
    something else, such as the review.
    """
    if session.recall(key) is None:
        session.remember(f"kept_{key}", tuple(so_far))
    chosen = st.file_uploader(label, accept_multiple_files=True, key=key)
    before: dict[str, Inspected | str] = session.recall(f"inspected_{key}", {})
    found = {f.file_id: before.get(f.file_id) or _looked_into(f.name, f.getvalue()) for f in chosen}
    session.remember(f"inspected_{key}", found)
    for file in chosen:
        if isinstance(refusal := found[file.file_id], str):
            words.badge(f"{file.name}: {refusal}", "red", "alert")
    return _kept(key) + tuple(file for file in found.values() if isinstance(file, Inspected))


def _kept(key: str) -> tuple[Inspected, ...]:
    """The files from before, each with a way to take it off."""
    kept: tuple[Inspected, ...] = session.recall(f"kept_{key}", ())
    for place, file in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center"):
            words.line(file.name)
            if st.button("Remove", key=f"off_{place}_{key}"):
                session.remember(f"kept_{key}", kept[:place] + kept[place + 1 :])
                st.rerun()
    return kept


def _looked_into(name: str, content: bytes) -> Inspected | str:
    try:
        return inspection.inspect(name, content)
    except Refused as refusal:
        return str(refusal)
