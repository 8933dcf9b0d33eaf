"""What a start put right, told in the record itself: somebody may have done it on purpose."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.record import Record
from core.store.texts import Code

JOURNAL, DATABASE = "journal", "database"


@dataclass(frozen=True)
class _Itself:
    """The app, as `core.person.SYSTEM` is it."""

    id: str = "system"


ITSELF = _Itself()


@dataclass(frozen=True, kw_only=True)
class Mending(Record, table="mendings"):
    """One of the two copies (`journal`, `database`) lacked so many records, from this one on, which
    were taken from the other.

    `lacked` is 0 where nothing was missing and the database was another: then it was made anew.
    """

    copy: Code
    lacked: int = 0
    first: int = 0
