"""The dates of a term, what a set of terms has to be, and reading one from a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from core.errors import Refused

STARTER = Path(__file__).parents[1] / "data" / "terms.json"

DAY = timedelta(days=1)
LARGEST = 100_000  # bytes of a file
MOST = 60  # terms: twenty years of three
LONGEST_NAME = 40  # letters
LONGEST_TERM = timedelta(weeks=26)
LONGEST_HALF_TERM = timedelta(weeks=3)
LONGEST_HOLIDAY = timedelta(weeks=10)
MOST_CLOSED = 20  # days of a term, besides half-term

NOT_A_LIST = "Please give a list of terms, as data/terms.json has it."
NOT_A_TERM = (
    "Term {nth}: please give name, begins, ends, half_term (its first and its last day) and closed "
    "(a list of days), each day as 2026-09-03."
)


@dataclass(frozen=True)
class Term:
    """A term, with half-term and the other days within it on which the school is closed."""

    name: str
    begins: date
    ends: date
    half_term_begins: date
    half_term_ends: date
    closed: tuple[date, ...] = ()

    @property
    def days(self) -> Iterator[date]:
        """The days on which there is school."""
        for after in range((self.ends - self.begins).days + 1):
            day = self.begins + timedelta(days=after)
            off = self.half_term_begins <= day <= self.half_term_ends or day in self.closed
            if day.weekday() < 5 and not off:
                yield day


def starter() -> tuple[Term, ...]:
    """The terms that come with the program, for a school that has given none."""
    return read(STARTER.read_bytes())


def content(file: Path) -> bytes:
    """What is in a file, no more of it than it takes to see that it is too large."""
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def read(content: bytes) -> tuple[Term, ...]:
    """The terms of a JSON file like `data/terms.json`. Raises `Refused`."""
    if len(content) > LARGEST:
        raise Refused("This file is too large for a list of terms.")
    try:
        entries = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refused(NOT_A_LIST) from None
    if not isinstance(entries, list):
        raise Refused(NOT_A_LIST)
    terms = tuple(_term(nth, entry) for nth, entry in enumerate(entries, start=1))
    check(terms)
    return terms


def check(terms: Sequence[Term]) -> None:
    """Raises `Refused` with the first thing that is wrong with a set."""
    if not 0 < len(terms) <= MOST:
        raise Refused(f"Please give at least one term, and at most {MOST}.")
    for term in terms:
        if complaint := next(_wrong(term), ""):
            raise Refused(f"{term.name[:LONGEST_NAME] or 'A term'}: {complaint}")
    for one, following in pairwise(terms):
        if following.begins <= one.ends:
            raise Refused(f"{following.name} begins before {one.name} is over: put them in order.")
        if following.begins - one.ends > LONGEST_HOLIDAY:
            raise Refused(f"A term is missing between {one.name} and {following.name}.")
    if len({term.name for term in terms}) < len(terms):
        raise Refused("Two terms have the same name: give each its own.")


def _wrong(term: Term) -> Iterator[str]:
    if not 0 < len(term.name) <= LONGEST_NAME:
        yield f"please give it a name of at most {LONGEST_NAME} letters."
    if not timedelta() < term.ends - term.begins <= LONGEST_TERM:
        yield "it has to end after it begins, within half a year."
    if not term.begins < term.half_term_begins <= term.half_term_ends < term.ends:
        yield "half-term has to lie within the term, its first day first."
    if term.half_term_ends - term.half_term_begins > LONGEST_HALF_TERM:
        yield "half-term is longer than three weeks."
    if not all(term.begins <= day <= term.ends for day in term.closed):
        yield "a day on which the school is closed lies outside the term."
    if len(term.closed) > MOST_CLOSED:
        yield f"the school is closed on more than {MOST_CLOSED} days besides half-term."


def _term(nth: int, entry: object) -> Term:
    try:
        return _read(entry) if isinstance(entry, Mapping) else _read({})
    except (KeyError, TypeError, ValueError):
        raise Refused(NOT_A_TERM.format(nth=nth)) from None


def _read(entry: Mapping[str, Any]) -> Term:
    first, last = map(date.fromisoformat, entry["half_term"])
    if not isinstance(entry["name"], str) or not isinstance(entry["closed"], list):
        raise TypeError
    return Term(
        name=" ".join(entry["name"].split()),
        begins=date.fromisoformat(entry["begins"]),
        ends=date.fromisoformat(entry["ends"]),
        half_term_begins=first,
        half_term_ends=last,
        closed=tuple(map(date.fromisoformat, entry["closed"])),
    )
