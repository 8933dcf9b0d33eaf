"""What somebody has to see to, at the head of a page, in the words of the core."""

from __future__ import annotations

from core import upkeep
from pages.parts import words
from pages.parts.session import Here


def draw(here: Here) -> None:
    """Nothing while all is well."""
    for sentence in upkeep.warnings(here.store, by=here.me):
        words.badge(sentence, "orange", "alert")
