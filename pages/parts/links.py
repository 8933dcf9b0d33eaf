"""Ways to files: through a route of our own that checks who asks, never through Streamlit."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.attachments import Listed
from core.received import Part
from pages.parts import words


def files(listed: Iterable[Listed]) -> None:
    """A line and a button for each file; the address holds its id and nothing else."""
    for file in listed:
        with st.container(horizontal=True, vertical_alignment="center"):
            words.line(f"{file.name} · {_size(file.size)}")
            if file.allowed_because:
                words.line(f"A photograph of an injury: {file.allowed_because}", note=True)
            st.link_button("Download", f"/files/{file.id}", icon=":material/download:")


def parts(some: Iterable[Part]) -> None:
    """The same for what another school sent."""
    for part in some:
        with st.container(horizontal=True, vertical_alignment="center"):
            words.line(f"{part.name} · {_size(part.size)}")
            st.link_button("Download", f"/received-files/{part.id}", icon=":material/download:")


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} KB"
