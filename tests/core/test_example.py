"""The accounts of the demonstration school, whenever it is made."""

from __future__ import annotations

from functools import partial

import pytest

from core import authenticators, example
from core.person import Person, Role
from core.store import Store
from tests.core import staffroom
from tests.core.staffroom import Watch


def test_an_account_can_be_made_at_the_end_of_a_half_minute(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, lead = Watch(monkeypatch), staffroom.account(store, Role.LEAD)
    confirm, turns = authenticators.confirm, iter([partial(watch.turn, seconds=30)])

    def later(store: Store, session: str, code: str, *, by: Person) -> tuple[str, ...]:
        next(turns, lambda: None)()
        return confirm(store, session, code, by=by)

    monkeypatch.setattr(authenticators, "confirm", later)
    (account,) = example.open_accounts(store, [lead])
    assert account.totp_secret and authenticators.has(store, lead.id)
