"""A day at school: who is here, and how each child goes home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, LongText, OneLine, Record, Remark


@dataclass(frozen=True, kw_only=True)
class RegisterEntry(Record, table="register_entries"):
    """The marks of some pupils in one session of a day, side by side: what was marked together.

    A later entry says anew only of those pupils whom it names, so that two people who put right
    two children at once do not undo each other.
    """

    day: date
    session: Code
    pupils: tuple[Code, ...]
    marks: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class CollectorDetails(Record, table="collectors_details"):
    """An adult who may collect a pupil, as known from now on; `ended` takes them off the list."""

    collector: Code
    pupil: Code
    name: OneLine
    relation: OneLine = ""
    phone: OneLine = ""
    note: Remark = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class WalkHomeDetails(Record, table="walks_home_details"):
    """A pupil may go home alone, on whose word, and how that was given; or, if `ended`, no more."""

    permission: Code
    pupil: Code
    since: date
    until: date | None = None
    given_by: OneLine
    how: Remark
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class ProhibitionDetails(Record, table="prohibitions_details"):
    """An adult must not collect a pupil, as a court has ordered; `account` is what it says."""

    prohibition: Code
    pupil: Code
    name: OneLine
    until: date | None = None
    account: LongText
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOver(Record, table="hand_overs"):
    """How a pupil went home, and with whom. `reason` is why a lead allowed what the list does
    not."""

    pupil: Code
    day: date
    how: Code
    collector: Code = ""
    name: OneLine = ""
    reason: Remark = ""


@dataclass(frozen=True, kw_only=True)
class CollectionTry(Record, table="collection_tries"):
    """Somebody was rung because a pupil had not been collected, and answered or not."""

    pupil: Code
    day: date
    collector: Code
    answered: bool = False
