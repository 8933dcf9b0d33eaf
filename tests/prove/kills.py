"""A program that saves is killed in the middle of it, again and again, on the same record."""

from __future__ import annotations

import multiprocessing
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from tests.core.writer import write
from tests.prove import trying
from tests.prove.found import Found, judged

# Each program is a process of its own; what it needs is imported once for all of them.
PROGRAMS = multiprocessing.get_context("forkserver")
PROGRAMS.set_forkserver_preload(["tests.core.writer"])


def attacked(folder: Path, kills: int, *, seed: int = 1) -> Found:
    """What is found after so many kills; the record is opened and proved after each."""
    told: list[int] = []
    chance, found = random.Random(seed), Found()  # noqa: S311
    for _ in trying.each(range(kills), kills, "kills"):
        told += _killed_while_writing(folder, chance)
        found += judged(folder, told)
    return found


@contextmanager
def writer(folder: Path) -> Iterator[Connection]:
    """A program that writes, and what it says. It is killed in the end."""
    heard, says = PROGRAMS.Pipe(duplex=False)
    program = PROGRAMS.Process(target=write, args=(folder, says), daemon=True)
    with _nothing_to_repeat():
        program.start()
    says.close()
    try:
        yield heard
    finally:
        program.kill()
        program.join()
        heard.close()


def said(says: Connection) -> int:
    """The number that was acknowledged next."""
    number: int = says.recv()
    return number


@contextmanager
def _nothing_to_repeat() -> Iterator[None]:
    """A new program begins with what its parent's main module did. Streamlit's tests put a script
    of theirs in its place, which nobody else can run."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _killed_while_writing(folder: Path, chance: random.Random) -> list[int]:
    """Lets a program write for a while, kills it, and returns what it had told."""
    with writer(folder) as says:
        told = [said(says) for _ in range(chance.randrange(1, 20))]
        for _ in range(chance.randrange(100_000)):  # somewhere within what it does next
            pass
    return told
