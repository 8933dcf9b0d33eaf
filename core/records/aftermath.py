"""After a search: what everybody who took part wrote, what the head found, what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, LongText, Record


@dataclass(frozen=True, kw_only=True)
class SearchIncident(Record, table="search_incidents"):
    """The incident that stands in a child's chronology for the log of the search."""

    log: Code
    pupil: Code
    incident: Code


@dataclass(frozen=True, kw_only=True)
class SearchAccount(Record, table="search_accounts"):
    """What somebody who took part in a search saw and did, in their own words."""

    log: Code
    account: LongText


@dataclass(frozen=True, kw_only=True)
class Investigation(Record, table="investigations"):
    """The internal investigation of how a child went missing, as it stands from now on. `risks`
    says how the risk assessment was revised."""

    log: Code
    findings: LongText
    causes: LongText
    changes: LongText
    changes_by: date | None
    risks: LongText


@dataclass(frozen=True, kw_only=True)
class AuthorityReport(Record, table="authority_reports"):
    """A report to the local authority was made: what it advised before, and what was decided."""

    log: Code
    advice: LongText
    decision: LongText
    reason: LongText
