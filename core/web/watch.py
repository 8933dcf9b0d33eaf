"""Every second: ends sessions whose time is over, and closes what must not stay open."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

import anyio
from anyio import to_thread

from core import sessions
from core.store import Store
from core.web import mishaps, school, sockets

EVERY = 1  # second; an account that is closed is out of open tabs within two

log = logging.getLogger(__name__)


async def keep(store: Store) -> None:
    """Watches until it is cancelled."""
    loop = asyncio.get_running_loop()

    def end(session_id: str) -> None:
        loop.call_soon_threadsafe(sockets.end, session_id)

    sessions.when_ended(store, end)
    seen = school.newest()
    while True:
        await anyio.sleep(EVERY)
        before, seen = seen, school.newest()
        try:
            for session_id in await to_thread.run_sync(_over, store, sockets.sessions()):
                sockets.end(session_id)
            for changed in await to_thread.run_sync(_changes, store, before):
                sockets.renew(changed.person, changed.seq)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next second looks again
            log.error("the watch stumbled: %s", mishaps.place(error))
            seen = before


def _over(store: Store, open_: set[str]) -> list[str]:
    """Ends what is over, and says which sessions with open sockets are not there any more.

    Those that end while a socket is being opened are told to nobody who knows the socket.
    """
    sessions.sweep(store)
    return [session_id for session_id in open_ if sessions.alive(store, session_id) is None]


@dataclass(frozen=True)
class _Change:
    person: str
    seq: int


def _changes(store: Store, after: int) -> list[_Change]:
    """The accounts that were written anew since a record."""
    if school.newest() == after:
        return []
    return store.ask(_Change, "FROM people_details WHERE seq > $after", after=after)
