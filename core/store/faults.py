"""What can be wrong with a record, each told in one plain sentence."""

from __future__ import annotations

from pathlib import Path

from core.errors import Refused

FULL = "The disk is full: make room."
SHUT = "The disk cannot be written to: tell whoever looks after the machine."


class Unsound(Refused):
    """The record is not as it was written. Whatever is raised says where."""


class Damaged(Unsound):
    """A file cannot be read as it was written."""


class Contradiction(Unsound):
    """The two copies of the record do not tell the same; the message says from where."""


class Broken(Unsound):
    """A proof failed; the message names the first record that does not fit."""


class WrongKey(Refused):
    """The key that was given does not open the files."""


class NoBackup(Refused):
    """A file is not a backup that this key opens, or not the whole of it."""


class InUse(Refused):
    """Another program has the files open."""


class NotKept(Refused):
    """Nothing was acknowledged: a disk refused. It may be there all the same; the same form, sent
    again, is kept once."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            f"{why} It is not certain that this was saved: please try again, and tell a "
            "safeguarding lead in person.".lstrip()
        )


class DiskFull(NotKept):
    """The same, and it is known why: whoever makes room can try again."""

    def __init__(self) -> None:
        super().__init__(FULL)


class NoRoom(Refused):
    """What cannot be done at all on a full disk: to begin a record, or to mend one."""

    def __init__(self) -> None:
        super().__init__("The disk is full: make room, then try once more.")


class ReadOnly(Refused):
    """Nothing can be written in a folder, full or not: its disk is write-protected, or the folder
    is somebody else's."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"This folder cannot be written to: {folder}. See whether its disk is write-protected "
            "and whose folder it is."
        )


class AlreadyRecorded(Exception):
    """A record of this id is there: the same form was sent twice."""
