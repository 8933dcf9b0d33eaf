"""It is what it was built from: locks with hashes, and a bill of materials that tells the same."""

from __future__ import annotations

import pytest

from tests.prove import built_from


@pytest.mark.parametrize("lock", built_from.LOCKS)
def test_everything_is_pinned_as_it_was_asked_for_with_the_hashes_of_its_files(lock: str) -> None:
    assert len(built_from.pins(lock)) > 60
    assert built_from.without_hash(lock) == built_from.not_as_asked(lock) == []


def test_what_runs_is_what_is_locked() -> None:
    assert built_from.not_as_installed() == []


def test_the_bill_of_materials_tells_the_same() -> None:
    assert built_from.not_on_the_bill() == []
