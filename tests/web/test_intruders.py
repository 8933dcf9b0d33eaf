"""The attacks of a stranger and of a thief, on a running server; see `tests/prove/intruders.py`."""

from __future__ import annotations

import pytest

from tests.prove import intruders
from tests.prove.intruders import ATTACKS, Siege
from tests.web.conftest import Served


def test_no_address_is_open_to_a_stranger_but_the_way_in(served: Served) -> None:
    asked = intruders.addresses(served)
    assert {"/_stcore/agent/openapi.json", "/incidents/add", "/files/" + "0" * 32} <= {*asked}
    assert list(intruders.open_to_strangers(served, asked)) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_socket_is_opened_by_whoever_must_not(served: Served, attack: str) -> None:
    assert list(ATTACKS[attack](Siege(served))) == []
