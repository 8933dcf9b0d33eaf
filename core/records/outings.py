"""An outing: where it goes, who comes, who looks after whom, and every count of the children."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, OneLine, Record, Remark


@dataclass(frozen=True, kw_only=True)
class OutingDetails(Record, table="outings_details"):
    """An outing as planned from now on. Times are as on the clock of the wall, such as `09:15`."""

    outing: Code
    day: date
    leaves_at: Code
    back_at: Code
    place: OneLine
    leader: Code


@dataclass(frozen=True, kw_only=True)
class OutingAdult(Record, table="outing_adults"):
    """An adult who comes along, or, if `ended`, does not. `person` is empty for a helper without an
    account; `adult` is the id of the person otherwise."""

    outing: Code
    adult: Code
    person: Code = ""
    name: OneLine = ""
    phone: OneLine = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class OutingPupil(Record, table="outing_pupils"):
    """A pupil comes along, in the group of this adult (empty: of nobody yet), or, if `ended`, stays
    behind. The newest of a pupil counts, so that nobody can be in two groups."""

    outing: Code
    pupil: Code
    adult: Code = ""
    ended: bool = False
    reason: Remark = ""


@dataclass(frozen=True, kw_only=True)
class RiskAssessment(Record, table="risk_assessments"):
    """A file that says what can go wrong on an outing, and what is done about it."""

    outing: Code
    name: OneLine
    media_type: Code
    size: int
    digest: Code


@dataclass(frozen=True, kw_only=True)
class OutingDecision(Record, table="outing_decisions"):
    """The head approves of an outing, or does not: with this assessment, on this day, to this
    place. Of another one nothing is said."""

    outing: Code
    assessment: Code
    day: date
    place: Code
    approved: bool
    note: Remark = ""


@dataclass(frozen=True, kw_only=True)
class OutingEvent(Record, table="outing_events"):
    """An outing has `started`, has `ended`, or was `called_off`."""

    outing: Code
    event: Code
    reason: Remark = ""


@dataclass(frozen=True, kw_only=True)
class OutingRound(Record, table="outing_rounds"):
    """An outing has come to a stage at which every group is counted. `reason` is why groups were
    not counted at the stage before."""

    outing: Code
    stage: Code
    place: Remark
    reason: Remark = ""


@dataclass(frozen=True, kw_only=True)
class HeadCount(Record, table="head_counts"):
    """Who of an adult's group was there by name, and how many children who are not of it."""

    outing: Code
    round: Code
    adult: Code
    expected: tuple[Code, ...]
    here: tuple[Code, ...]
    extra: int = 0
    note: Remark = ""


@dataclass(frozen=True, kw_only=True)
class MissingAtCount(Record, table="missing_at_counts"):
    """Children whom a count lacked are missing."""

    outing: Code
    pupils: tuple[Code, ...]
