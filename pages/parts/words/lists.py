"""Text with ways on: cards, lines of a list, and all else of which a part can be pressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from pages.parts.words.blocks import Block, Icon, Tone


@dataclass(frozen=True)
class Way:
    """A button. `opens` is where it leads, such as the number of an incident: never anybody's
    words. `pressed` is for one of several of which one holds."""

    opens: str
    button: str
    first: bool = False
    pressed: bool | None = None


@dataclass(frozen=True)
class Card:
    """Blocks in a frame, with the ways on beside them."""

    ways: Sequence[Way]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Slim:
    """A card that is one line of a long list, such as a register, where there is room. The ways of
    a `tight` one stand beside its words on a phone too."""

    ways: Sequence[Way]
    blocks: Sequence[Block]
    tight: bool = False


@dataclass(frozen=True)
class Ways:
    """What else can be done here: buttons side by side."""

    ways: Sequence[Way]


@dataclass(frozen=True)
class Choices:
    """Things that may hold, each ticked with a tap."""

    ways: Sequence[Way]


@dataclass(frozen=True)
class Alarm:
    """The one thing to do now, and why, with its button as wide as there is room."""

    text: str
    why: str
    tone: Tone
    icon: Icon
    ways: Sequence[Way]


@dataclass(frozen=True)
class Dated:
    """Blocks beside the day and the time to which they belong, as in a diary."""

    day: str
    time: str
    ways: Sequence[Way]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Ready:
    """A card that was spelt before, for one that is drawn over and over."""

    ways: Sequence[Way]
    spelt: orjson.Fragment


@dataclass(frozen=True)
class Item:
    """One row of a listing, with the ways on in its last column."""

    ways: Sequence[Way]
    cells: Sequence[str]


@dataclass(frozen=True)
class Listing:
    """Words in rows and columns, which on a phone stand one beneath the other."""

    heads: Sequence[str]
    rows: Sequence[Item]


@dataclass(frozen=True)
class Place:
    """Words in a text that are a button: pressed where they are taken out, with the letter of the
    reason; `doubtful` where they may mean something else."""

    text: str
    opens: str
    pressed: bool
    letter: str
    doubtful: bool = False


@dataclass(frozen=True)
class Marked:
    """A text of which some places can be pressed."""

    runs: Sequence[str | Place]
    manner: Literal["label", "text", "quote"] = "text"

    @property
    def ways(self) -> Sequence[Way]:
        """Where its places lead."""
        return [Way(run.opens, run.letter) for run in self.runs if isinstance(run, Place)]
