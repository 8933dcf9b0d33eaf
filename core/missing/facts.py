"""What is written into a log: who is missing, when last seen, what they wear, and notes."""

from __future__ import annotations

from datetime import datetime

from core import clock, pupils
from core.forms import Incomplete
from core.missing import logs
from core.permissions import NotThere
from core.person import Person
from core.records import LastSeen, MissingChild, MissingFact, SearchNote
from core.store import Store

# What is written down about a child so that they are known when they are seen.
FACTS = {
    "looks": "What the child looks like",
    "clothing": "What the child wears",
    "devices": "Phone or other devices",
    "mood": "How the child was, and what happened before",
}

# What is written down once the child is found.
AFTERWARDS = {
    "condition": "In what condition",
    "told": "Who was told that the child is found",
    "child_words": "The child’s own account, in the exact words",
    "reunited": "With which adult the child was reunited",
}


def name(store: Store, log: str, pupil: str, *, ended: bool = False, by: Person) -> None:
    """Says which child is missing, or takes off one who was named by mistake. Raises `NotThere`."""
    logs.demand_open(store, log, by=by)
    pupils.of(store, pupil, by=by)
    store.append(MissingChild(log=log, pupil=pupil, ended=ended), by=by)


def saw(
    store: Store, log: str, seen_at: datetime | None, place: str, seen_by: str, *, by: Person
) -> None:
    """Says when and where the child was last seen. Raises `NotThere`, `Incomplete`."""
    logs.demand_open(store, log, by=by)
    if seen_at is None:
        raise Incomplete({"seen_at": "Please say when the child was last seen, even if roughly."})
    logs.check_past(seen_at, "seen_at")
    store.append(LastSeen(log=log, seen_at=seen_at, place=place.strip(), seen_by=seen_by.strip()),
                 by=by)  # fmt: skip


def tell(store: Store, log: str, *, by: Person, **facts: str) -> None:
    """Writes down what is known of the child, by the names of `FACTS` and `AFTERWARDS`; what is
    empty says nothing. Raises `NotThere`."""
    logs.of(store, log, by=by)
    if facts.keys() - FACTS.keys() - AFTERWARDS.keys():
        raise NotThere("fact")
    told = [MissingFact(log=log, what=what, account=account)
            for what, account in facts.items() if account.strip()]  # fmt: skip
    if told:
        store.append(*told, by=by)


def note(store: Store, log: str, account: str, at: datetime | None = None, *, by: Person) -> None:
    """Writes a note, about what happened at a moment or now; also into a log that is closed.
    Raises `NotThere`, `Incomplete`."""
    logs.of(store, log, by=by)
    if not account.strip():
        raise Incomplete({"account": "Please write what happened."})
    logs.check_past(at or clock.now())
    store.append(SearchNote(log=log, occurred_at=at or clock.now(), account=account), by=by)
