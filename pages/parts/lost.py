"""A child is missing on an outing: the one place from which the missing-child log is opened."""

from __future__ import annotations

from pages.parts import menu, words
from pages.parts.session import Here

LOG = "missing-child"
NOW = (
    "Ring the head and a safeguarding lead now.",
    "One adult searches the immediate vicinity. Everybody else stays with their group.",
    "Ring 999 at once if the child may have been taken, or there is a road, water or a railway.",
)


def has_log(here: Here) -> bool:
    """Whether the log is a page of theirs."""
    return LOG in {place.path for place in menu.offered(here.me)}


def open_log(here: Here, outing: str) -> None:
    """Leads to the missing-child log, where there is one; the outing is in the address."""
    if has_log(here):
        menu.go_to(LOG, outing=outing)


def what_to_do() -> list[words.Block]:
    """What comes first, for whoever has no log before them."""
    return [words.Line(said) for said in NOW]
