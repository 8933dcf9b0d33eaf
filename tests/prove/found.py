"""What an attack on what is kept has found: how much was tried, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from core.errors import Refused
from core.store import Store, proof
from tests.core.histories import mended
from tests.core.samples import KEY


@dataclass(frozen=True)
class Found:
    """Of so many that were tried: acknowledged and not there, there twice, there in part, not to
    be opened or proved, and answered with what was not true."""

    tried: int = 0
    lost: int = 0
    doubled: int = 0
    halved: int = 0
    unsound: int = 0
    untrue: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def is_clean(self) -> bool:
        """Whether something was tried and nothing was wrong."""
        return self == Found(tried=self.tried) and self.tried > 0

    def __str__(self) -> str:
        return (
            f"{self.lost} lost, {self.doubled} doubled, {self.halved} half-saved, "
            f"{self.unsound} not to be opened, {self.untrue} answered untruly"
        )


@dataclass(frozen=True)
class Kept:
    """An incident of `samples.batch`, with how many of its three alerts there are."""

    number: int
    alerts: int


def kept(store: Store) -> list[Kept]:
    """Every incident that is there, oldest first."""
    sql = """SELECT number, count(a.id) AS alerts FROM incidents i
             LEFT JOIN alerts a ON a.incident = i.id GROUP BY number, i.seq ORDER BY i.seq"""
    return store.ask(Kept, sql)


def judged(
    folder: Path, told: Iterable[int], more: Callable[[Store], Found] = lambda store: Found()
) -> Found:
    """Opens a record, proves it, and compares it with what its writer was told."""
    try:
        with closing(Store.open(folder, KEY)) as store:
            proof.verify(store)
            # A machine that stops loses nothing that was acknowledged, so nothing is told of it.
            alarms = Found(untrue=len(mended(store)))
            return compared(kept(store), told) + more(store) + alarms
    except Refused as refusal:
        print(f"     {refusal}")  # or nobody would know what to look for
        return Found(tried=1, unsound=1)


def compared(there: list[Kept], told: Iterable[int]) -> Found:
    """The incidents that are there, and the numbers that were acknowledged."""
    numbers = [each.number for each in there]
    return Found(
        tried=1,
        lost=len({*told} - {*numbers}),
        doubled=len(numbers) - len({*numbers}),
        halved=sum(each.alerts != 3 for each in there),
    )
