"""What somebody has to see to, on the machine or in the settings, before it costs the school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from core import backups, key_care, machine, rehearsals, school_days
from core.permissions import Verb, demand
from core.person import Person
from core.store import Store

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
    return [sentence for source in SOURCES for sentence in source(store)]
