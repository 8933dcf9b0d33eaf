"""A really running server, in a process of its own, with a school of five people."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

import httpx
import pytest

from core import founding, passwords, people, rehearsals
from core.people import Details
from core.person import SYSTEM, Role
from core.store import Store, new_id
from core.store import key as keys
from tests import day
from tests.web.visits import PASSWORD, PATIENCE, Browser

ROOT = Path(__file__).parents[2]

LEAD = "lead@school.example"
TEACHERS = [f"teacher{n}@school.example" for n in range(1, 5)]


@dataclass
class Served:
    """The running app: its address, what it printed, and calls made inside its process."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]
    side_door: Connection = field(repr=False)

    def browser(self) -> Browser:
        return Browser(self.address)

    def signed_in(self, email: str) -> Browser:
        browser = self.browser()
        assert browser.sign_in(email).status_code == 303
        return browser

    def inside(self, name: str, *given: Any, **named: Any) -> Any:
        """Makes one of the calls of `tests.web.served`."""
        self.side_door.send((name, given, named))
        answer = self.side_door.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def make_school(folder: Path, key: Path) -> None:
    """A record with a lead and teachers who can sign in."""
    store = Store.open(folder, keys.make(key))
    rehearsals.begin(store)
    lead = founding.found(store, "Oakfield", Details(name="Mrs Helen Whitlock", email=LEAD))
    hashed = passwords.accepted(store, lead.id, PASSWORD)
    passwords.keep(store, lead.id, hashed, by=SYSTEM)
    for number, email in enumerate(TEACHERS, 1):
        details = Details(name=f"Teacher {number}", email=email, role=Role.STAFF)
        passwords.keep(
            store, people.enter(store, new_id(), details, by=SYSTEM).id, hashed, by=SYSTEM
        )
    store.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    folder: Path, *, school: bool = True, port: int = 0, **settings: str
) -> Iterator[Served]:
    """Runs the app, on a port that is free or on this one, until it is not needed any more."""
    data, key, log = folder / "data", folder / "key", folder / "log"
    if school:
        make_school(data, key)
    port = port or free_port()
    door = tempfile.mktemp(suffix=".sock")  # noqa: S306 - a socket's path must be short
    environment = os.environ | {"DATA": str(data), "RECORD_KEY_FILE": str(key)}
    environment |= day.environment() | settings
    with log.open("w") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.served", str(port), door],
            cwd=ROOT, env=environment, stdout=printed, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            wait_for(f"http://localhost:{port}", process, log)
            with Client(door, "AF_UNIX") as side_door:
                yield Served(f"http://localhost:{port}", log, process, side_door)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers."""
    transport = httpx.HTTPTransport(retries=12)  # which wait longer each time
    with httpx.Client(transport=transport, trust_env=False, timeout=PATIENCE) as client:
        assert client.get(f"{address}/health").text == "ok", log.read_text()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running
