"""An outing: where it goes, who comes, who looks after whom, and every count of the children."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class OutingDetails(Record, table="outings_details"):
    """An outing as planned from now on. Times are as on the clock of the wall, such as `09:15`."""

    outing: str
    day: date
    leaves_at: str
    back_at: str
    place: str
    leader: str


@dataclass(frozen=True, kw_only=True)
class OutingAdult(Record, table="outing_adults"):
    """An adult who comes along, or, if `ended`, does not. `person` is empty for a helper without an
    account; `adult` is the id of the person otherwise."""

    outing: str
    adult: str
    person: str = ""
    name: str = ""
    phone: str = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class OutingPupil(Record, table="outing_pupils"):
    """A pupil comes along, in the group of this adult (empty: of nobody yet), or, if `ended`, stays
    behind. The newest of a pupil counts, so that nobody can be in two groups."""

    outing: str
    pupil: str
    adult: str = ""
    ended: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RiskAssessment(Record, table="risk_assessments"):
    """A file that says what can go wrong on an outing, and what is done about it."""

    outing: str
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class OutingDecision(Record, table="outing_decisions"):
    """The head approves of an outing, or does not: with this assessment, on this day, to this
    place. Of another one nothing is said."""

    outing: str
    assessment: str
    day: date
    place: str
    approved: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OutingEvent(Record, table="outing_events"):
    """An outing has `started`, has `ended`, or was `called_off`."""

    outing: str
    event: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OutingRound(Record, table="outing_rounds"):
    """An outing has come to a stage at which every group is counted. `reason` is why groups were
    not counted at the stage before."""

    outing: str
    stage: str
    place: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class HeadCount(Record, table="head_counts"):
    """Who of an adult's group was there by name, and how many children who are not of it."""

    outing: str
    round: str
    adult: str
    expected: tuple[str, ...]
    here: tuple[str, ...]
    extra: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MissingAtCount(Record, table="missing_at_counts"):
    """Children whom a count lacked are missing."""

    outing: str
    pupils: tuple[str, ...]
