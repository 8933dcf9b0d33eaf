"""What the safeguarding team makes of concerns and knows of a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, LongText, Record, Remark


@dataclass(frozen=True, kw_only=True)
class StatusChange(Record, table="status_changes"):
    """How far a concern is, from now on. `told_reporter` is what the person who raised it reads."""

    incident: Code
    status: Code
    outcome: Code = ""
    told_reporter: LongText = ""


@dataclass(frozen=True, kw_only=True)
class Decision(Record, table="decisions"):
    """What was decided about a concern, or decided against, and why."""

    incident: Code
    options: LongText
    decided: Code
    to_whom: Remark = ""
    threshold: Remark = ""
    reason: LongText


@dataclass(frozen=True, kw_only=True)
class ReferralAnswer(Record, table="referral_answers"):
    """What came back from whom something was referred to."""

    decision: Code
    incident: Code
    account: LongText


@dataclass(frozen=True, kw_only=True)
class Correction(Record, table="corrections"):
    """A later word about an incident that was not right as it was written. The incident stays."""

    incident: Code
    kind: Code
    account: LongText
    pupil: Code = ""
    duplicate_of: Code = ""


@dataclass(frozen=True, kw_only=True)
class Significance(Record, table="significances"):
    """An incident counts as a significant event from now on, or, if `ended`, no longer."""

    incident: Code
    meaning: LongText = ""
    decided: LongText = ""
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanDetails(Record, table="plans_details"):
    """A plan or flag of a pupil as it stands from now on."""

    plan: Code
    pupil: Code
    kind: Code
    since: date
    until: date | None = None
    review_on: date | None = None
    note: LongText = ""


@dataclass(frozen=True, kw_only=True)
class StandingNote(Record, table="standing_notes"):
    """What every lead should know of a pupil before anything else; the newest one counts."""

    pupil: Code
    account: LongText


@dataclass(frozen=True, kw_only=True)
class Charge(Record, table="charges"):
    """A lead is in charge of a pupil from now on; nobody, where `person` is empty."""

    pupil: Code
    person: Code


@dataclass(frozen=True, kw_only=True)
class SetAside(Record, table="set_asides"):
    """A lead has looked at why a pupil was pointed out, and says why nothing follows.

    `seen` are the incidents behind it at that time: with a new one it is pointed out again.
    """

    pupil: Code
    rule: Code
    reason: Remark
    seen: tuple[Code, ...]
