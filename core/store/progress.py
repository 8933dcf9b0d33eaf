"""How far something long has come, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[int], object]  # is told how many more are done
Progress = Callable[[str, int], AbstractContextManager[Step]]  # what is done, and of how many


@contextmanager
def silent(what: str, of: int) -> Iterator[Step]:
    """The progress that nobody watches."""
    yield lambda done: None
