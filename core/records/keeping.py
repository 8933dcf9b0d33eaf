"""What became of the record itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.store import Code, Record


@dataclass(frozen=True, kw_only=True)
class MendingSeen(Record, table="mendings_seen"):
    """Somebody has seen what a start put right in the record."""

    mending: Code
