"""The school that this process serves: its record, opened once."""

from __future__ import annotations

import sys
from pathlib import Path

from core import backups, machine, rehearsals
from core.store import Store, keyring, start
from core.store import key as keys

DATA = Path(__file__).parents[2] / "data" / "live"

NEW_KEY = """
  A key was made for this school's record: {place}
  Print that file and lock the sheet away. Without the key nobody can read the record, not even
  from a backup.
"""
OLDER_KEY = """
  There is a key of an older name: {place}
  If it is this school's, its record is not here: stop the app, and see whether its disk is there.
"""

_opened: list[Store] = []


def store() -> Store:
    """The record. A module's own, and not in one of Streamlit's caches, which get cleared."""
    return _opened[0]


def open_() -> Store:
    """Opens the record in the folder that `DATA` names, for the whole process.

    The first time, it makes the key and says where it is. Raises `Refused` if a setting is wrong,
    if there is a record that does not open, or a key whose record is not there.
    """
    machine.check()
    folder = Path(machine.value("DATA") or DATA).expanduser()
    backups.check(folder)

    def made(place: Path) -> None:
        print(NEW_KEY.format(place=place), flush=True)
        if older := keyring.older(folder):
            print(OLDER_KEY.format(place=older), flush=True)

    _opened.append(start.begin(folder, made=made))
    rehearsals.take_clock(store())
    backups.clear(folder)
    for caution in keyring.cautions(keys.location(folder), folder):
        print(f"\n  {caution}\n", file=sys.stderr, flush=True)
    return store()


def newest() -> int:
    """The number of the newest record, which tells whether something was recorded since."""
    head = store().head
    return head.seq if head else 0


def close() -> None:
    """Closes the record."""
    _opened.pop().close()
