"""First starts that are killed, and two at once: the record has to open by the key in the file."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import Refused
from core.store import Store
from core.store import key as keys
from tests.core.histories import told
from tests.prove import trying
from tests.prove.promise import Promise

# Waits for a line, so that two of them begin in the same instant, and says how it ended.
PROGRAM = """
import sys
from pathlib import Path
from core import records
from core.errors import Refused
from core.store import start
from tests.core.samples import add
print("ready", flush=True)
sys.stdin.readline()
try:
    store = start.begin(Path(sys.argv[1]))
except Refused as refusal:
    print("refused", refusal, flush=True)
else:
    add(store, sys.argv[2])
    print("opened", flush=True)
    sys.stdin.readline()
"""


@dataclass(frozen=True)
class Starts:
    """How many were tried, and what was wrong afterwards."""

    tried: int = 0
    shut: int = 0  # the key in the file does not open the record
    lost: int = 0  # somebody was let in, and what they wrote is not there
    both: int = 0  # two were let in at once
    none: int = 0  # nobody was

    def __add__(self, other: Starts) -> Starts:
        return Starts(*(one + two for one, two in zip(_all(self), _all(other), strict=True)))


def _all(starts: Starts) -> tuple[int, ...]:
    return starts.tried, starts.shut, starts.lost, starts.both, starts.none


def paired(root: Path, pairs: int) -> Starts:
    """Two programs begin the same new record at once, so often, each time in a new folder."""
    found = Starts()
    for n in trying.each(range(pairs), pairs, "pairs of first starts"):
        found += _pair(root / f"pair {n}")
    return found


def killed(root: Path, kills: int, *, seed: int = 1) -> Starts:
    """A first start is killed somewhere within the time that one takes, and started again."""
    chance, found = random.Random(seed), Starts()  # noqa: S311
    for n in trying.each(range(kills), kills, "first starts that are killed"):
        found += _kill(root / f"kill {n}", chance.random())
    return found


def _pair(place: Path) -> Starts:
    with _ready(place, "one", "two") as (one, two):
        for each in (one, two):
            _say(each)
        answers = {"one": _heard(one), "two": _heard(two)}
    opened = [name for name, answer in answers.items() if answer == "opened"]
    there = _there(place)
    return Starts(
        tried=1,
        shut=int(there is None),
        lost=len({*opened} - {*(there or opened)}),
        both=int(len(opened) > 1),
        none=int(not opened),
    )


def _kill(place: Path, part: float) -> Starts:
    with _ready(place, "cut", "again") as (cut, again):
        begun = time.monotonic()
        _say(cut)
        # Not after some seconds, which say something about the machine: once so much is there.
        while cut.poll() is None and _progress(place) < part and not _is_over(begun):
            pass
        cut.kill()
        cut.wait()
        _say(again)
        answer = _heard(again)
    there = _there(place)
    return Starts(
        tried=1,
        shut=int(there is None),
        lost=int(answer == "opened" and "again" not in (there or ["again"])),
        none=int(answer != "opened"),
    )


def _progress(place: Path) -> float:
    """How far a first start is, from 0 to 1."""
    made = ("key", "school/journal.jsonl", "school/record.duckdb", "school/desk.duckdb",
            "school/desk.copy")  # fmt: skip
    return sum((place / name).exists() for name in made) / len(made)


def _is_over(begun: float) -> bool:
    return time.monotonic() - begun > 120


@contextmanager
def _ready(place: Path, *names: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Programs that have imported all they need, and wait to be told to begin."""
    environment = os.environ | {"RECORD_KEY_FILE": str(place / "key")}
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(place / "school"), name],
            env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for name in names
    ]  # fmt: skip
    try:
        assert [_heard(each) for each in programs] == ["ready"] * len(names)
        yield programs
    finally:
        for each in programs:
            each.kill()
            each.communicate()


def _say(program: subprocess.Popen[str]) -> None:
    assert program.stdin
    program.stdin.write("\n")
    program.stdin.flush()


def _heard(program: subprocess.Popen[str]) -> str:
    assert program.stdout
    return (program.stdout.readline().split() or ["nothing"])[0]


def _there(place: Path) -> list[str] | None:
    """What is in the record by the key in the file; None if that does not open it."""
    if not (place / "key").exists():
        return []
    try:
        with closing(Store.open(place / "school", keys.read(place / "key"))) as store:
            return told(store)
    except Refused:
        return None


def proved(*, full: bool) -> Promise:
    """120 pairs and 60 kills; for a night ten times as many."""
    times = 10 if full else 1
    with TemporaryDirectory() as place:
        pairs = paired(Path(place) / "pairs", 120 * times)
        kills = killed(Path(place) / "kills", 60 * times)
    wrong = pairs + kills
    return Promise(
        number=14,
        words="The key in the file opens the record",
        figure=f"{pairs.tried} pairs of first starts at once, {kills.tried} killed and begun "
        f"again: {wrong.shut} records that the key does not open, {wrong.both} times two "
        f"were let in, {wrong.none} times nobody, {wrong.lost} records lost",
        kept=wrong == Starts(tried=wrong.tried),
    )
