"""A report as a CSV file that Excel opens and that computes nothing."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv"

# With what a spreadsheet program begins a formula, also in the wide letters that it levels.
FORMULAS = frozenset("=+-@\t\r＝＋－＠")


def file(lines: Iterable[Sequence[str]]) -> bytes:
    """The lines as UTF-8 with a byte-order mark; every cell between quotation marks, as text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([as_text(cell) for cell in line] for line in lines)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def as_text(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet program would compute it.

    What cannot be seen does not count: it may be dropped before the cell is read.
    """
    first = next((letter for letter in cell if letter in FORMULAS or _is_seen(letter)), "")
    return f"'{cell}" if first in FORMULAS else cell


def _is_seen(letter: str) -> bool:
    """Whether a letter takes ink; marks that sit on another letter do not begin a cell."""
    return unicodedata.category(letter)[0] not in "CZM" and letter not in "\u115f\u1160\u3164\uffa0"
