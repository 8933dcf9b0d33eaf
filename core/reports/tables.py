"""A report that is made of tables: what it holds, for whichever form it is drawn in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.reports import cells
from core.reports.paper import Letterhead, Said


@dataclass(frozen=True)
class Table:
    """A part of a report. `note` says how it was counted, `none` what stands where it is empty."""

    key: str
    title: str
    note: str
    none: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Tabled:
    """Everything that such a report tells."""

    letterhead: Letterhead
    title: str
    about: str
    facts: tuple[Said, ...]
    contents: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]


def file(report: Tabled) -> bytes:
    """The report for a spreadsheet program: the first page, then table by table, the same words as
    the PDF."""
    return cells.file([*_first_page(report), *_tables(report)])


def _first_page(report: Tabled) -> Iterator[tuple[str, ...]]:
    head = report.letterhead
    yield report.title, "Confidential"
    yield "School", head.school
    yield "For", head.recipient
    yield "Purpose", head.purpose
    yield "Exported", f"{head.exported_at}, by {head.exported_by}"
    yield "Record", head.head
    yield "Contents", report.contents
    yield from (("Note", note) for note in report.notes)
    yield ()
    yield from ((fact.label, fact.text) for fact in report.facts)


def _tables(report: Tabled) -> Iterator[tuple[str, ...]]:
    for table in report.tables:
        yield ()
        yield table.title, table.note
        yield table.columns
        yield from table.rows or [(table.none,)]
