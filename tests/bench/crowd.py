"""Fifty people flat out: each asks for the next run as soon as the last one is there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import cycle

from tests.bench.figure import Figure
from tests.bench.server import Served
from tests.bench.tab import Tab

PEOPLE, SECONDS = 50, 15

# What they look at: of eight people, so many.
LOOKED_AT = ("alerts", "incident", "alerts", "my-incidents", "alerts", "incident", "alerts",
             "add-incident")  # fmt: skip


def measure(twenty: Served) -> Iterator[Figure]:
    """How many reruns a second, and how long one of them takes for all but one in twenty."""
    took = sorted(asyncio.run(_flat_out(twenty)))
    slow = took[int(len(took) * 0.95)]
    yield Figure(what="50 people flat out: reruns a second", measured=len(took) / SECONDS,
                 unit="/s", bound=100, at_least=True)  # fmt: skip
    yield Figure(what="50 people flat out: 95 % take less than", measured=slow, unit="s", bound=0.5)


async def _flat_out(served: Served) -> list[float]:
    async with AsyncExitStack() as stack:
        tabs = []
        for visitor, page in zip(served.visitors[:PEOPLE], cycle(LOOKED_AT)):
            tabs.append(await Tab.opened(served.server, visitor, page))
            stack.push_async_callback(tabs[-1].close)
        end = time.perf_counter() + SECONDS
        took = await asyncio.gather(*(_again_and_again(tab, end) for tab in tabs))
    return [each for times in took for each in times]


async def _again_and_again(tab: Tab, end: float) -> list[float]:
    took = []
    while time.perf_counter() < end:
        took.append(await tab.rerun())
    return took
