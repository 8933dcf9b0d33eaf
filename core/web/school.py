"""The school that this process serves: its record, opened once."""

from __future__ import annotations

import os
from pathlib import Path

from core import rehearsals
from core.store import Store
from core.store import key as keys

DATA = Path(__file__).parents[2] / "data" / "live"

NEW_KEY = """
  A key was made for this school's record: {place}
  Print that file and lock the sheet away. Without the key nobody can read the record, not even
  from a backup.
"""

_opened: list[Store] = []


def store() -> Store:
    """The record. A module's own, and not in one of Streamlit's caches, which get cleared."""
    return _opened[0]


def open_() -> Store:
    """Opens the record in the folder that `DATA` names, for the whole process.

    The first time, it makes the key and says where it is. Raises `Refused` if there is a record
    that does not open.
    """
    folder = Path(os.environ.get("DATA") or DATA)
    place = keys.location(folder)
    begun = any((folder / name).exists() for name in ("record.duckdb", "journal.jsonl"))
    if not begun and not place.exists():
        keys.make(place)
        print(NEW_KEY.format(place=place), flush=True)
    _opened.append(Store.open(folder, keys.read(place)))
    rehearsals.take_clock(store())
    return store()


def newest() -> int:
    """The number of the newest record, which tells whether something was recorded since."""
    head = store().head
    return head.seq if head else 0


def close() -> None:
    """Closes the record."""
    _opened.pop().close()
