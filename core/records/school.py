"""The school, its people and its pupils, and who read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Code, LongText, OneLine, Record


@dataclass(frozen=True, kw_only=True)
class Rehearsal(Record, table="rehearsals"):
    """As the very first record: nobody in this school exists."""


@dataclass(frozen=True, kw_only=True)
class Setting(Record, table="settings"):
    """A choice of the school, such as its name or the time at which children go home."""

    name: Code
    value: LongText


@dataclass(frozen=True, kw_only=True)
class TermDates(Record, table="terms"):
    """A term of the school, written together with the others of its set; the newest set counts.
    `closed` holds the days besides half-term on which there is no school, as 2026-11-27."""

    term_set: Code
    name: OneLine
    begins: date
    ends: date
    half_term_begins: date
    half_term_ends: date
    closed: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PersonDetails(Record, table="people_details"):
    """An account as it stands from now on."""

    person: Code
    name: OneLine
    email: OneLine
    role: Code
    post: OneLine = ""
    class_name: OneLine = ""
    is_chair: bool = False
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Record, table="account_events"):
    """Something that happened to an account, without any secret: `signed_in`, `code_given` …"""

    person: Code
    event: Code


@dataclass(frozen=True, kw_only=True)
class AccessProposal(Record, table="access_proposals"):
    """Somebody with full access wants an account to have these details; a second has to agree."""

    person: Code
    name: OneLine
    email: OneLine
    role: Code
    post: OneLine = ""
    class_name: OneLine = ""


@dataclass(frozen=True, kw_only=True)
class PupilDetails(Record, table="pupils_details"):
    """A pupil as known from now on. `upn` is the unique pupil number, empty where not known."""

    pupil: Code
    name: OneLine
    known_as: OneLine = ""
    born_on: date
    class_name: OneLine
    upn: OneLine = ""
    household: OneLine = ""
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Relation(Record, table="relations"):
    """A member of staff is a parent or relative of a pupil; `ended` takes the mark off again."""

    person: Code
    pupil: Code
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class Opening(Record, table="openings"):
    """A person read something: an incident, a file, a chronology."""

    what: Code
    subject: Code


@dataclass(frozen=True, kw_only=True)
class TrainingDetails(Record, table="trainings_details"):
    """A member of staff completed safeguarding training, as it is known from now on; `mistaken`
    says that they did not."""

    training: Code
    person: Code
    kind: Code
    completed_on: date
    valid_until: date
    mistaken: bool = False
