"""The hand-written texts of the demonstration school, as they lie in `data/demonstration`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.demonstration.happening import Marked
from core.demonstration.steps import Step

FOLDER = Path(__file__).parents[2] / "data" / "demonstration"

_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, kw_only=True)
class Template:
    """An incident before anybody's name is in it.

    `years` are year groups, Reception being 0; `linked` the parts of other children; `most` how
    often it may be used; `takes` the minutes that it goes on before anybody can write. The texts
    have slots in braces and alternatives in brackets. With `begins` a plan of that kind begins;
    what happens `again` may happen to the same family more than once.
    """

    key: str
    categories: tuple[str, ...]
    by: tuple[str, ...]
    account: str
    parents: bool
    why_not: str = ""
    words: str = ""
    when: str = "day"
    years: tuple[int, ...] = (0, 6)
    months: tuple[int, ...] = ()
    weight: float = 1.0
    most: int = 12
    about: bool = False
    urgent: bool = False
    told: bool = False
    needs: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    takes: int = 0
    begins: str = ""
    again: bool = False
    original_notes: str = ""
    actions: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Piece(Template):
    """An incident of a thread: one child's, on one day, so many weeks before today.

    `recorded` is in minutes after it happened, `late` in days of school; `told_after` in minutes.
    """

    pupil: str
    weeks: int
    day: str = ""
    today: bool = False
    at: str = ""
    recorded: int = 0
    late: int = 0
    told_after: int = 0
    unread: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    marks: tuple[Marked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanNote:
    """A plan of a thread: whose, what kind, and the piece with which it began."""

    pupil: str
    kind: str
    piece: str


@dataclass(frozen=True, kw_only=True)
class Thread:
    """Pieces that belong together, and the plans that began with them."""

    pieces: tuple[Piece, ...]
    plans: tuple[PlanNote, ...]


def templates() -> list[Template]:
    """All incidents that may happen to any child, in the order of their files."""
    files = sorted((FOLDER / "incidents").glob("*.toml"))
    return [Template(**_plain(entry)) for file in files for entry in load(file)["incident"]]


def threads() -> list[Thread]:
    """All threads, in the order of their files."""
    return [_thread(load(file)) for file in sorted((FOLDER / "threads").glob("*.toml"))]


def load(file: Path) -> dict[str, Any]:
    """What one file of texts holds."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def words() -> dict[str, Any]:
    """The words that fill slots, and the sentences that a text may end with."""
    return load(FOLDER / "words.toml")


def _thread(found: dict[str, Any]) -> Thread:
    pieces = [_piece({"pupil": found["pupil"], **entry}) for entry in found["piece"]]
    plans = tuple(PlanNote(**entry) for entry in found.get("plans", ()))
    return Thread(pieces=tuple(pieces), plans=plans)


def _piece(entry: dict[str, Any]) -> Piece:
    linked = entry.pop("linked", [])
    entry |= {"others": [key for key, _ in linked], "linked": [part for _, part in linked]}
    entry["marks"] = [Marked.read(mark) for mark in entry.get("marks", ())]
    return Piece(**_plain(entry))


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with tuples for lists, steps for actions, and an account in paragraphs."""
    steps = tuple(Step.read(line) for line in entry.pop("actions", ()))
    account = _WRAPPED.sub(" ", entry["account"].strip())
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return {**entry, **lists, "account": account, "actions": steps}
