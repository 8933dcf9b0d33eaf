"""A promise, and the figure that shows whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """`words` are those of the promise, and `figure` what was tried and what came of it."""

    number: int
    words: str
    figure: str
    kept: bool
