"""A form that is sent twice is recorded once."""

from __future__ import annotations

from typing import TypeVar

from core.errors import Refused
from core.person import Person
from core.store import AlreadyRecorded, Record, Store, plain

R = TypeVar("R", bound=Record)


def known(store: Store, kind: type[R], form_id: str, *, by: Person) -> R | None:
    """What was recorded of a form that `by` has sent before; it is in both copies then."""
    sql = f"FROM {kind.TABLE} WHERE id = $id AND recorded_by = $me"
    found = store.ask(kind, sql, id=form_id, me=by.id)
    if not found:
        return None
    store.append(by=by)  # the first answer may have failed after the first copy was made
    return found[0]


def append(store: Store, record: Record, *company: Record, by: Person) -> None:
    """Stores what a form says with what goes with it, unless it is stored already. Raises
    `Refused` if something else, or somebody else, has its id."""
    try:
        store.append(record, *company, by=by)
    except AlreadyRecorded:
        before = known(store, type(record), record.id, by=by)
        if before is None or plain(before) != plain(record):  # as stored: typed spaces may be gone
            raise Refused("This form was sent already: open a new one.") from None
