"""Files that are added to an incident or an action."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import streamlit as st

from core import attachments, inspection, map_forms
from core.errors import Refused
from core.inspection import Inspected
from core.permissions import Verb, may
from pages.parts import session, words
from pages.parts.session import Here


class Holder(Protocol):
    """What files belong to: the form for an incident, or for an action."""

    files: Sequence[Inspected]
    body_map: map_forms.Form | None


def draw(here: Here, holder: Holder, *, key: str) -> tuple[Inspected, ...]:
    """Lets files be chosen, and says of each that is refused why. Returns those that are kept.

    While a body map is open, it is asked of each picture whether it shows an injury.

    A file is looked into once, not at every run of the page: a photograph takes 0.3 s (measured).
    Streamlit's field forgets its own as soon as the page shows something else, such as the
    review: hence those that the form has already.
    """
    if session.recall(key) is None:
        session.hold(f"kept_{key}", tuple(holder.files))
    chosen = st.file_uploader(
        "PDF, picture or Office document, up to 20 MB each",
        accept_multiple_files=True,
        key=key,
        max_upload_size=inspection.LARGEST // 1024 // 1024,
    )
    before: dict[str, Inspected | str] = session.recall(f"inspected_{key}", {})
    found = {f.file_id: before.get(f.file_id) or looked_into(f.name, f.getvalue()) for f in chosen}
    session.hold(f"inspected_{key}", found)
    for file in chosen:
        if isinstance(refusal := found[file.file_id], str):
            words.badge(f"{file.name}: {refusal}", "red", "alert")
    files = _once([*_kept(key), *(f for f in found.values() if isinstance(f, Inspected))])
    if holder.body_map is None:
        return files
    said = {_digest(file): file for file in holder.files}
    return tuple(_asked(here, file, said.get(_digest(file), file), key) for file in files)


def _once(files: Sequence[Inspected]) -> tuple[Inspected, ...]:
    """Each content once, however often it was chosen."""
    return tuple({_digest(file): file for file in files}.values())


def _digest(file: Inspected) -> str:
    return hashlib.sha256(file.content).hexdigest()[:32]


def _asked(here: Here, file: Inspected, said: Inspected, key: str) -> Inspected:
    """Whether a picture is a photograph of an injury, and if so why a lead keeps it. `said` is the
    same file with what was answered before."""
    if not file.is_picture:
        return file
    key = f"{key}_{_digest(file)}"
    before = {True: "Yes", False: "No", None: None}[said.shows_injury]
    with st.container(border=True):
        words.line(file.name, strong=True)
        answer = st.segmented_control(
            "Is this a photograph of an injury?",
            ["Yes", "No"],
            default=before,
            key=f"injury_{key}",
        )
        shows = None if answer is None else answer == "Yes"
        why = ""
        if shows and may(here.me, Verb.KEEP_PHOTOGRAPH):
            why = st.text_input(
                "Why does it have to be kept?", said.allowed_because, key=f"why_{key}"
            )
        elif shows:
            words.badge(attachments.NO_PHOTOGRAPH, "red", "alert")
    return replace(file, shows_injury=shows, allowed_because=why)


def _kept(key: str) -> tuple[Inspected, ...]:
    """The files from before, each with a way to take it off."""
    kept: tuple[Inspected, ...] = session.recall(f"kept_{key}", ())
    for place, file in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center"):
            words.line(file.name)
            if st.button("Remove", key=f"off_{place}_{key}"):
                session.hold(f"kept_{key}", kept[:place] + kept[place + 1 :])
                st.rerun()
    return kept


def looked_into(name: str, content: bytes) -> Inspected | str:
    """What to keep of a file, or why it is refused."""
    try:
        return inspection.inspect(name, content)
    except Refused as refusal:
        return str(refusal)
