"""What was written about a child, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.store import Code, LongText, OneLine, Record, Remark


@dataclass(frozen=True, kw_only=True)
class Incident(Record, table="incidents"):
    """What a member of staff recorded about a pupil. `named` are staff whom it is about."""

    number: int
    pupil: Code
    occurred_at: datetime
    about_time: bool = False
    account: LongText
    child_words: LongText = ""
    parents_contacted: bool
    parents_why_not: Remark = ""
    told_in_person: Remark = ""
    told_at: Remark = ""
    original_notes: Remark = ""
    categories: tuple[Code, ...]
    agencies: tuple[Code, ...] = ()
    named: tuple[Code, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkedPupil(Record, table="linked_pupils"):
    """Another child who took part in an incident, and the part they had in it."""

    incident: Code
    pupil: Code
    part: Code


@dataclass(frozen=True, kw_only=True)
class Action(Record, table="actions"):
    """Something done, said or decided about an incident; it may ask a person for something."""

    incident: Code
    kind: Code
    account: LongText
    asked_of: Code = ""
    due_on: date | None = None
    with_whom: Remark = ""
    how: Code = ""
    agreed: LongText = ""


@dataclass(frozen=True, kw_only=True)
class Completion(Record, table="completions"):
    """What an action asked for has been done."""

    action: Code
    incident: Code


@dataclass(frozen=True, kw_only=True)
class Attachment(Record, table="attachments"):
    """A file that belongs to an incident or to an action; `digest` is its name in the vault.

    `allowed_because` is why a lead keeps a photograph of an injury, which nobody should take.
    """

    incident: Code
    action: Code = ""
    name: OneLine
    media_type: Code
    size: int
    digest: Code
    allowed_because: Remark = ""


@dataclass(frozen=True, kw_only=True)
class PaperForm(Record, table="paper_forms"):
    """Blank forms were printed: so many copies, with running numbers of which this is the first."""

    number: int
    copies: int


@dataclass(frozen=True, kw_only=True)
class PaperSource(Record, table="paper_sources"):
    """An incident was written on paper by somebody else than who entered it. `number` is the
    form's, 0 for paper without one; `author` is the id of a member of staff, or empty."""

    incident: Code
    number: int = 0
    author: Code = ""
    name: OneLine
    post: OneLine
    written_on: date
    original: Remark
