"""The chronology of a pupil as a table for a spreadsheet program: the same words as the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.reports import bodies, cells
from core.reports.chronology import Report
from core.reports.entries import Row
from core.reports.paper import Said

COLUMNS = (
    "Number",
    "Happened",
    "Recorded",
    "Late",
    "Source",
    "Categories",
    "Marks",
    "Event",
    "The child’s own words",
    "Significance for the child",
    "Action or decision",
    "Outcome",
    "Body maps",
)


def file(report: Report) -> bytes:
    """What stands on the first page of the PDF, an empty line, and the table."""
    return cells.file([*_first_page(report), (), COLUMNS, *map(_cells, report.rows)])


def _first_page(report: Report) -> Iterator[tuple[str, str]]:
    head = report.letterhead
    yield "Chronology", "Confidential"
    yield "School", head.school
    yield from ((each.label, each.text) for each in report.facts)
    yield "For", head.recipient
    yield "Purpose", head.purpose
    yield "Exported", f"{head.exported_at}, by {head.exported_by}"
    yield "Record", head.head
    yield "Contents", report.contents


def _cells(row: Row) -> tuple[str, ...]:
    return (
        str(row.number),
        row.happened,
        row.recorded,
        row.late,
        row.source,
        row.title,
        ", ".join(row.flags),
        _lines(each for each in row.event if not each.quoted),
        "\n".join(each.text for each in row.event if each.quoted),
        _lines(row.significance),
        _lines(row.actions),
        row.outcome,
        "\n\n".join(bodies.in_words(sheet) for sheet in row.maps),
    )


def _lines(said: Iterable[Said]) -> str:
    return "\n".join(f"{each.label}: {each.text}" if each.label else each.text for each in said)
