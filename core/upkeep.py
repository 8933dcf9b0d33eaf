"""What somebody has to see to, on the machine or in the settings, before it costs the school."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from core import backups, key_care, machine, rehearsals, school_days
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store

UNKNOWN = (
    "Not everything that needs seeing to could be looked at: tell whoever looks after the machine."
)

log = logging.getLogger(__name__)

# Each answers with no sentence while all is well. None of them names a person.
SOURCES: Sequence[Callable[[Store], Iterable[str]]] = (
    rehearsals.warnings,
    backups.warnings,
    key_care.warnings,
    school_days.warnings,
    lambda _: machine.complaints(),
)


def warnings(store: Store, *, by: Person) -> list[str]:
    """One plain sentence for each thing that needs seeing to. Raises `NotAllowed`."""
    demand(by, Verb.CHANGE_SETTINGS)
    return [sentence for source in SOURCES for sentence in _asked(source, store)]


def _asked(source: Callable[[Store], Iterable[str]], store: Store) -> list[str]:
    """What one of them says. One that fails must not hide the others, nor the page."""
    try:
        return list(source(store))
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody has to see to it
        log.error("what needs seeing to was not found out: %s", type(error).__name__)
        return [UNKNOWN]
