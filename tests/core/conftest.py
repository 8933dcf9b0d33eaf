"""Schools for tests. Opening a record takes a third of a second: the tests of a file share two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.store import Store
from tests.core.school import KEY, School, a_school, everybody_leaves


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Shared by a whole file: what its tests add stays, so no test may change people or pupils."""
    store = Store.open(tmp_path_factory.mktemp("shared") / "school", KEY)
    yield a_school(store)
    store.close()


@pytest.fixture(scope="module")
def used_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("used") / "school", KEY)
    yield store
    store.close()


@pytest.fixture
def own_school(used_record: Store) -> Iterator[School]:
    """People and pupils of one test, in a record in which other schools have been before."""
    yield a_school(used_record)
    everybody_leaves(used_record)


@pytest.fixture
def new_school(store: Store) -> School:
    """A record in which nothing has been written yet."""
    return a_school(store)
