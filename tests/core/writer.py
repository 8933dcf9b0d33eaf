"""A program that adds incidents with their alerts until it is killed, and tells what is kept."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import pandas

from core.person import SYSTEM
from core.store import Store
from tests.core.samples import KEY, batch

__all__ = ["pandas", "write"]  # DuckDB imports it at the first question; here that is done once

AT_TIMES = 7  # so often the log is moved into the file, which is a moment to be killed as well


def write(folder: Path, says: Connection) -> None:
    """Never returns."""
    store = Store.open(folder, KEY)
    while True:
        number = store.next_number()
        store.append(*batch(number), by=SYSTEM)
        says.send(number)
        if number % AT_TIMES == 0:
            store.desk.copy()
            store.checkpoint()
