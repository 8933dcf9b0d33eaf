"""Time does not confuse it: the checks of `make prove`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.prove import clocks

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")


@pytest.mark.parametrize("check", clocks.CHECKS, ids=lambda check: check.__name__)
def test_time_does_not_confuse_it(check: Callable[[Path], bool], tmp_path: Path) -> None:
    assert check(tmp_path)
