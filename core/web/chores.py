"""What has to be done again and again, beside the pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

import anyio
from anyio import to_thread

from core import backups, drafts, escalation, mails, witness
from core.reports import downloads
from core.store import Store
from core.web import mishaps

CHORES: Sequence[tuple[float, Callable[[Store], object]]] = (
    (5, Store.look_for_room_again),
    (60, Store.look_for_room),
    (5, mails.deliver_due),
    (30, downloads.sweep),
    (30, escalation.escalate),
    (3600, drafts.sweep),
    (3600, witness.send),
)  # every so many seconds

# Not at once: a start has enough to do, and so has a school that was just made up.
LATER: Sequence[tuple[float, Callable[[Store], object]]] = ((1800, backups.take_due),)

log = logging.getLogger(__name__)


async def keep(store: Store) -> None:
    """Does every chore in its rhythm, until it is cancelled."""
    async with anyio.create_task_group() as together:
        for every, chore in CHORES:
            together.start_soon(_repeat, every, partial(chore, store))
        for every, chore in LATER:
            together.start_soon(_repeat, every, partial(chore, store), every)


async def _repeat(every: float, chore: Callable[[], object], wait: float = 0) -> None:
    await anyio.sleep(wait)
    while True:
        try:
            # A mail server that does not answer must not keep the app from ending.
            await to_thread.run_sync(chore, abandon_on_cancel=True)
        except Exception as error:  # noqa: BLE001 - it is done again, and the app goes on
            log.error("a chore failed: %s", mishaps.place(error))
        await anyio.sleep(every)
