"""Concerns about adults who work at the school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store import Code, LongText, OneLine, Record


@dataclass(frozen=True, kw_only=True)
class AdultConcern(Record, table="adult_concerns"):
    """A concern about an adult who works at the school: of an account, or of a name that was typed.

    No incident: it has no number, and is found by nothing that finds incidents.
    """

    adult: Code = ""
    adult_name: OneLine = ""
    level: Code
    occurred_at: datetime
    place: OneLine
    account: LongText
    children: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AdultAction(Record, table="adult_actions"):
    """What was done about a concern about an adult, and why. `adult` is an account that it turned
    out to be about."""

    concern: Code
    kind: Code
    reason: LongText
    adult: Code = ""
