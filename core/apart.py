"""Steps that do not need each other do not stop each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def each(steps: Iterable[Callable[[], T]]) -> list[T]:
    """Takes every step, whatever becomes of the others, and returns what they answered. Raises the
    first error once all were taken."""
    answers: list[T] = []
    errors: list[Exception] = []
    for step in steps:
        try:
            answers.append(step())
        except Exception as error:  # noqa: BLE001 - it is raised below
            errors.append(error)
    if errors:
        raise errors[0]
    return answers
