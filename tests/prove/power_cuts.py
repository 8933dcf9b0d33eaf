"""The power is cut between any two system calls, and what the disk then holds is opened."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import Refused
from core.store import Store, backup
from core.store import key as keys
from tests.core.samples import KEY
from tests.prove import disks, trying
from tests.prove.disks import Call
from tests.prove.found import Found, judged


@dataclass(frozen=True)
class Note:
    number: int


def attacked(place: Path, cuts: int, *, forms: int = 16, seed: int = 1) -> Found:
    """What is found after so many cuts, each at a moment of its own, half of them just before or
    after something was acknowledged."""
    root, told = place / "root", place / "told"
    root.mkdir()
    program = ["-m", "tests.prove.at_work", str(root), str(told), str(forms)]
    calls = disks.traced(program, root, told)
    _demand_all_was_seen(calls, root)
    chance, found = random.Random(seed), Found()  # noqa: S311
    tellings = [n for n, call in enumerate(calls) if call.what == "tell"]
    for n in trying.each(range(cuts), cuts, "power cuts"):
        near = chance.choice(tellings) + chance.randint(-2, 1)
        upto = near if n % 2 else chance.randrange(len(calls))
        disks.put(disks.after(calls[:upto], chance), place / "cut")
        found += _looked(place / "cut", calls[:upto])
    return found


def _demand_all_was_seen(calls: Sequence[Call], root: Path) -> None:
    """Without a cut, what the calls make is what is there: else they were not all understood."""
    there = {
        str(path.relative_to(root)): None if path.is_dir() else path.read_bytes()
        for path in root.rglob("*")
    }
    if disks.after(calls, None) != there:
        raise RuntimeError("not every system call was understood")


def _looked(root: Path, calls: Sequence[Call]) -> Found:
    told = [call.data.decode().split() for call in calls if call.what == "tell"]
    numbers = {what: [int(t[1]) for t in told if t[0] == what] for what in ("incident", "note")}
    if ["key"] not in told:
        return Found(tried=1)
    try:
        keys.read(root / "keys" / "school.key")
    except Refused:
        return Found(tried=1, lost=1)

    def desk(store: Store) -> Found:
        noted = "SELECT 1 AS number FROM duckdb_tables() WHERE table_name = 'notes'"
        there = store.desk.ask(Note, "FROM notes") if store.desk.ask(Note, noted) else []
        return Found(lost=len({*numbers["note"]} - {note.number for note in there}))

    found = judged(root / "school", numbers["incident"], desk)
    if backups := [int(t[1]) for t in told if t[0] == "backup"]:
        found += _restored(root, backups[-1])
    return found


def _restored(root: Path, number: int) -> Found:
    """The newest backup that was acknowledged, or a newer one."""
    file = root / "school.backup"
    count = _count(file.read_bytes() if file.exists() else b"")
    return Found(unsound=int(count is None), lost=int(count is not None and count < 5 * number))


@lru_cache
def _count(content: bytes) -> int | None:
    """How many records a backup brings back; None if it does not open."""
    with TemporaryDirectory() as place:
        file = Path(place) / "school.backup"
        file.write_bytes(content)
        with suppress(Refused):
            return backup.restore(file, Path(place) / "restored", KEY).count
    return None
