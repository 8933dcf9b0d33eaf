"""What leaves the record: for a conference, a court, an inspector, governors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, LongText, OneLine, Record, Remark


@dataclass(frozen=True, kw_only=True)
class Export(Record, table="exports"):
    """A report was made of the record: for whom, why, and with what it was told to hold.

    `number` is in the file's name, `sha256` tells whether a file is the one that was made.
    """

    number: int
    what: Code
    pupil: Code
    media_type: Code
    recipient: OneLine
    purpose: Remark
    chosen: tuple[Code, ...]
    sha256: Code


@dataclass(frozen=True, kw_only=True)
class ConferenceReport(Record, table="conference_reports"):
    """What the school told a conference about a pupil, beside its `ConferenceStatement`s.

    `stood` is what the record said at that time, as JSON, so that the same report can be made
    again. It rests on the incidents `rests_on`: whoever may not see one of them does not see it.
    """

    pupil: Code
    conference: OneLine
    held_on: date | None = None
    names_used: Remark = ""
    carers: LongText
    professionals: LongText = ""
    why: LongText
    shared_with_parents: bool
    parents_on: date | None = None
    parents_why_not: Remark = ""
    shared_with_child: bool
    child_on: date | None = None
    child_why_not: Remark = ""
    rests_on: tuple[Code, ...]
    stood: Code


@dataclass(frozen=True, kw_only=True)
class ConferenceStatement(Record, table="conference_statements"):
    """One thing that the school says in a section of a report: what kind of thing, from whom."""

    report: Code
    section: Code
    kind: Code = ""
    source: Remark = ""
    dated: date | None = None
    account: LongText


@dataclass(frozen=True, kw_only=True)
class Release(Record, table="releases"):
    """What governors see of a period, for good.

    `form` is the released form as canonical JSON and `certificate` that of its audit;
    `fingerprint` is the SHA-256 over both.
    """

    name: OneLine
    begins: date
    ends: date
    form: Code
    certificate: Code
    fingerprint: Code


@dataclass(frozen=True, kw_only=True)
class ConfidentialCopy(Record, table="confidential_copies"):
    """A copy of the confidential report of a period was made for one governor.

    `number` counts the copies of the period, and stands on every page of this one.
    """

    number: int
    name: OneLine
    begins: date
    ends: date
    recipient: OneLine


@dataclass(frozen=True, kw_only=True)
class AccessRequest(Record, table="access_requests"):
    """Somebody asked for what is kept about a pupil. `names_staff` leaves members of staff who
    acted in their work by name."""

    pupil: Code
    received_on: date
    asked_by: OneLine
    relation: OneLine
    names_staff: bool = False


@dataclass(frozen=True, kw_only=True)
class AccessStep(Record, table="access_steps"):
    """What changes the time that a request has: identity asked or proved, more time, its end."""

    request: Code
    kind: Code
    day: date
    why: Remark = ""


@dataclass(frozen=True, kw_only=True)
class AccessLook(Record, table="access_looks"):
    """A lead went through one piece of the record for a request; the newest look counts.

    `whole` is the code by which all of it is withheld, or empty. `removed` are the places that are
    taken out, as text, first and last letter and code (“0:12-15 third_party”), and never words.
    They hold as long as the piece has this `fingerprint`.
    """

    request: Code
    piece: Code
    fingerprint: Code
    whole: Code = ""
    removed: tuple[Code, ...] = ()
