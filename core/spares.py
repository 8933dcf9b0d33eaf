"""What a person keeps in case a phone is lost: a second Authenticator, and codes on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import authenticators, recovery_codes
from core.errors import Refused
from core.permissions import NotAllowed
from core.person import Person
from core.records import AccountEvent
from core.store import Store


@dataclass(frozen=True)
class Spares:
    """The Authenticators by id and when they were added, the oldest first, and the codes left."""

    authenticators: tuple[tuple[str, datetime], ...]
    codes: int


def of(store: Store, *, by: Person) -> Spares:
    """One's own."""
    kept = authenticators.of(store, by.id)
    return Spares(
        tuple((each.id, each.added_at) for each in kept), recovery_codes.left(store, by.id)
    )


def remove(store: Store, authenticator_id: str, *, by: Person) -> None:
    """Takes one of one's own Authenticators away, such as that of a lost phone.

    Raises `NotAllowed` without the code, `Refused` for the last one.
    """
    with store.alone():
        kept = {each.id for each in authenticators.of(store, by.id)}
        if not by.code_given or authenticator_id not in kept:
            raise NotAllowed
        if len(kept) == 1:
            raise Refused("This is your only Authenticator: add another one first.")
        store.append(AccountEvent(person=by.id, event="authenticator_removed"), by=by)
        store.desk.change("DELETE FROM authenticators WHERE id = $id", id=authenticator_id)


def renew_codes(store: Store, *, by: Person) -> tuple[str, ...]:
    """Ten new recovery codes for oneself; those from before stop working. Raises `NotAllowed`."""
    if not (by.code_given and authenticators.has(store, by.id)):
        raise NotAllowed
    store.append(AccountEvent(person=by.id, event="recovery_codes_renewed"), by=by)
    return recovery_codes.renew(store, by.id)
