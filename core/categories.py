"""What kinds of concern there are, and which outside bodies: lists of reference, not code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import Refused
from core.permissions import Verb, may
from core.person import Person

DATA = Path(__file__).parents[1] / "data"

# A name stands on buttons, and of much else Streamlit makes pictures, links or other letters there.
PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,'’]|-(?!-))*")


@dataclass(frozen=True)
class Category:
    """A kind of concern; `lead_only` ones are allocated by the safeguarding team alone."""

    key: str
    name: str
    lead_only: bool = False


@dataclass(frozen=True)
class Agency:
    """An outside body that can be involved."""

    key: str
    name: str


@cache
def every() -> tuple[Category, ...]:
    """All categories, in the order in which they are offered."""
    return tuple(Category(**entry) for entry in _read("categories.json"))


@cache
def agencies() -> tuple[Agency, ...]:
    """All agencies, in the order in which they are offered."""
    return tuple(Agency(**entry) for entry in _read("agencies.json"))


def offered(*, by: Person) -> list[Category]:
    """The categories that `by` may use."""
    leads_too = may(by, Verb.USE_LEAD_CATEGORIES)
    return [category for category in every() if leads_too or not category.lead_only]


def names(keys: Iterable[str]) -> str:
    """Categories as they are read: “Injury, Home and family”."""
    known = {category.key: category.name for category in every()}
    return ", ".join(known.get(key, key) for key in keys)


def agency_names(keys: Iterable[str]) -> str:
    """Agencies as they are read."""
    known = {agency.key: agency.name for agency in agencies()}
    return ", ".join(known.get(key, key) for key in keys)


def is_plain(name: str) -> bool:
    """Whether a name may stand in a list of reference."""
    return PLAIN.fullmatch(name) is not None


def _read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    if wrong := [entry["name"] for entry in entries if not is_plain(entry["name"])]:
        raise Refused(f"In data/{name}, please write {wrong[0]!r} with letters, digits, spaces, "
                      "commas, apostrophes and hyphens alone.")  # fmt: skip
    return entries
