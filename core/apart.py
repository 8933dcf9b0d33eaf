"""Steps that do not need each other do not stop each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def each(steps: Iterable[Callable[[], object]]) -> None:
    """Takes every step, whatever becomes of the others; raises the first error in the end."""
    errors: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - it is raised below
            errors.append(error)
    if errors:
        raise errors[0]
