"""What every test of the core stands on: a real, encrypted record in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.store import Store

KEY = bytes(range(32))

# How long an example takes says something about the machine, and nothing about the rule.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "school"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder, KEY)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RECORD_KEY_FILE", "JOURNAL_FILE", "IDLE_SECONDS", "DATA"):
        if name in os.environ:
            monkeypatch.delenv(name)
