"""The people of the demonstration school: pupils by household, and staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from core import names
from core.demonstration.calendar import school_year

Sex = Literal["f", "m"]
Role = Literal["staff", "lead", "head", "governor", "office"]


@dataclass(frozen=True)
class Adult:
    """A grown-up of a household. `elsewhere`: lives apart from the children."""

    name: str
    relation: str
    phone: str
    elsewhere: bool = False


@dataclass(frozen=True)
class Household:
    """Children who live together, whatever their surnames, and their adults."""

    key: str
    adults: tuple[Adult, ...]
    language: str
    children: tuple[str, ...]


@dataclass(frozen=True)
class Pupil:
    """A child on roll today. `name` is the whole name as the school writes it.

    `known_as` is another name they go by, `called` the one that staff use when they write; `year`
    is the year group today (Reception is 0); `classes` says since when they were in which class.
    """

    key: str
    name: str
    forename: str
    surname: str
    known_as: str
    called: str
    sex: Sex
    born_on: date
    year: int
    upn: str
    household: str
    joined_on: date
    classes: tuple[tuple[date, str], ...]

    @property
    def class_name(self) -> str:
        """The class today."""
        return self.classes[-1][1]

    @property
    def initials(self) -> str:
        """The child as named in another child's record."""
        return names.initials(self.name)

    def class_on(self, day: date) -> str:
        """The class on this day; empty before they came to the school."""
        before = [name for since, name in self.classes if since <= day]
        return before[-1] if before else ""


@dataclass(frozen=True)
class Staff:
    """A member of staff. `relations`: pupils of their family, and what they are to them."""

    key: str
    name: str
    email: str
    role: Role
    post: str
    class_name: str
    is_chair: bool
    also_in: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]

    @property
    def short(self) -> str:
        """Title and surname, as colleagues write: “Mrs Whitlock”."""
        title, _, surname = self.name.split(" ", 2)
        return f"{title} {surname}"


@dataclass(frozen=True)
class School:
    """The whole school as it is on `today`, a day of school."""

    name: str
    today: date
    home_time: str
    classes: tuple[tuple[str, tuple[int, ...]], ...]
    households: tuple[Household, ...]
    pupils: tuple[Pupil, ...]
    staff: tuple[Staff, ...]

    @cached_property
    def pupil(self) -> dict[str, Pupil]:
        """Pupils by key."""
        return {each.key: each for each in self.pupils}

    @cached_property
    def person(self) -> dict[str, Staff]:
        """Staff by key."""
        return {each.key: each for each in self.staff}

    @cached_property
    def household(self) -> dict[str, Household]:
        """Households by key."""
        return {each.key: each for each in self.households}

    def siblings(self, pupil: Pupil) -> tuple[Pupil, ...]:
        """The other children of the household."""
        keys = self.household[pupil.household].children
        return tuple(self.pupil[key] for key in keys if key != pupil.key)

    def year_on(self, pupil: Pupil, day: date) -> int | None:
        """The year group on a day; None before they came to the school."""
        if not pupil.class_on(day):
            return None
        return pupil.year - (school_year(self.today) - school_year(day))

    def relatives(self, *pupils: str) -> set[str]:
        """The staff who are of the family of one of these pupils (keys)."""
        return {s.key for s in self.staff if {key for key, _ in s.relations} & set(pupils)}
