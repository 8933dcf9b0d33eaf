"""What happens at the demonstration school: an incident with everything that came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

ActionKind = Literal["note", "parent", "agency", "decision"]
Part = Literal["witness", "alleged", "harmed", "sibling", "other"]
PlanKind = Literal["early_help", "child_in_need", "looked_after"]


@dataclass(frozen=True)
class Told:
    """A lead was told in person: who, and when."""

    person: str
    at: datetime


@dataclass(frozen=True)
class Linked:
    """Another child who took part."""

    pupil: str
    part: Part


@dataclass(frozen=True)
class FollowUp:
    """An action beneath an incident.

    `asked` is the person who is asked to do something until the end of the day `due`; `answers` is
    the place, in the incident's actions, of the request that this one answers.
    """

    recorded_at: datetime
    by: str
    kind: ActionKind
    text: str
    asked: str = ""
    due: date | None = None
    answers: int | None = None


@dataclass(frozen=True)
class Read:
    """Somebody who was alerted, and when they marked it as read; None: not yet."""

    person: str
    at: datetime | None


@dataclass(frozen=True)
class Marked:
    """A mark on the body map of an incident: its view and region, and what is said of it, by the
    names of the form's fields."""

    view: str
    region: str
    said: Mapping[str, Any]

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Marked:
        """A mark as the texts write it."""
        said = {key: tuple(value) if isinstance(value, list) else value
                for key, value in entry.items() if key not in ("view", "region")}  # fmt: skip
        return cls(entry["view"], entry["region"], said)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One incident as it was recorded, and what came of it up to today.

    People and pupils are named by key, moments are aware and in UTC. `readings` has everybody who
    was alerted, in order, without the reporter; `also_alerted` those of them whom the reporter
    chose. `template` is the text that it was made from.
    """

    template: str
    occurred_at: datetime
    recorded_at: datetime
    about_time: bool
    reporter: str
    pupil: str
    linked: tuple[Linked, ...]
    categories: tuple[str, ...]
    account: str
    child_words: str
    parents_contacted: bool
    why_not: str
    told_in_person: Told | None
    original_notes: str
    agencies: tuple[str, ...]
    urgent: bool
    also_alerted: tuple[str, ...]
    marks: tuple[Marked, ...]
    actions: tuple[FollowUp, ...]
    readings: tuple[Read, ...]


@dataclass(frozen=True)
class Plan:
    """A pupil has a plan since a day; `until` the day on which it ended, None while it lasts."""

    pupil: str
    kind: PlanKind
    since: date
    until: date | None = None
