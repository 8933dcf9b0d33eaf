"""One click: how long a page takes to run again, beside an empty page, and beside one year's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from random import Random
from statistics import median
from typing import NamedTuple

from tests.bench.figure import Figure
from tests.bench.server import Served
from tests.bench.tab import Tab

ROUNDS = 60
LEAD, WRITER = 0, 3  # among the visitors: one who sees everything, and who wrote the most
GROWTH = 1.5  # of one year's time, after twenty
SOUGHT = "breakfast"  # is found a hundred times and more


class Page(NamedTuple):
    """Whose page, how much slower than an empty page it may be, and than one of a year."""

    who: int
    bound: float
    growth: float | None = GROWTH


PAGES = {
    "alerts": Page(LEAD, 4),
    "incident": Page(LEAD, 4),
    "my-incidents": Page(WRITER, 4),
    "my-actions": Page(WRITER, 4),
    "add-incident": Page(WRITER, 12),
    "today": Page(LEAD, 12),
    "chronology of 50": Page(LEAD, 4),
    "chronology of 500": Page(LEAD, 12, growth=None),  # one year has no such child
    "search": Page(LEAD, 4, growth=3),
}


def measure(twenty: Served, one: Served, empty: Served) -> Iterator[Figure]:
    """Figures of every page, measured in turns, so that a busy machine is busy for all of them."""
    asked = {f"{name} {years}": (served, name, page.who)
             for name, page in PAGES.items() for years, served in (("20", twenty), ("1", one))
             if years == "20" or page.growth}  # fmt: skip
    took = asyncio.run(_took(asked | {"empty": (empty, "", LEAD)}))
    for name, page in PAGES.items():
        many, said = took[f"{name} 20"], f"Rerun of {name}, twenty years"
        yield _figure(f"{said} : an empty page", many, took["empty"], page.bound)
        if page.growth:
            yield _figure(f"{said} : one year", many, took[f"{name} 1"], page.growth)


def grown(million: Served, twenty: Served) -> Iterator[Figure]:
    """A chronology of fifty among a million records."""
    name = "chronology of 50"
    took = asyncio.run(
        _took({each: (served, name, LEAD) for each, served in (("1m", million), ("20", twenty))})
    )
    yield _figure(f"Rerun of {name}, a million records : twenty years", took["1m"], took["20"], 3)


async def _took(asked: dict[str, tuple[Served, str, int]]) -> dict[str, float]:
    """The median of every page, in milliseconds."""
    async with AsyncExitStack() as stack:
        tabs: dict[str, Tab] = {}
        for name, (served, page, who) in asked.items():
            tabs[name] = await Tab.opened(served.server, served.visitors[who], page)
            stack.push_async_callback(tabs[name].close)
            if page == "search":
                tabs[name].types(SOUGHT)
                await tabs[name].rerun()
        took: dict[str, list[float]] = {name: [] for name in tabs}
        for _ in range(ROUNDS):
            for name in Random().sample(sorted(tabs), len(tabs)):  # noqa: S311 - the order of turns
                took[name].append(await tabs[name].rerun())
    return {name: median(times) * 1000 for name, times in took.items()}


def _figure(what: str, measured: float, yardstick: float, bound: float) -> Figure:
    return Figure(what=what, measured=measured, unit="ms", bound=bound, yardstick=yardstick)
