"""The table of the ASVS names tests; each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "ASVS.md").read_text(encoding="utf-8")


def test_every_test_that_the_table_names_is_there() -> None:
    named = re.findall(r"`((?:core|web|browser)?/?test_\w+\.py)(?:::(\w+))?`", TABLE)
    assert len(named) > 150
    lost = [
        f"{file}::{test}" for file, test in named if f"def {test or 'test_'}" not in _source(file)
    ]
    assert lost == []


def test_whatever_is_met_has_a_test() -> None:
    rows = [line.split(" | ") for line in TABLE.splitlines() if line.startswith("| ")]
    met = [cells for cells in rows if len(cells) > 4 and cells[2] == "yes"]
    bare = [cells[0] for cells in met if "`" not in cells[4]]
    assert len(met) > 100 and len(bare) <= 4, bare


def _source(file: str) -> str:
    path = ROOT / "tests" / file
    return path.read_text(encoding="utf-8") if path.exists() else ""
