"""What leaves the record: for a conference, a court, an inspector, governors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class Export(Record, table="exports"):
    """A report was made of the record: for whom, why, and with what it was told to hold.

    `number` is in the file's name, `sha256` tells whether a file is the one that was made.
    """

    number: int
    what: str
    pupil: str
    media_type: str
    recipient: str
    purpose: str
    chosen: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ConferenceReport(Record, table="conference_reports"):
    """What the school told a conference about a pupil, beside its `ConferenceStatement`s.

    `stood` is what the record said at that time, as JSON, so that the same report can be made
    again. It rests on the incidents `rests_on`: whoever may not see one of them does not see it.
    """

    pupil: str
    conference: str
    held_on: date | None = None
    names_used: str = ""
    carers: str
    professionals: str = ""
    why: str
    shared_with_parents: bool
    parents_on: date | None = None
    parents_why_not: str = ""
    shared_with_child: bool
    child_on: date | None = None
    child_why_not: str = ""
    rests_on: tuple[str, ...]
    stood: str


@dataclass(frozen=True, kw_only=True)
class ConferenceStatement(Record, table="conference_statements"):
    """One thing that the school says in a section of a report: what kind of thing, from whom."""

    report: str
    section: str
    kind: str = ""
    source: str = ""
    dated: date | None = None
    account: str


@dataclass(frozen=True, kw_only=True)
class Release(Record, table="releases"):
    """What governors see of a period, for good.

    `form` is the released form as canonical JSON and `certificate` that of its audit;
    `fingerprint` is the SHA-256 over both.
    """

    name: str
    begins: date
    ends: date
    form: str
    certificate: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class ConfidentialCopy(Record, table="confidential_copies"):
    """A copy of the confidential report of a period was made for one governor.

    `number` counts the copies of the period, and stands on every page of this one.
    """

    number: int
    name: str
    begins: date
    ends: date
    recipient: str


@dataclass(frozen=True, kw_only=True)
class AccessRequest(Record, table="access_requests"):
    """Somebody asked for what is kept about a pupil. `names_staff` leaves members of staff who
    acted in their work by name."""

    pupil: str
    received_on: date
    asked_by: str
    relation: str
    names_staff: bool = False


@dataclass(frozen=True, kw_only=True)
class AccessStep(Record, table="access_steps"):
    """What changes the time that a request has: identity asked or proved, more time, its end."""

    request: str
    kind: str
    day: date
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class AccessLook(Record, table="access_looks"):
    """A lead went through one piece of the record for a request; the newest look counts.

    `whole` is the code by which all of it is withheld, or empty. `removed` are the places that are
    taken out, as text, first and last letter and code (“0:12-15 third_party”), and never words.
    They hold as long as the piece has this `fingerprint`.
    """

    request: str
    piece: str
    fingerprint: str
    whole: str = ""
    removed: tuple[str, ...] = ()
