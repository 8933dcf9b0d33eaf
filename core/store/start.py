"""The start of a record: the first one, for which a key is made, and every other.

A first start is when neither the record nor its key is there. A key without a record means that the
record is somewhere else: on a disk that is not mounted, or in a folder whose name was mistyped. A
new record in that place would hide the real one, and a second history would begin.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.errors import Refused
from core.store import disk, journal, keyring, leftovers, lock, staging
from core.store import key as keys
from core.store.store import Store

ELSEWHERE = (
    "The key at {key} belongs to a record that is not here, in {folder}: is its disk there, and is "
    "DATA right? If the record is lost, restore a backup. To begin anew, move the key away."
)
JOURNAL_ALONE = (
    "The journal is there, but {folder} is empty: is its disk there, and is DATA right? If the "
    "folder is lost, restore a backup, or run “python -m core rebuild”."
)
INSIDE = (
    "The key would lie in the folder of the record, and a copy of that folder would open itself: "
    "name another place in RECORD_KEY_FILE."
)
NOT_EMPTY = "{folder} is not empty: name a new folder."


def begin(
    folder: Path,
    *,
    made: Callable[[Path], object] = str,
    is_new: bool = False,
    takes_any_key: bool = False,
) -> Store:
    """Opens the record in a folder, or makes it with a key of its own. `made` is told where that
    lies. With `is_new` the folder has to be a new or an empty one; with `takes_any_key` a key that
    is there already is taken for a new record.

    Nobody is let in before the key *in the file* was seen to open the record. Raises `Refused`, and
    makes nothing, where there is a key and no record.
    """
    place = keys.location(folder)
    _demand_right_place(folder, place, takes_any_key)  # before anything is made
    disk.folder(folder)
    with lock.held(folder) as is_alone:
        if is_new and any(each.name != lock.NAME for each in folder.iterdir()):
            raise Refused(NOT_EMPTY.format(folder=folder))
        staging.settle(folder)
        if _demand_right_place(folder, place, takes_any_key) and not place.exists():
            keys.make(place)  # it never takes the place of another that came there meanwhile
            made(place)
        store = Store.open(folder, keys.read(place))
        try:
            keys.use(place)
            keyring.settle(folder, place)
            if is_alone:
                leftovers.clear(folder, place)
        except BaseException:
            store.close()
            raise
    return store


def _demand_right_place(folder: Path, key: Path, takes_any_key: bool) -> bool:
    """Whether this is a first start. Raises `Refused` where it may not be one.

    The key is looked at before the record: a start beside this one makes the record first, and
    takes the mark off the key last.
    """
    is_of_a_record = key.exists() and not keys.is_unused(key)
    if staging.is_cut(folder):
        return False
    if keyring.is_record(folder):
        if is_of_a_record and _is_only_a_journal(folder):
            raise Refused(JOURNAL_ALONE.format(folder=folder))
        return False
    if is_of_a_record and not takes_any_key:
        raise Refused(ELSEWHERE.format(key=key, folder=folder))
    if keyring.is_inside(key, folder):
        raise Refused(INSIDE)
    return True


def _is_only_a_journal(folder: Path) -> bool:
    """Whether there is nothing of a record but a journal on another disk. One would be made from it
    in an empty folder, without the files and the passwords."""
    there = any((folder / name).exists() for name in ("record.duckdb", "desk.duckdb", "files"))
    return not there and not keyring.is_inside(journal.location(folder), folder)
