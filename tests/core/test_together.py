"""Several people at once: no update is lost, and what they saw fits into one order."""

from __future__ import annotations

from pathlib import Path

from tests.prove import together


def test_what_several_people_do_at_once_fits_into_one_order(tmp_path: Path) -> None:
    found = together.attacked(tmp_path, 6, 14, subjects=1)
    assert found.is_clean, found
