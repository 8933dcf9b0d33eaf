"""What was written about a child, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.store import Record


@dataclass(frozen=True, kw_only=True)
class Incident(Record, table="incidents"):
    """What a member of staff recorded about a pupil. `named` are staff whom it is about."""

    number: int
    pupil: str
    occurred_at: datetime
    about_time: bool = False
    account: str
    child_words: str = ""
    parents_contacted: bool
    parents_why_not: str = ""
    told_in_person: str = ""
    told_at: str = ""
    original_notes: str = ""
    categories: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkedPupil(Record, table="linked_pupils"):
    """Another child who took part in an incident, and the part they had in it."""

    incident: str
    pupil: str
    part: str


@dataclass(frozen=True, kw_only=True)
class Action(Record, table="actions"):
    """Something done, said or decided about an incident; it may ask a person for something."""

    incident: str
    kind: str
    account: str
    asked_of: str = ""
    due_on: date | None = None
    with_whom: str = ""
    how: str = ""
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class Completion(Record, table="completions"):
    """What an action asked for has been done."""

    action: str
    incident: str


@dataclass(frozen=True, kw_only=True)
class Attachment(Record, table="attachments"):
    """A file that belongs to an incident or to an action; `digest` is its name in the vault.

    `allowed_because` is why a lead keeps a photograph of an injury, which nobody should take.
    """

    incident: str
    action: str = ""
    name: str
    media_type: str
    size: int
    digest: str
    allowed_because: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperForm(Record, table="paper_forms"):
    """Blank forms were printed: so many copies, with running numbers of which this is the first."""

    number: int
    copies: int


@dataclass(frozen=True, kw_only=True)
class PaperSource(Record, table="paper_sources"):
    """An incident was written on paper by somebody else than who entered it. `number` is the
    form's, 0 for paper without one; `author` is the id of a member of staff, or empty."""

    incident: str
    number: int = 0
    author: str = ""
    name: str
    post: str
    written_on: date
    original: str
