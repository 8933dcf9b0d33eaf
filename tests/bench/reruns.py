"""One click: how long a page takes to run again, beside an empty page, and beside one year's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from random import Random
from statistics import median

from tests.bench.figure import Figure
from tests.bench.server import Served
from tests.bench.tab import Tab

ROUNDS = 60
LEAD, WRITER = 0, 3  # among the visitors: one who sees everything, and who wrote the most

# Each page with whose it is, and how much slower than an empty page it may be.
PAGES = {
    "alerts": (LEAD, 6),
    "incident": (LEAD, 6),
    "my-incidents": (WRITER, 6),
    "add-incident": (WRITER, 12),
}


def measure(twenty: Served, one: Served, empty: Served) -> Iterator[Figure]:
    """Figures of every page, measured in turns, so that a busy machine is busy for all of them."""
    asked = {f"{page} {years}": (served, page, PAGES[page][0])
             for page in PAGES for years, served in (("20", twenty), ("1", one))}  # fmt: skip
    took = asyncio.run(_took(asked | {"empty": (empty, "", LEAD)}))
    for page, (_, bound) in PAGES.items():
        many, few = took[f"{page} 20"], took[f"{page} 1"]
        yield _figure(f"Rerun of {page}, twenty years : an empty page", many, took["empty"], bound)
        yield _figure(f"Rerun of {page}, twenty years : one year", many, few, 1.5)


async def _took(asked: dict[str, tuple[Served, str, int]]) -> dict[str, float]:
    """The median of every page, in milliseconds."""
    async with AsyncExitStack() as stack:
        tabs: dict[str, Tab] = {}
        for name, (served, page, who) in asked.items():
            tabs[name] = await Tab.opened(served.server, served.visitors[who], page)
            stack.push_async_callback(tabs[name].close)
        took: dict[str, list[float]] = {name: [] for name in tabs}
        for _ in range(ROUNDS):
            for name in Random().sample(sorted(tabs), len(tabs)):  # noqa: S311 - the order of turns
                took[name].append(await tabs[name].rerun())
    return {name: median(times) * 1000 for name, times in took.items()}


def _figure(what: str, measured: float, yardstick: float, bound: float) -> Figure:
    return Figure(what=what, measured=measured, unit="ms", bound=bound, yardstick=yardstick)
