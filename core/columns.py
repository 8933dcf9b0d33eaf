"""Which column of a school system's list is which of ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

_REFERENCE = Path(__file__).parent.parent / "data" / "columns.toml"


@cache
def known(kind: Literal["pupils", "staff"]) -> Mapping[str, Sequence[str]]:
    """For each of our columns, what school systems call it, the best first.

    From `data/columns.toml`, where a school's own system can be added.
    """
    names: dict[str, list[str]] = tomllib.loads(_REFERENCE.read_text("utf-8"))[kind]
    return names


def match(headings: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Which heading stands for which of our columns: our name to theirs, as far as one is found.

    `wanted` is shaped as `known` returns it. Only letters and digits are compared, without case. A
    heading is taken once, by the first column that wants it.
    """
    free = {_plain(heading): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    for ours, theirs in wanted.items():
        name = next((name for name in map(_plain, theirs) if name in free), None)
        if name is not None:
            found[ours] = free.pop(name)
    return found


def _plain(heading: str) -> str:
    return "".join(filter(str.isalnum, heading.casefold()))
