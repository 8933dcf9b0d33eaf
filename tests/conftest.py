"""What every test of the core stands on: a real, encrypted record in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core import machine
from core.store import Store
from tests import day

KEY = bytes(range(32))

# How long an example takes says something about the machine, and nothing about the rule.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

day.begin()


# Whoever asks for one of these looks at a school.
LOOKS = {"folder", "store", "empty_record", "made", "staff", "served", "demonstration"}
STAGES = ("core", "pages", "web", "browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is quick comes first, so that red comes early; on other days than the usual one, only
    what looks at a school."""
    items.sort(key=_place)
    if day.is_any():
        elsewhere = [item for item in items if not LOOKS & set(getattr(item, "fixturenames", ()))]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]


def _place(item: pytest.Item) -> tuple[int, int]:
    """By folder, and in a folder the longest file first: the last one keeps nobody waiting."""
    stage = item.path.parent.name
    return STAGES.index(stage) if stage in STAGES else -1, -item.path.stat().st_size


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "school"


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which nothing is written yet. To make one takes three times as long as to copy
    it and to open the copy."""
    made = tmp_path_factory.mktemp("empty") / "school"
    Store.open(made, KEY).close()
    return made


@pytest.fixture
def store(folder: Path, empty_record: Path) -> Iterator[Store]:
    opened = Store.open(Path(shutil.copytree(empty_record, folder)), KEY)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in machine.SETTINGS:
        monkeypatch.delenv(name, raising=False)
