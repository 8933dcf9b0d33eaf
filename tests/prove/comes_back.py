"""Promise 9: it comes back, from an encrypted backup and the printed recovery sheet alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from core.person import SYSTEM
from core.store import Past, Store
from core.store import key as keys
from tests.core.samples import add, batch
from tests.prove import kills
from tests.prove.found import Found, judged
from tests.prove.promise import Promise

OF_A_BATCH = 4


@dataclass(frozen=True)
class Drill:
    """What came back, as the commands told it, and how long each part took, in seconds."""

    before: str
    after: str
    backup: float
    restore: float
    start: float


def drilled(place: Path, records: int) -> Drill:
    """A school is backed up by its key, and lost with it; somebody types the key from the sheet."""
    data, key, file = place / "school", place / "keys" / "school.key", place / "monday.backup"
    _made(data, keys.make(key), records)
    sheet = _told(key, "recovery-sheet", data)
    before = _told(key, "verify", data)
    backup = _timed(key, "backup", data, file)
    shutil.rmtree(data)
    shutil.rmtree(key.parent)
    typed = place / "typed.key"
    typed.write_text(sheet.lower().replace("-", " "))
    restore = _timed(typed, "restore", file, place / "restored")
    after = _told(typed, "verify", place / "restored", "--head", before.split()[-1])
    start = _started_after_a_crash(place / "restored", keys.read(typed))
    return Drill(
        before, after.removesuffix(", with the head that was noted"), backup, restore, start
    )


def crash(folder: Path) -> Found:
    """A program is killed while it saves; the next start is judged."""
    with kills.writer(folder) as says:
        told = [kills.said(says) for _ in range(5)]
    return judged(folder, told)


def proved(*, full: bool) -> Promise:
    """On 20,000 records: the same head, and the times."""
    with TemporaryDirectory() as folder:
        drill = drilled(Path(folder), 20_000)
        crashed = crash(Path(folder) / "crashed")
    in_time = drill.backup + drill.restore < 15 * 60 and drill.start < 5
    return Promise(
        number=9,
        words="It comes back",
        figure=f"by the recovery sheet alone: {drill.after}, the same as before; "
        f"backed up and tried in {drill.backup:.0f} s, restored in {drill.restore:.0f} s, "
        f"started after a crash in {drill.start:.1f} s",
        kept=drill.before == drill.after and in_time and crashed.is_clean,
    )


def _made(data: Path, key: bytes, records: int) -> None:
    with closing(Store.open(data, key)) as store:
        store.imagine(_history(records // OF_A_BATCH))
        store.vault.put(b"photograph" * 9_000)


def _history(batches: int) -> Iterator[Past]:
    begun = datetime(2006, 9, 1, tzinfo=UTC)
    for n in range(batches):
        yield Past(begun + timedelta(minutes=n), SYSTEM.id, batch(1001 + n))


def _told(key: Path, *arguments: str | Path) -> str:
    command = [sys.executable, "-m", "core", *map(str, arguments)]
    environment = {**os.environ, "RECORD_KEY_FILE": str(key)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _timed(key: Path, *arguments: str | Path) -> float:
    begun = time.monotonic()
    _told(key, *arguments)
    return time.monotonic() - begun


def _started_after_a_crash(folder: Path, key: bytes) -> float:
    """The folder as it lies while somebody writes, opened elsewhere."""
    with closing(Store.open(folder, key)) as store:
        add(store, *(str(n) for n in range(20)))
        crashed = Path(shutil.copytree(folder, folder.with_name("crashed-at-work")))
    begun = time.monotonic()
    Store.open(crashed, key).close()
    return time.monotonic() - begun
