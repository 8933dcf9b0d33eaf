"""A release as an outsider sees it, and its only spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.disclosure.cells import Cell, Span
from core.disclosure.rounding import Number

TOTAL, TERMS, CATEGORIES, CROSSED, PHASES = TABLES = (
    "total", "terms", "categories", "categories_by_term", "phases",
)  # fmt: skip


@dataclass(frozen=True)
class Released:
    """The tables of a release. A table or a number that is not there was withheld.

    `complete` says that the groups hold every category there is, so that nobody is counted in the
    total and in none of them. `measures` are how the school worked, not how many pupils.
    """

    span: Span
    groups: tuple[tuple[str, ...], ...]
    complete: bool
    phases: tuple[tuple[str, ...], ...]
    roll: Mapping[str, int]
    tables: Mapping[str, tuple[Number, ...]]
    measures: Mapping[str, int] = field(default_factory=dict)

    @property
    def numbers(self) -> Iterator[Number]:
        """All numbers of all tables."""
        for table in self.tables.values():
            yield from table


def as_plain(released: Released) -> dict[str, Any]:
    """The release as JSON knows it."""
    return {
        "span": _span(released.span),
        "groups": [list(group) for group in released.groups],
        "complete": released.complete,
        "phases": [list(group) for group in released.phases],
        "roll": dict(released.roll),
        "tables": {name: [_number(n) for n in table] for name, table in released.tables.items()},
        "measures": dict(released.measures),
    }


def from_plain(plain: Mapping[str, Any]) -> Released:
    """The release that `as_plain` wrote down."""
    return Released(
        span=_read_span(plain["span"]),
        groups=tuple(map(tuple, plain["groups"])),
        complete=plain["complete"],
        phases=tuple(map(tuple, plain["phases"])),
        roll=plain["roll"],
        tables={name: tuple(map(_read_number, table)) for name, table in plain["tables"].items()},
        measures=plain["measures"],
    )


def _span(span: Span) -> list[str]:
    return [span.begins.isoformat(), span.ends.isoformat(), span.name]


def _read_span(plain: list[str]) -> Span:
    begins, ends, name = plain
    return Span(date.fromisoformat(begins), date.fromisoformat(ends), name)


def _number(number: Number) -> dict[str, Any]:
    cell = number.cell
    return {
        "span": _span(cell.span),
        "categories": list(cell.categories),
        "phases": list(cell.phases),
        "about": number.about,
        "least": number.least,
    } | ({} if number.roll is None else {"roll": number.roll})


def _read_number(plain: Mapping[str, Any]) -> Number:
    cell = Cell(_read_span(plain["span"]), tuple(plain["categories"]), tuple(plain["phases"]))
    return Number(cell, plain["about"], plain["least"], plain.get("roll"))
