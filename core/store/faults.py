"""What can be wrong with a record, each told in one plain sentence."""

from __future__ import annotations

from core.errors import Refused


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

    def __init__(self) -> None:
        super().__init__(
            "It is not certain that this was saved: please try again, and tell a safeguarding lead "
            "in person."
        )


class AlreadyRecorded(Exception):
    """A record of this id is there: the same form was sent twice."""
