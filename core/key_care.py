"""Whether the key of the record lies where nobody else can read it."""

from __future__ import annotations

from collections.abc import Iterator

from core.store import Store, keyring


def warnings(store: Store) -> Iterator[str]:
    """What the people who look after the school have to be told. The path of the key is left out:
    it may hold the name of whoever looks after the machine, and each start prints it."""
    place = keyring.location(store.folder)
    return keyring.cautions(place, store.folder, shown="the key file")
