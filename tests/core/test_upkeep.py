"""What somebody has to see to is said to the safeguarding team and to nobody else."""

from __future__ import annotations

from functools import partial

import pytest

from core import apart, backups, clock, machine, upkeep
from core.permissions import NotAllowed
from core.store import Store
from tests.core.school import School, plain


def test_the_team_is_told_what_needs_seeing_to(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "running", lambda: backups.BEGUN + 3 * 3600)
    assert backups.LATE in upkeep.warnings(school.store, by=school.lead)
    assert backups.LATE in upkeep.warnings(school.store, by=school.head)


@pytest.mark.parametrize("name", ["birch", "assistant", "governor", "chair"])
def test_nobody_else_is(school: School, name: str) -> None:
    with pytest.raises(NotAllowed):
        upkeep.warnings(school.store, by=getattr(school, name))
    with pytest.raises(NotAllowed):
        upkeep.warnings(school.store, by=plain(school.lead))


def test_what_cannot_be_looked_at_hides_nothing_else(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(store: Store) -> list[str]:
        raise OSError("a disk")

    monkeypatch.setattr(upkeep, "SOURCES", (failing, *upkeep.SOURCES))
    monkeypatch.setenv("BACKUP_KEPT", "2.5")
    monkeypatch.setenv("BACKUP_SECOND", "\t" * 300)
    said = upkeep.warnings(school.store, by=school.lead)
    assert said[0] == upkeep.UNKNOWN
    assert {*said} >= {*machine.complaints()} and len([*machine.complaints()]) == 2


def test_steps_do_not_stop_each_other() -> None:
    taken: list[str] = []

    def step(name: str) -> str:
        taken.append(name)
        if name in ("b", "c"):
            raise ValueError(name)
        return name

    with pytest.raises(ValueError, match="b"):
        apart.each(partial(step, name) for name in "abcd")
    assert taken == [*"abcd"]
    assert apart.each(partial(step, name) for name in "ad") == ["a", "d"]
