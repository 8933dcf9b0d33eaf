"""A child who is missing: the log that is kept while the search goes on.

Every press of a button is a record of its own. What stands in the end is worked out from all of
them, so that two people who press the same one at once are both in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store import Code, LongText, OneLine, Record, Remark


@dataclass(frozen=True, kw_only=True)
class MissingLog(Record, table="missing_logs"):
    """A log was begun, with the limit and the places to search as the school had set them then, and
    who was told. `began_at` is earlier than the record for a log that was kept on paper."""

    off_site: bool = False
    on_paper: bool = False
    began_at: datetime
    limit_minutes: int
    inside: tuple[OneLine, ...] = ()
    outside: tuple[OneLine, ...] = ()
    told: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MissingChild(Record, table="missing_children"):
    """Which child is missing; `ended` takes off one who was named by mistake."""

    log: Code
    pupil: Code
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class LastSeen(Record, table="last_seen"):
    """When and where the child was last seen, as known from now on."""

    log: Code
    seen_at: datetime
    place: Remark = ""
    seen_by: Remark = ""


@dataclass(frozen=True, kw_only=True)
class MissingFact(Record, table="missing_facts"):
    """Something about the child, as known from now on: what they wear, their own account …"""

    log: Code
    what: Code
    account: LongText


@dataclass(frozen=True, kw_only=True)
class SearchRole(Record, table="search_roles"):
    """Somebody took a role over."""

    log: Code
    role: Code
    person: Code


@dataclass(frozen=True, kw_only=True)
class SearchPress(Record, table="search_presses"):
    """Somebody pressed something: a step that was done, a place that was cleared, a danger."""

    log: Code
    kind: Code
    key: Code
    did: Code
    occurred_at: datetime


@dataclass(frozen=True, kw_only=True)
class SearchCall(Record, table="search_calls"):
    """What is known of a step beyond that it was done: with whom, what was said, why so late."""

    log: Code
    step: Code
    account: Remark = ""
    late_because: Remark = ""
    reference: OneLine = ""
    officer: OneLine = ""
    given: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchNote(Record, table="search_notes"):
    """Something that happened, in somebody's words."""

    log: Code
    occurred_at: datetime
    account: LongText


@dataclass(frozen=True, kw_only=True)
class ChildFound(Record, table="children_found"):
    """A child was found; `pupil` is empty for one whom nobody has named. `mistaken` takes it back:
    it was another child."""

    log: Code
    pupil: Code = ""
    found_at: datetime
    place: Remark = ""
    found_by: Remark = ""
    mistaken: bool = False


@dataclass(frozen=True, kw_only=True)
class MissingClosing(Record, table="missing_closings"):
    """The log was closed; `reason` says why, where the child was not found or steps were open."""

    log: Code
    outcome: Code
    reason: LongText = ""
