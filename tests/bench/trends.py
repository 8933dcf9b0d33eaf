"""What governors see of twenty years: eighty releases, each checked before it is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core import disclosure, releases
from core.person import Person, Role
from core.records import Release
from core.store import Store, new_id
from core.store import key as keys
from tests.bench.figure import Figure
from tests.core import imagined

YEARS = 20
GOVERNOR = Person(id="governor", name="", email="", role=Role.GOVERNOR)


def measure() -> Iterator[Figure]:
    """From the record to the page, with nothing held in memory; and one audit."""
    begun = time.perf_counter()
    frozen = _a_year()
    audited = time.perf_counter() - begun
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "school", keys.make(Path(folder) / "key"))
        for _ in range(YEARS):
            store.append(*(replace(each, id=new_id()) for each in frozen), by=GOVERNOR)
        begun = time.perf_counter()
        shown = releases.made(store, by=GOVERNOR)
        took = time.perf_counter() - begun
        store.close()
    yield Figure(what=f"Trends of {len(shown)} releases, checked", measured=1000 * took,
                 unit="ms", bound=300)  # fmt: skip
    yield Figure(what="Three terms and a year, released and audited", measured=1000 * audited,
                 unit="ms")  # fmt: skip


def _a_year() -> list[Release]:
    """The releases of three terms and of their year."""
    year, done, records = imagined.a_year(5), list[disclosure.Released](), list[Release]()
    for span in imagined.SCHEDULES[1]:
        released, certificate = disclosure.release(imagined.during(year, span), done)
        done.append(released)
        drawn = releases.frozen(released, certificate, [])
        records.append(releases.record(drawn))
    return records
