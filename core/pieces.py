"""What the rules of “who needs a look” look at, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import plans
from core.school_days import Calendar
from core.settings import School

NOT_A_CONCERN = {"positive"}


@dataclass(frozen=True)
class Piece:
    """An incident as the rules see it, once for each pupil whom it is about."""

    incident: str
    number: int
    pupil: str
    author: str
    occurred_at: datetime
    categories: tuple[str, ...]

    @property
    def is_concern(self) -> bool:
        """Whether it is anything but a positive event."""
        return bool(set(self.categories) - NOT_A_CONCERN)


@dataclass(frozen=True)
class Child:
    """A pupil on roll, as the rules see them."""

    id: str
    name: str
    class_name: str
    household: str


@dataclass(frozen=True)
class Pointed:
    """A sentence about a pupil, with the incidents behind it, the newest first."""

    pupil: str
    name: str
    class_name: str
    rule: str
    sentence: str
    pieces: tuple[Piece, ...]
    weight: int


@dataclass(frozen=True)
class Seen:
    """Everything that the rules look at, at one moment."""

    school: School
    calendar: Calendar
    at: datetime
    children: Sequence[Child]
    pieces: dict[str, list[Piece]]
    marks: dict[str, list[tuple[str, Piece]]]
    planned: dict[str, plans.Plan]

    def since(self, pupil: str, span: timedelta) -> list[Piece]:
        """The concerns about a pupil within a span of time, the newest first."""
        return [p for p in self.pieces.get(pupil, ())
                if p.is_concern and p.occurred_at > self.at - span]  # fmt: skip
