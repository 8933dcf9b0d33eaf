"""A program that does everything that has to last, and tells after each thing that it is kept.

`python -m tests.prove.at_work ROOT TOLD FORMS`: the school is made in the folder ROOT, with
twice so many forms, and each telling is one line in the file TOLD.
"""

from __future__ import annotations

import os
import random
import sys
from contextlib import closing
from pathlib import Path

import pandas

from core.person import SYSTEM
from core.records import Attachment
from core.store import Store, backup
from core.store import key as keys
from tests.core.samples import KEY, batch

__all__ = ["pandas"]  # DuckDB imports it at the first question; here that is done once


def work(root: Path, told: int, forms: int) -> None:
    """Incidents with files, changes of the desk, copies, backups, and two starts."""

    def tell(what: str) -> None:
        os.write(told, f"{what}\n".encode())

    folder = root / "school"
    keys.make(root / "keys" / "school.key")
    tell("key")
    for start in range(2):
        with closing(Store.open(folder, KEY)) as store:
            store.desk.change("CREATE TABLE IF NOT EXISTS notes (number INTEGER)")
            for number in range(start * forms + 1, (start + 1) * forms + 1):
                told_of, *alerts = batch(number)
                digest = store.vault.put(random.Random(number).randbytes(3000))  # noqa: S311
                picture = Attachment(
                    incident=told_of.id, name="a", media_type="b", size=3000, digest=digest
                )
                store.append(told_of, *alerts, picture, by=SYSTEM)
                tell(f"incident {number}")
                if number % 3 == 0:
                    store.desk.change("INSERT INTO notes VALUES ($number)", number=number)
                    tell(f"note {number}")
                if number % 8 == 0:
                    store.checkpoint()
                if number % forms == 0:
                    store.desk.copy()
                    backup.take(folder, KEY, root / "school.backup")
                    tell(f"backup {number}")


if __name__ == "__main__":
    work(Path(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT, 0o600), int(sys.argv[3]))
