"""Enrols the pupils and staff of the demonstration school from their lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random
from typing import Any

from core import names
from core.demonstration.calendar import Calendar
from core.demonstration.school import Adult, Household, Pupil, School, Staff
from core.demonstration.texts import FOLDER, load
from core.demonstration.years import Years

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
AUTHORITY_AND_SCHOOL = "9994021"  # 999 is no local authority's number


def enrol(rng: Random, calendar: Calendar, today: date) -> School:
    """The school as it stands on `today`. Birthdays that do not matter are drawn from `rng`."""
    lists = load(FOLDER / "school.toml")
    classes = tuple((c["name"], tuple(c["years"])) for c in lists["class"])
    entries = load(FOLDER / "pupils.toml")["household"]
    phones = (f"07700 900{number:03}" for number in count())
    return School(
        name=lists["name"],
        today=today,
        home_time=f"{lists['home_time']:%H:%M}",
        classes=classes,
        households=tuple(_household(entry, phones) for entry in entries),
        pupils=tuple(_pupils(entries, Years(rng, calendar, today, classes))),
        staff=tuple(_staff(entry) for entry in lists["staff"]),
    )


def _pupils(entries: list[dict[str, Any]], years: Years) -> Iterator[Pupil]:
    numbers = count(1)
    for household in entries:
        births: list[date] = []
        for child in household["children"]:
            born = years.birth(child["year"], child.get("birthday", ""), births)
            births.append(born)
            joined = years.first_day(child["year"], household.get("joined_weeks", 0))
            upn = _upn(next(numbers), joined)
            yield _pupil(child, household["key"], born, years.classes(child["year"], joined), upn)


def _pupil(
    child: dict[str, Any],
    household: str,
    born: date,
    classes: tuple[tuple[date, str], ...],
    upn: str,
) -> Pupil:
    known_as = child.get("known_as", "")
    return Pupil(
        key=child["key"],
        name=child.get("whole", f"{child['forename']} {child['surname']}".strip()),
        forename=child["forename"],
        surname=child["surname"],
        known_as=known_as,
        called=child.get("called", known_as or child["forename"]),
        sex=child["sex"],
        born_on=born,
        year=child["year"],
        upn=upn,
        household=household,
        joined_on=classes[0][0],
        classes=classes,
    )


def _household(entry: dict[str, Any], phones: Iterator[str]) -> Household:
    adults = tuple(
        Adult(name, relation, next(phones), elsewhere=bool(rest))
        for name, relation, *rest in entry["adults"]
    )
    children = tuple(child["key"] for child in entry["children"])
    return Household(entry["key"], adults, entry.get("language", ""), children)


def _staff(entry: dict[str, Any]) -> Staff:
    _, first, surname = entry["name"].split(" ", 2)
    address = f"{names.fold(first)[0]}.{names.fold(surname)}@oakfield.example"
    return Staff(
        key=entry["key"],
        name=entry["name"],
        email=entry.get("email", address),
        role=entry["role"],
        post=entry["post"],
        class_name=entry.get("class", ""),
        is_chair=entry.get("chair", False),
        also_in=tuple(entry.get("also_in", ())),
        relations=tuple(entry.get("relations", {}).items()),
    )


def _upn(number: int, joined: date) -> str:
    """A unique pupil number with a right check letter (its digits weighted 2 to 13, modulo 23)."""
    digits = f"{AUTHORITY_AND_SCHOOL}{joined:%y}{number:03}"
    total = sum(weight * int(digit) for weight, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % 23] + digits
