"""The school, its people and its pupils, and who read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class Rehearsal(Record, table="rehearsals"):
    """As the very first record: nobody in this school exists."""


@dataclass(frozen=True, kw_only=True)
class Setting(Record, table="settings"):
    """A choice of the school, such as its name or the time at which children go home."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class TermDates(Record, table="terms"):
    """A term of the school, written together with the others of its set; the newest set counts.
    `closed` holds the days besides half-term on which there is no school, as 2026-11-27."""

    term_set: str
    name: str
    begins: date
    ends: date
    half_term_begins: date
    half_term_ends: date
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PersonDetails(Record, table="people_details"):
    """An account as it stands from now on."""

    person: str
    name: str
    email: str
    role: str
    post: str = ""
    class_name: str = ""
    is_chair: bool = False
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Record, table="account_events"):
    """Something that happened to an account, without any secret: `signed_in`, `code_given` …"""

    person: str
    event: str


@dataclass(frozen=True, kw_only=True)
class AccessProposal(Record, table="access_proposals"):
    """Somebody with full access wants an account to have these details; a second has to agree."""

    person: str
    name: str
    email: str
    role: str
    post: str = ""
    class_name: str = ""


@dataclass(frozen=True, kw_only=True)
class PupilDetails(Record, table="pupils_details"):
    """A pupil as known from now on. `upn` is the unique pupil number, empty where not known."""

    pupil: str
    name: str
    known_as: str = ""
    born_on: date
    class_name: str
    upn: str = ""
    household: str = ""
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Relation(Record, table="relations"):
    """A member of staff is a parent or relative of a pupil; `ended` takes the mark off again."""

    person: str
    pupil: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class Opening(Record, table="openings"):
    """A person read something: an incident, a file, a chronology."""

    what: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class TrainingDetails(Record, table="trainings_details"):
    """A member of staff completed safeguarding training, as it is known from now on; `mistaken`
    says that they did not."""

    training: str
    person: str
    kind: str
    completed_on: date
    valid_until: date
    mistaken: bool = False
