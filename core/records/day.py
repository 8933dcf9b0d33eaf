"""A day at school: who is here, and how each child goes home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class RegisterEntry(Record, table="register_entries"):
    """The marks of some pupils in one session of a day, side by side: what was marked together.

    A later entry says anew only of those pupils whom it names, so that two people who put right
    two children at once do not undo each other.
    """

    day: date
    session: str
    pupils: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CollectorDetails(Record, table="collectors_details"):
    """An adult who may collect a pupil, as known from now on; `ended` takes them off the list."""

    collector: str
    pupil: str
    name: str
    relation: str = ""
    phone: str = ""
    note: str = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class WalkHomeDetails(Record, table="walks_home_details"):
    """A pupil may go home alone, on whose word, and how that was given; or, if `ended`, no more."""

    permission: str
    pupil: str
    since: date
    until: date | None = None
    given_by: str
    how: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class ProhibitionDetails(Record, table="prohibitions_details"):
    """An adult must not collect a pupil, as a court has ordered; `account` is what it says."""

    prohibition: str
    pupil: str
    name: str
    until: date | None = None
    account: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOver(Record, table="hand_overs"):
    """How a pupil went home, and with whom. `reason` is why a lead allowed what the list does
    not."""

    pupil: str
    day: date
    how: str
    collector: str = ""
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CollectionTry(Record, table="collection_tries"):
    """Somebody was rung because a pupil had not been collected, and answered or not."""

    pupil: str
    day: date
    collector: str
    answered: bool = False
