"""How far a long attack has come, for whoever waits before a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")


def each(some: Iterable[T], of: int, what: str) -> Iterator[T]:
    """The same things one by one, with a bar on the terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(some, of, f"  {what}", hidden=hidden, file=sys.stderr) as bar:
        yield from bar
