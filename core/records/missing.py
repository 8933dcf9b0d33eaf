"""A child who is missing: the log that is kept while the search goes on.

Every press of a button is a record of its own. What stands in the end is worked out from all of
them, so that two people who press the same one at once are both in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class MissingLog(Record, table="missing_logs"):
    """A log was begun, with the limit and the places to search as the school had set them then, and
    who was told. `began_at` is earlier than the record for a log that was kept on paper."""

    off_site: bool = False
    on_paper: bool = False
    began_at: datetime
    limit_minutes: int
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MissingChild(Record, table="missing_children"):
    """Which child is missing; `ended` takes off one who was named by mistake."""

    log: str
    pupil: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class LastSeen(Record, table="last_seen"):
    """When and where the child was last seen, as known from now on."""

    log: str
    seen_at: datetime
    place: str = ""
    seen_by: str = ""


@dataclass(frozen=True, kw_only=True)
class MissingFact(Record, table="missing_facts"):
    """Something about the child, as known from now on: what they wear, their own account …"""

    log: str
    what: str
    account: str


@dataclass(frozen=True, kw_only=True)
class SearchRole(Record, table="search_roles"):
    """Somebody took a role over."""

    log: str
    role: str
    person: str


@dataclass(frozen=True, kw_only=True)
class SearchPress(Record, table="search_presses"):
    """Somebody pressed something: a step that was done, a place that was cleared, a danger."""

    log: str
    kind: str
    key: str
    did: str
    occurred_at: datetime


@dataclass(frozen=True, kw_only=True)
class SearchCall(Record, table="search_calls"):
    """What is known of a step beyond that it was done: with whom, what was said, why so late."""

    log: str
    step: str
    account: str = ""
    late_because: str = ""
    reference: str = ""
    officer: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchNote(Record, table="search_notes"):
    """Something that happened, in somebody's words."""

    log: str
    occurred_at: datetime
    account: str


@dataclass(frozen=True, kw_only=True)
class ChildFound(Record, table="children_found"):
    """A child was found; `pupil` is empty for one whom nobody has named. `mistaken` takes it back:
    it was another child."""

    log: str
    pupil: str = ""
    found_at: datetime
    place: str = ""
    found_by: str = ""
    mistaken: bool = False


@dataclass(frozen=True, kw_only=True)
class MissingClosing(Record, table="missing_closings"):
    """The log was closed; `reason` says why, where the child was not found or steps were open."""

    log: str
    outcome: str
    reason: str = ""
