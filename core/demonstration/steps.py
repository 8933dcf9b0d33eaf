"""What is done about an incident, as the texts tell it: step after step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_MINUTES = {"m": 1, "h": 60}


@dataclass(frozen=True)
class Delay:
    """How long something takes: minutes, or days of school."""

    minutes: int = 0
    days: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """`30m`, `2h` or `5d`."""
        number, unit = int(text[:-1]), text[-1]
        return cls(days=number) if unit == "d" else cls(minutes=number * _MINUTES[unit])


@dataclass(frozen=True)
class Step:
    """One action as it is written down: who, what kind, how long after the one before.

    `asks` is the person who is asked for something, `within` the days of school they have for it.
    """

    by: str
    kind: str
    after: Delay
    text: str
    asks: str = ""
    within: int = 0

    @classmethod
    def read(cls, line: Sequence[str]) -> Self:
        """`[by, kind, after, text]`, and `"person 5d"` where somebody is asked for something."""
        by, kind, after, text, *rest = line
        asks, within = rest[0].split() if rest else ("", "0d")
        return cls(by, kind, Delay.read(after), text, asks, Delay.read(within).days)
