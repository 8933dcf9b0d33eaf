"""The pack for Ofsted over twenty years of a school: from the record to the file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median

from core import clock, people
from core.reports import ofsted, pdf, tables
from core.reports.ofsted import Form
from core.reports.tables import Tabled
from tests.bench.figure import Figure
from tests.bench.past import YEAR
from tests.bench.school import School

TIMES = 3


def measure(twenty: School) -> Iterator[Figure]:
    """All 10,000 incidents as a table and as a PDF, and the last year as a PDF."""
    with twenty.copied() as copy, copy.opened() as store:
        lead = replace(next(p for p in people.teaching(store) if p.role.value == "lead"),
                       code_given=True)  # fmt: skip
        today, at = clock.now().date(), clock.now()

        def read(years: int) -> Tabled:
            since = today - years * YEAR - timedelta(days=1)
            form = Form(media_type="", since=since, until=today, recipient="-", purpose="-")
            return ofsted.of(store, form, at, by=lead)

        every = len(read(20).tables[0].rows)
        yield _took(f"Ofsted pack over {every:,} incidents as CSV", lambda: tables.file(read(20)))
        yield _took(
            f"Ofsted pack over {every:,} incidents as PDF",
            lambda: pdf.typeset("ofsted", read(20), at=clock.now()),
        )
        yield _took(
            "Ofsted pack of a year as PDF",
            lambda: pdf.typeset("ofsted", read(1), at=clock.now()),
        )


def _took(what: str, made: Callable[[], bytes]) -> Figure:
    return Figure(what=what, measured=median(_time(made) for _ in range(TIMES)), unit="s", bound=5)


def _time(made: Callable[[], bytes]) -> float:
    begun = time.perf_counter()
    made()
    return time.perf_counter() - begun
