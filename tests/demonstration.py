"""The demonstration school, made once for all the tests of a run, whichever worker comes first."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from core import example, people
from core.example import Account
from core.person import Person
from core.store import Store
from core.store import key as keys


@dataclass(frozen=True)
class Made:
    """Its folder, with the record in `data` and the key in `key`, and whoever can sign in."""

    folder: Path
    staff: tuple[str, ...]
    accounts: tuple[Account, ...]

    def copied_to(self, place: Path) -> Path:
        """A copy that may be written into."""
        return Path(shutil.copytree(self.folder, place, dirs_exist_ok=True))

    def people_in(self, store: Store) -> list[Person]:
        """The staff, with a store that has a copy of it open."""
        found = (people.of(store, each) for each in self.staff)
        return [person for person in found if person]


def of_this_run(factory: pytest.TempPathFactory) -> Made:
    """Waits for another worker that is making it already."""
    base = factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (place / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _made(place / "demonstration")


def _made(folder: Path) -> Made:
    written = folder / "accounts.json"
    if not written.exists():
        written.write_text(json.dumps(_making(folder)), encoding="utf-8")
    read = json.loads(written.read_text(encoding="utf-8"))
    accounts = tuple(Account(**each) for each in read["accounts"])
    return Made(folder, tuple(read["staff"]), accounts)


def _making(folder: Path) -> dict[str, object]:
    folder.mkdir()
    with closing(Store.open(folder / "data", keys.make(folder / "key"))) as store:
        staff = example.enter(store)
        accounts = [asdict(each) for each in example.open_accounts(store, staff)]
    return {"staff": [person.id for person in staff], "accounts": accounts}
