"""The way forward stays open: the journal makes the record anew in the next DuckDB."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from core.person import SYSTEM
from core.store import Record, proof
from tests.core.histories import histories, opened
from tests.core.samples import batch

ROOT = Path(__file__).parents[2]
NEXT = "duckdb>=2,<3"


@pytest.fixture(scope="module")
def later(request: pytest.FixtureRequest) -> Path:
    """A folder with the newest DuckDB 2, beside the one that is used. Fetched once."""
    assert request.config.cache is not None
    place = Path(request.config.cache.mkdir("duckdb-2"))
    if not (place / "duckdb").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--target", str(place), NEXT], check=True)
    return place


def test_the_journal_can_be_replayed_into_the_next_version_of_duckdb(
    later: Path, folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as store:

        @settings(max_examples=15, deadline=None, database=None)
        @given(history=histories)
        def record_anything(history: list[list[Record]]) -> None:
            for together in history:
                store.append(*together, by=SYSTEM)

        record_anything()
        store.append(*batch(1001), by=SYSTEM)
        before = proof.verify(store)
    command = [sys.executable, "-m", "tests.core.way_out", str(store.journal.path), str(tmp_path)]
    path = os.pathsep.join((str(later), str(ROOT)))
    replayed = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert not replayed.stderr, replayed.stderr
    version, count, head = replayed.stdout.split()
    assert version.startswith("2.")
    assert (int(count), head) == (before.count, before.head)
