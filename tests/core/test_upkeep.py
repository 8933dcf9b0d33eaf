"""What somebody has to see to is said to the safeguarding team and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import backups, clock, upkeep
from core.permissions import NotAllowed
from tests.core.school import School, plain, stopped


def test_the_team_is_told_what_needs_seeing_to(school: School) -> None:
    with stopped(clock.now() + timedelta(days=3)):
        assert backups.LATE in upkeep.warnings(school.store, by=school.lead)
        assert backups.LATE in upkeep.warnings(school.store, by=school.head)


@pytest.mark.parametrize("name", ["birch", "assistant", "governor", "chair"])
def test_nobody_else_is(school: School, name: str) -> None:
    with pytest.raises(NotAllowed):
        upkeep.warnings(school.store, by=getattr(school, name))
    with pytest.raises(NotAllowed):
        upkeep.warnings(school.store, by=plain(school.lead))
