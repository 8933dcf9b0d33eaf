"""The list of a large school: from the file to the plan of what it would change."""

from __future__ import annotations

import time
from collections.abc import Iterator

from core import columns, imports, spreadsheets
from core.person import OPERATOR
from tests.bench.figure import Figure
from tests.bench.school import School

LINES = 2_000
HEADINGS = "UPN,Legal Forename,Legal Surname,Date of Birth,Reg Group"


def measure(twenty: School) -> Iterator[Figure]:
    """Read, planned, and planned once more when all of them are known."""
    lines = (f"A{n},Anna{n},Smith{n},03/03/2017,{n % 7} Birch" for n in range(LINES))
    content = "\n".join([HEADINGS, *lines]).encode()
    with twenty.copied() as copy, copy.opened() as store:
        for known in ("new", "known"):
            begun = time.perf_counter()
            sheet = spreadsheets.read(content)
            found = columns.match(sheet.headings, columns.known("pupils"))
            plan = imports.plan_pupils(store, sheet, found, by=OPERATOR)
            took = time.perf_counter() - begun
            what = f"a list of {LINES:,} students who are {known}, read and planned"
            yield Figure(what=what, measured=took, unit="s", bound=2)
            imports.take_pupils(store, plan, by=OPERATOR)
