"""Killed in the middle of adding: what was acknowledged is there, once, whole, in both copies."""

from __future__ import annotations

import multiprocessing
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from core.store import Store, backup, proof, snapshot
from tests.core.histories import opened
from tests.core.samples import KEY
from tests.core.writer import write

KILLS = 10

# Each program is a process of its own; what it needs is imported once for all of them.
PROGRAMS = multiprocessing.get_context("forkserver")
PROGRAMS.set_forkserver_preload(["tests.core.writer"])


@dataclass(frozen=True)
class Kept:
    number: int
    alerts: int


@contextmanager
def writer(folder: Path) -> Iterator[Connection]:
    """A program that writes, and what it says. It is killed in the end."""
    heard, says = PROGRAMS.Pipe(duplex=False)
    program = PROGRAMS.Process(target=write, args=(folder, says), daemon=True)
    with nothing_to_repeat():
        program.start()
    says.close()
    try:
        yield heard
    finally:
        program.kill()
        program.join()
        heard.close()


@contextmanager
def nothing_to_repeat() -> Iterator[None]:
    """A new program begins with what its parent's main module did. Streamlit's tests put a script
    of theirs in its place, which nobody else can run."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def said(says: Connection) -> int:
    number: int = says.recv()
    return number


def kept(store: Store) -> list[Kept]:
    sql = """SELECT number, count(a.id) AS alerts FROM incidents i
             LEFT JOIN alerts a ON a.incident = i.id GROUP BY number, i.seq ORDER BY i.seq"""
    return store.ask(Kept, sql)


def killed_while_writing(folder: Path, chance: random.Random) -> list[int]:
    """Lets a program write for a while, kills it, and returns what it had told."""
    with writer(folder) as says:
        told = [said(says) for _ in range(chance.randrange(1, 20))]
        for _ in range(chance.randrange(100_000)):  # somewhere within what it does next
            pass
    return told


def test_nothing_acknowledged_is_lost_by_killing(folder: Path) -> None:
    told: list[int] = []
    chance = random.Random(1)  # noqa: S311
    for _ in range(KILLS):
        told += killed_while_writing(folder, chance)
        with opened(folder) as store:
            found = kept(store)
            assert proof.verify(store).count == 4 * len(found)
        numbers = [each.number for each in found]
        assert all(each.alerts == 3 for each in found)
        assert len(set(numbers)) == len(numbers) and set(told) <= set(numbers)
        assert numbers == sorted(numbers)


def test_backup_and_proof_work_while_another_program_writes(folder: Path, tmp_path: Path) -> None:
    with writer(folder) as says:
        before = [said(says) for _ in range(10)][-1]
        taken = backup.take(folder, KEY, tmp_path / "school.backup")
        while_writing = snapshot.verify(folder, KEY)
        after = said(says)
    assert before < after
    restored = backup.restore(tmp_path / "school.backup", tmp_path / "restored", KEY)
    assert restored == taken and while_writing.count >= taken.count
    with opened(tmp_path / "restored") as store:
        assert {each.alerts for each in kept(store)} == {3}
        assert {*range(1001, before + 1)} <= {each.number for each in kept(store)}
