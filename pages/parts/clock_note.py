"""That the clock of the machine was wrong when something was written down."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from core import wrong_clock
from pages.parts import words


def beside(at: datetime | None, wrong: Container[datetime]) -> list[words.Block]:
    """A mark beside a moment that is among the wrong ones; else nothing."""
    return [words.Badge(wrong_clock.NOTE, "orange", "clock")] * (at in wrong)
