"""Children who are missing, what is owed of a search that is over, and near misses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from core import clock
from core.dashboard.asking import Asked, Notice
from core.missing import ends, logs, titles
from core.person import Person
from core.store import Store

YEAR = timedelta(days=365)


def missing(asked: Asked) -> Iterable[Notice]:
    """The logs that are open."""
    for log in logs.every(asked.store, by=asked.by):
        if log.is_open:
            yield Notice(0, "", titles.of(asked.store, log.id, by=asked.by), log=log.id)


def searched(asked: Asked) -> Iterable[Notice]:
    """What is still owed of a search that is over."""
    for each in ends.waiting(asked.store, by=asked.by):
        said = titles.of(asked.store, each.log, by=asked.by)
        yield Notice(0, "", f"{said}. {each.said}.", log=each.log)


def near_misses(store: Store, *, by: Person) -> int:
    """How many children were missing for minutes only, in the last twelve months. Raises
    `NotAllowed`."""
    return titles.near_misses(store, clock.now() - YEAR, by=by)
