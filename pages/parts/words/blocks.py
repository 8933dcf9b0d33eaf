"""The pieces of which a text is made, each with its manner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["red", "orange", "green", "violet", "gray", "blue"]
Level = Literal[1, 2, 3]
Icon = Literal[
    "alert", "arrow", "check", "clock", "flag", "hourglass", "law", "late", "lock", "plan", "urgent"
]
State = Literal["read", "unread"]


@dataclass(frozen=True)
class Badge:
    """A few words on a coloured ground. Colour never speaks alone, so the words say it too."""

    text: str
    tone: Tone = "gray"
    icon: Icon | None = None


@dataclass(frozen=True)
class Heading:
    text: str
    note: str | None = None
    level: Level = 2
    badges: Sequence[Badge] = ()


@dataclass(frozen=True)
class Line:
    """One line; `aside` and `badges` follow its text on the same line. One that `begins` something
    stands apart from what is above it, as a strong one does."""

    text: str
    strong: bool = False
    note: bool = False
    aside: str | None = None
    badges: Sequence[Badge] = ()
    begins: bool = False


@dataclass(frozen=True)
class Account:
    text: str


@dataclass(frozen=True)
class Quote:
    text: str


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    note: str | None = None


@dataclass(frozen=True)
class Facts:
    """Labels with their values, one beneath the other, or side by side where there is room."""

    facts: Sequence[Fact]
    across: bool = False
    large: bool = False


@dataclass(frozen=True)
class Reader:
    name: str
    when: str
    state: State


@dataclass(frozen=True)
class Readers:
    readers: Sequence[Reader]


@dataclass(frozen=True)
class Recipient:
    name: str
    post: str


@dataclass(frozen=True)
class Recipients:
    """Who is always told: each with a lock, because they cannot be taken off."""

    recipients: Sequence[Recipient]


@dataclass(frozen=True)
class Picture:
    """A drawing of ours as SVG, such as a body map, and what it shows in words."""

    svg: str
    said: str


@dataclass(frozen=True)
class Pictures:
    """Pictures side by side, as large as there is room, or `small`."""

    pictures: Sequence[Picture]
    small: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is about, and what stands beneath each of the other heads."""

    about: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Numbers in lines and columns. `title` tells a screen reader what they are numbers of. A
    `wide` one has words in its cells, and is moved sideways where there is no room for it."""

    title: str
    head: Row
    rows: Sequence[Row]
    wide: bool = False


@dataclass(frozen=True)
class Beneath:
    """Blocks set in beneath what they belong to, such as an action under its incident."""

    blocks: Sequence[Block]


Block = (
    Heading | Line | Account | Quote | Facts | Readers | Recipients | Badge | Pictures | Beneath
    | Table
)  # fmt: skip


def apart(text: str) -> str:
    """What somebody typed, within a sentence of ours: it cannot turn the rest of the line round."""
    return f"\u2068{text}\u2069"
