"""Schools for tests, made once and copied: the tests of a file share two of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.store import Store
from tests.core.school import KEY, School, a_school, everybody_leaves


@dataclass(frozen=True)
class Made:
    """A school on the disk; who is in it is known by the same ids in every copy."""

    folder: Path
    school: School

    @contextmanager
    def copied_to(self, place: Path) -> Iterator[School]:
        """A copy that is open meanwhile."""
        with closing(Store.open(Path(shutil.copytree(self.folder, place)), KEY)) as store:
            yield replace(self.school, store=store)


@pytest.fixture(scope="session")
def made(empty_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = Path(shutil.copytree(empty_record, tmp_path_factory.mktemp("made") / "school"))
    with closing(Store.open(folder, KEY)) as store:
        return Made(folder, a_school(store))


@pytest.fixture(scope="module")
def school(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Shared by a whole file: what its tests add stays, so no test may change people or pupils."""
    with made.copied_to(tmp_path_factory.mktemp("shared") / "school") as shared:
        yield shared


@pytest.fixture(scope="module")
def used_record(empty_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place = tmp_path_factory.mktemp("used") / "school"
    with closing(Store.open(Path(shutil.copytree(empty_record, place)), KEY)) as store:
        yield store


@pytest.fixture
def own_school(used_record: Store) -> Iterator[School]:
    """People and pupils of one test, in a record in which other schools have been before."""
    yield a_school(used_record)
    everybody_leaves(used_record)


@pytest.fixture
def new_school(made: Made, folder: Path) -> Iterator[School]:
    """A school in which nothing has happened yet, and nothing but it is in the record."""
    with made.copied_to(folder) as school:
        yield school
