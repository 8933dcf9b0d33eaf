"""Twenty years on disk and in memory: starting, and verifying."""

from __future__ import annotations

import time
from collections.abc import Iterator

from core.store import proof
from tests.bench.figure import Figure
from tests.bench.school import School
from tests.bench.server import Server


def started(server: Server) -> Iterator[Figure]:
    """From the command until the server answers."""
    yield Figure(what="Start with twenty years", measured=server.started_in, unit="s", bound=5)


def held(server: Server) -> Iterator[Figure]:
    """What the server holds once it has been used."""
    yield Figure(what="Memory after fifty people", measured=server.megabytes, unit="MB", bound=400)


def verified(school: School) -> Iterator[Figure]:
    """The whole record, in both copies."""
    with school.opened() as store:
        begun = time.perf_counter()
        proved = proof.verify(store)
        took = time.perf_counter() - begun
    yield Figure(what=f"Verify {proved.count:,} records", measured=took, unit="s", bound=10)
