"""A child is missing on an outing: the one place from which the missing-child log is opened."""

from __future__ import annotations

from typing import NoReturn

from core import lost
from pages.parts import menu, words
from pages.parts.session import Here

NOW = (
    "Ring the head and a safeguarding lead now.",
    "One adult searches the immediate vicinity. Everybody else stays with their group.",
    "Ring 999 at once if the child may have been taken, or there is a road, water or a railway.",
)


def open_log(here: Here, outing: str, adult: str) -> NoReturn:
    """Opens the log of the children whom this group lacks, or the one that is open already.
    Raises `Refused`."""
    log = lost.open_log(here.store, outing, adult, by=here.me)
    menu.go_to("missing-child", log=log)


def what_to_do() -> list[words.Block]:
    """What comes first."""
    return [words.Line(said) for said in NOW]
