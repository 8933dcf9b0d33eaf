"""Dates as school systems and people write them: the day before the month, or ISO."""

from __future__ import annotations

import re
from datetime import date

from dateutil import parser

from core.errors import Refused

FORMAT = "write it as day/month/year, such as 04/03/2017."
UNREADABLE = f"This is not a date that can be read: {FORMAT}"
IMPOSSIBLE = f"There is no such day: {FORMAT}"
NOT_YET = f"This date of birth is in the future: {FORMAT}"
LONG_AGO = f"This date of birth is before 1990: {FORMAT}"

FIRST_BIRTH = date(1990, 1, 1)

_TIME = r"(?:[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}|\d{{8}}){_TIME}")
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s./-]+"
    r"(?P<month>\d{1,2}|[A-Za-z]{3,9}\.?)[\s,./-]+"
    rf"(?P<year>(?:19|20)\d{{2}}|\d{{2}}){_TIME}"
)
# The library's words for months and its century for two digits. Its own reading of a whole date
# swaps day and month, and fills in what is missing from today, rather than give up.
_WORDS = parser.parserinfo()


def read(text: str) -> date:
    """The day that `text` names; a time behind it is left out.

    `2017-03-04` and `20170304` are read as ISO says, everything else with its day first:
    `04/03/2017`, `4-3-17`, `4 Mar 2017`, `Sat 4th March 2017`, `03/03/2017 00:00`. Raises `Refused`
    for anything else, and for a day that does not exist: nothing is guessed, in particular not
    `12/25/2017`, nor a part that is missing.
    """
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        return _iso(iso[1])
    if written := _DAY_FIRST.fullmatch(text):
        return _day_first(written["day"], written["month"], written["year"])
    raise Refused(UNREADABLE)


def birth(text: str, *, today: date) -> date:
    """The date of birth of a pupil: as `read`, from 1990 to `today`. Raises `Refused`."""
    born = read(text)
    if born > today:
        raise Refused(NOT_YET)
    if born < FIRST_BIRTH:
        raise Refused(LONG_AGO)
    return born


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(IMPOSSIBLE) from error


def _day_first(day: str, month: str, year: str) -> date:
    number = int(month) if month.isdigit() else _WORDS.month(month.rstrip("."))
    if number is None:
        raise Refused(UNREADABLE)
    try:
        return date(_WORDS.convertyear(int(year), len(year) == 4), number, int(day))
    except ValueError as error:
        raise Refused(IMPOSSIBLE) from error
