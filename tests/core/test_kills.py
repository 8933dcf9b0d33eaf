"""Killed in the middle of adding: what was acknowledged is there, once, whole, in both copies."""

from __future__ import annotations

from pathlib import Path

from core.store import backup, snapshot
from tests.core.histories import opened
from tests.core.samples import KEY
from tests.prove import kills, power_cuts
from tests.prove.found import Found, kept

KILLS, CUTS = 8, 6


def test_nothing_acknowledged_is_lost_by_killing(folder: Path) -> None:
    assert kills.attacked(folder, KILLS) == Found(tried=KILLS)
    with opened(folder) as store:
        numbers = [each.number for each in kept(store)]
    assert numbers == sorted(numbers)


def test_nothing_acknowledged_is_lost_by_cutting_the_power(tmp_path: Path) -> None:
    assert power_cuts.attacked(tmp_path, CUTS, forms=3) == Found(tried=CUTS)


def test_backup_and_proof_work_while_another_program_writes(folder: Path, tmp_path: Path) -> None:
    with kills.writer(folder) as says:
        before = [kills.said(says) for _ in range(10)][-1]
        taken = backup.take(folder, KEY, tmp_path / "school.backup")
        while_writing = snapshot.verify(folder, KEY)
        after = kills.said(says)
    assert before < after
    restored = backup.restore(tmp_path / "school.backup", tmp_path / "restored", KEY)
    assert restored == taken and while_writing.count >= taken.count
    with opened(tmp_path / "restored") as store:
        assert {each.alerts for each in kept(store)} == {3}
        assert {*range(1001, before + 1)} <= {each.number for each in kept(store)}
