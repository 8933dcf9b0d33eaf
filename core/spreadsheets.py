"""CSV files as school systems export them, read without losing or guessing anything."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from core import encoding
from core.errors import Refused
from core.store import texts

LARGEST = 20 * 1024 * 1024
MOST_LINES, MOST_COLUMNS = 5_000, 200
LONGEST_HEADINGS = 100_000  # letters of the first line, to see what separates them

EMPTY = "This file has no rows: export the list again with its headings and choose that file."
TOO_LARGE = "This file is larger than 20 MB: export only the columns that are needed."
TOO_MANY = (
    f"This list has more than {MOST_LINES:,} lines: this is not the list of one school. "
    "Choose the list of your school."
)
TOO_WIDE = f"This list has more than {MOST_COLUMNS} columns: export only those that are needed."
NOT_CSV = "This is not a CSV file: open it in your spreadsheet program and save it as CSV."
UNREADABLE = 'The letters in this file cannot be read: save it as "CSV UTF-8" and choose that file.'
NO_END = "One cell near line {} never ends: look for a single quotation mark and take it out."
QUOTES = "The quotation marks on line {} do not pair up: mend that line and choose the file again."

_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")
_SEPARATORS = ",;\t"
_TOLD = re.compile(r"sep=(.)\r?", re.I)


@dataclass(frozen=True)
class Row:
    """A line of the list: where it begins (the first line of the file is 1) and what is in it.

    `cells` has an entry for every heading, "" where the row is too short; `surplus` holds what lies
    beyond the last heading. Cells are as they were written, in NFC and without outer spaces:
    "Null", "NA" and "None" are words like any other.
    """

    line_number: int
    cells: Mapping[str, str]
    surplus: tuple[str, ...] = ()
    missing: int = 0

    @property
    def complaint(self) -> str:
        """One sentence if the row has more or fewer cells than there are headings, else ""."""
        if self.surplus:
            return "This row has more cells than there are headings."
        return "This row has fewer cells than there are headings." if self.missing else ""


@dataclass(frozen=True)
class Sheet:
    """A list as it was exported: its headings, each once, and its rows in order."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read(content: bytes) -> Sheet:
    """The list in a CSV file.

    UTF-8 with or without a mark, UTF-16 with one, or Windows-1252; separated by commas, semicolons
    or tabs; cells may hold line breaks between quotation marks. The first line that is not blank
    has the headings; a nameless one is called "Column 3", a second "Name" is "Name (2)". Blank
    lines are left out. Raises `Refused` for anything that is no CSV file, without rows, or whose
    quotation marks do not pair up, since the rest of the file would vanish in one cell.
    """
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    lines = list(islice(_lines(*_separated(_text(content))), MOST_LINES + 2))
    if len(lines) > MOST_LINES + 1:
        raise Refused(TOO_MANY)
    if len(lines) < 2:
        raise Refused(EMPTY)
    headings = _headings(lines[0][1])
    return Sheet(headings, tuple(_row(number, cells, headings) for number, cells in lines[1:]))


def _text(content: bytes) -> str:
    if content.startswith(_BINARY):
        raise Refused(NOT_CSV)
    try:
        text = encoding.decode(content)
    except UnicodeDecodeError as error:
        raise Refused(NOT_CSV if b"\0" in content else UNREADABLE) from error
    if "\0" in text:
        raise Refused(NOT_CSV)
    return text.rstrip("\x1a")


def _separated(text: str) -> tuple[str, str]:
    """The text, and what separates its cells.

    Excel may say so in a first line of its own, which is blanked to keep the count of the lines;
    else it is what makes the most of the headings.
    """
    first, _, rest = text.partition("\n")
    if told := _TOLD.fullmatch(first):
        return f"\n{rest}", told[1]
    lines = (line.rstrip("\r\n") for line in io.StringIO(text, newline=""))
    heading = next((line for line in lines if line.strip(_SEPARATORS + " ")), "")
    heading = heading[:LONGEST_HEADINGS]
    return text, max(_SEPARATORS, key=lambda mark: len(next(csv.reader([heading], delimiter=mark))))


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not blank, with the number of the line of text where it begins."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, strict=True, skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS and any(map(str.strip, cells[MOST_COLUMNS:])):
                raise Refused(TOO_WIDE)
            tidy = [_tidy(cell) for cell in cells[:MOST_COLUMNS]]
            if any(tidy):
                yield begins, tidy
            begins = reader.line_num + 1
    except csv.Error as error:
        sentence = NO_END if "limit" in str(error) else QUOTES
        raise Refused(sentence.format(begins)) from error


def _tidy(cell: str) -> str:
    """A cell as a field may hold it (`texts.tidy`), line by line: an address has several."""
    return "\n".join(map(texts.tidy, cell.replace("\r\n", "\n").split("\n"))).strip()


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    last = max(place for place, cell in enumerate(cells, 1) if cell)
    names: list[str] = []
    for place, cell in enumerate(cells[:last], 1):
        name, again = cell or f"Column {place}", 2
        while name in names:
            name, again = f"{cell or f'Column {place}'} ({again})", again + 1
        names.append(name)
    return tuple(names)


def _row(number: int, cells: Sequence[str], headings: Sequence[str]) -> Row:
    missing = max(0, len(headings) - len(cells))
    filled = [*cells, *[""] * missing]
    surplus = filled[len(headings) :]
    return Row(
        number,
        dict(zip(headings, filled, strict=False)),
        tuple(surplus) if any(surplus) else (),
        missing,
    )
