"""A server in a process of its own, as `make run` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.bench.school import ROOT, School, Visitor

APP = ROOT / "app.py"
EMPTY = Path(__file__).parent / "empty" / "app.py"  # behind the same guard
PLAIN = Path(__file__).parent / "empty" / "page.py"
PATIENCE = 120  # seconds


@dataclass(frozen=True)
class Server:
    """A running server, and how long it took until it answered."""

    port: int
    process: psutil.Process
    started_in: float

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def megabytes(self) -> float:
        """What it holds in memory."""
        held: int = self.process.memory_info().rss
        return held / 1_000_000


@contextmanager
def serving(
    app: Path = APP, school: School | None = None, *, folder: Path = ROOT
) -> Iterator[Server]:
    """Serves an app on a port that is free, until it is not needed any more.

    Without a school it is plain Streamlit's. `folder` is where settings are looked for.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    of_school = {"DATA": str(school.data), "RECORD_KEY_FILE": str(school.key)} if school else {}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port),
         "--server.address", "localhost", "--server.headless", "true",
         "--browser.gatherUsageStats", "false"],
        cwd=folder, env=os.environ | of_school, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        health = "health" if school else "_stcore/health"
        _wait(f"http://localhost:{port}/{health}", process)
        yield Server(port, psutil.Process(process.pid), time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    with httpx.Client(trust_env=False) as client:
        while process.poll() is None:
            try:
                client.get(address).raise_for_status()
            except httpx.TransportError:
                time.sleep(0.02)  # it cannot say that it is ready before it is
            else:
                return
    raise SystemExit("The server did not start.")


@dataclass(frozen=True)
class Served:
    """A school with its server, and everybody signed in."""

    server: Server
    visitors: list[Visitor]


@contextmanager
def served(school: School, app: Path = APP) -> Iterator[Served]:
    """Signs everybody in, and serves the school."""
    visitors = school.visitors()
    with serving(app, school) as server:
        yield Served(server, visitors)
