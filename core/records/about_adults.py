"""Concerns about adults who work at the school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class AdultConcern(Record, table="adult_concerns"):
    """A concern about an adult who works at the school: of an account, or of a name that was typed.

    No incident: it has no number, and is found by nothing that finds incidents.
    """

    adult: str = ""
    adult_name: str = ""
    level: str
    occurred_at: datetime
    place: str
    account: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AdultAction(Record, table="adult_actions"):
    """What was done about a concern about an adult, and why. `adult` is an account that it turned
    out to be about."""

    concern: str
    kind: str
    reason: str
    adult: str = ""
