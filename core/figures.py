"""Released numbers in words: the same on the screen, on paper and in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core import categories
from core.disclosure import Number, Released
from core.disclosure.released import CATEGORIES, CROSSED, TOTAL

EXPLAINED = (
    "Each number counts different students, rounded to the nearest 5. “Withheld” stands for fewer "
    "than 5, or 10 in a small school, for none, and for nearly all; and for any number where they "
    "are of few families or mostly one child. Older releases say “fewer than 5” or “fewer than "
    "10” for it. Not shown is what would tell of a number that was withheld, and the total where "
    "fewer than 100 are on roll. “Other” is counted in the total alone."
)
COUNTED = "Students about whom a concern was recorded"
TOO_LITTLE = "No number of this period can be shown without telling of one that was withheld."
YEARLY = "yearly only"
NOT_SHOWN = "not shown"
STUDENTS = "Students"

PHASES: Mapping[str, str] = {
    "early_years": "Early years",
    "key_stage_1": "Key stage 1",
    "key_stage_2": "Key stage 2",
}

# How the school worked: what it is called, and how its figure is said.
MEASURES: Mapping[str, tuple[str, str]] = {
    "hours_to_reading": ("Half of concerns were first read by the team within", "about {} h"),
    "hours_to_action": ("Half of concerns had a first action within", "about {} h"),
    "late": ("Written down more than a day after it happened", "about {} % of concerns"),
    "answered": ("Referrals answered", "about {} %"),
    "in_time": ("Actions done by the day they were asked for", "about {} %"),
    "trained": ("Staff whose safeguarding training was up to date at the end", "about {} %"),
}


def facts(released: Released) -> Iterator[tuple[str, str]]:
    """How many students, and how the school worked: what it is, and its figure."""
    total = [number.said for number in released.tables.get(TOTAL, ())]
    if total or any(released.numbers):
        yield COUNTED, next(iter(total), NOT_SHOWN)
    for name, (label, said) in MEASURES.items():
        if name in released.measures:
            yield label, said.format(released.measures[name] or 1)


def name(number: Number) -> str:
    """What a number is about: categories, phases, or the period alone."""
    if number.cell.categories:
        return categories.names(number.cell.categories)
    if number.cell.phases:
        return " and ".join(PHASES[phase] for phase in number.cell.phases)
    return number.cell.span.name


def by_category(released: Released) -> list[dict[str, str]]:
    """The categories in words, with their terms where the release has them, by column."""
    rows = {n.cell.categories: {"Category": name(n), STUDENTS: n.said}
            for n in released.tables.get(CATEGORIES, ())}  # fmt: skip
    for number in released.tables.get(CROSSED, ()):
        row = rows.setdefault(number.cell.categories, {"Category": name(number)})
        row[number.cell.span.name] = number.said
    columns = dict.fromkeys(column for row in rows.values() for column in row)
    return [{column: row.get(column) or _missing(row, column) for column in columns}
            for row in rows.values()]  # fmt: skip


def _missing(row: Mapping[str, str], column: str) -> str:
    """Why a number is not there: what no term has is for leads, and appears yearly alone."""
    by_term = row.keys() - {"Category", STUDENTS}
    return NOT_SHOWN if column == STUDENTS or by_term else YEARLY
