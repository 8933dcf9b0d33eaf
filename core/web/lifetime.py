"""From the start of the server to its end: opening, what goes on beside the pages, closing."""

from __future__ import annotations

import gc
import importlib
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio
from anyio import to_thread

from core import categories, terms
from core.errors import Refused
from core.store import NotKept, Store
from core.web import chores, school, set_up, watch

# Pages need them sooner or later; imported in the middle of a run they take two seconds.
HEAVY = ("pandas", "plotly.graph_objects")


@asynccontextmanager
async def lifetime(_app: object) -> AsyncIterator[None]:
    """Holds the record open, and ends with the server."""
    store = await to_thread.run_sync(_open)
    try:
        _settle()
        set_up.announce(store)
        async with anyio.create_task_group() as beside:
            beside.start_soon(watch.keep, store)
            beside.start_soon(chores.keep, store)
            yield
            beside.cancel_scope.cancel()
    finally:
        school.close()


def _open() -> Store:
    try:
        categories.every(), categories.agencies()
        store = school.open_()
        with suppress(NotKept):  # reading goes on without them, and the next start tries again
            terms.begin(store)
        return store
    except Refused as refusal:
        print(f"\n  {refusal}\n", file=sys.stderr, flush=True)
        raise
    except OSError as error:
        print(f"\n  {error.strerror}: {error.filename}.\n", file=sys.stderr, flush=True)
        raise


def _settle() -> None:
    """Measured: Streamlit collects garbage after every run, and that takes 50 to 80 ms with these
    modules in memory; 18 runs a second became 89 once they were frozen."""
    for module in HEAVY:
        importlib.import_module(module)
    _hurry()
    gc.collect()
    gc.freeze()


def _hurry() -> None:
    """Lets no part of an answer wait until the browser has acknowledged the part before.

    asyncio does that by itself, but Streamlit binds its socket so that asyncio does not see that
    it is TCP. Measured: clicks in quick succession took 44 ms on an empty page, and now take 4.
    Connections inherit it from the socket that listens, and nobody hands that one out.
    """
    for each in gc.get_objects():
        if type(each) is socket.socket and each.type == socket.SOCK_STREAM and each.fileno() >= 0:
            with suppress(OSError):  # not TCP
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
