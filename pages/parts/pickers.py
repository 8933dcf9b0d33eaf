"""Choosing children, staff and lists of reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from core import moments, names
from core.person import Person
from core.pupils import Pupil


def student(
    label: str, pupils: Sequence[Pupil], *, chosen: str, key: str, hidden: Iterable[str] = ()
) -> str:
    """A child by any part of a name they use; the id, empty while nobody is chosen.

    A name with signs that a school keyboard lacks is offered in plain letters as well.
    """
    offered = {p.id: _label(p) for p in pupils if p.id not in set(hidden)}
    picked = st.selectbox(
        label,
        list(offered),
        index=list(offered).index(chosen) if chosen in offered else None,
        format_func=lambda id_: offered.get(id_, ""),
        placeholder="Type any part of a name",
        key=key,
    )
    return picked or ""


def students(label: str, pupils: Sequence[Pupil], *, key: str) -> tuple[str, ...]:
    """Children by any part of a name they use; their ids."""
    offered = {p.id: _label(p) for p in pupils}
    return tuple(
        st.multiselect(
            label,
            list(offered),
            format_func=lambda id_: offered.get(id_, ""),
            placeholder="Type any part of a name",
            key=key,
        )
    )


def staff(
    label: str, people: Sequence[Person], *, chosen: Sequence[str], key: str
) -> tuple[str, ...]:
    """Members of staff by typing; their ids."""
    offered = {p.id: f"{p.name}, {p.post}" if p.post else p.name for p in people}
    return tuple(
        st.multiselect(
            label,
            list(offered),
            default=[id_ for id_ in chosen if id_ in offered],
            format_func=lambda id_: offered.get(id_, ""),
            placeholder="Type a name",
            key=key,
        )
    )


def one_of_staff(label: str, people: Sequence[Person], *, chosen: str, key: str) -> str:
    """One member of staff, or nobody; the id."""
    offered = {p.id: f"{p.name}, {p.post}" if p.post else p.name for p in people}
    picked = st.selectbox(
        label,
        list(offered),
        index=list(offered).index(chosen) if chosen in offered else None,
        format_func=lambda id_: offered.get(id_, ""),
        placeholder="Nobody",
        key=key,
    )
    return picked or ""


def _label(pupil: Pupil) -> str:
    known_as = f" ({pupil.known_as})" if pupil.known_as else ""
    whole = pupil.name + known_as
    plain = "" if whole.isascii() else f" [{names.plain(whole)}]"
    return f"{whole}{plain} · {pupil.class_name} · {moments.day(pupil.born_on)}"
