"""Schools with a long past, made once and kept in `.cache`; and the people who visit them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from core import clock, people, records, sessions
from core.person import Person
from core.store import Store
from core.store import key as keys
from tests.bench import past

__all__ = ["School", "Visitor", "made", "records"]  # the kinds have to be known

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "bench"


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in: the token of a session, and what they look at."""

    token: str
    number: int  # of an incident that they may see
    pupil: str
    long: str  # the child whom the most was written about
    short: str  # and one about whom fifty things were

    def asks(self, what: str) -> str:
        """What the address of a page asks for, as far as it asks for anything."""
        asked = {
            "incident": f"number={self.number}",
            "add-incident": f"pupil={self.pupil}",
            "chronology of 50": f"pupil={self.short}",
            "chronology of 500": f"pupil={self.long}",
        }
        return asked.get(what, "")


@dataclass(frozen=True)
class School:
    """A school on disk, with its key beside it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "record"

    @property
    def key(self) -> Path:
        return self.folder / "key"

    def opened(self) -> closing[Store]:
        return closing(Store.open(self.data, keys.read(self.key)))

    def visitors(self) -> list[Visitor]:
        """Everybody, in a session of their own: first the leads, then who wrote the most."""
        with self.opened() as store:
            return [_visitor(store, person) for person in _everybody(store)]

    @contextmanager
    def copied(self) -> Iterator[School]:
        """A copy that may be written to."""
        with TemporaryDirectory(dir=CACHE) as folder:
            shutil.copytree(self.folder, folder, dirs_exist_ok=True)
            yield School(Path(folder))


def made(years: int) -> School:
    """A school of so many years, from the cache if it was made there this week."""
    name = f"{years}-{_fingerprint()}"
    if not (CACHE / name).exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        for older in CACHE.glob(f"{years}-*"):
            shutil.rmtree(older)
        with TemporaryDirectory(dir=CACHE) as folder:
            _make(School(Path(folder)), years)
            shutil.copytree(folder, CACHE / name)
    return School(CACHE / name)


def _make(school: School, years: int) -> None:
    print(f"Making a school of {years} years …", flush=True)
    keys.make(school.key)
    with school.opened() as store:
        store.imagine(past.History(years, until=clock.now()))


def _fingerprint() -> str:
    """Of what a school is made from, and of the week: what waits should have waited some days."""
    sources = [Path(past.__file__), *sorted((ROOT / "data" / "schema").rglob("*.sql"))]
    text = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(text + f"{clock.now():%G-%V}".encode()).hexdigest()[:12]


def _everybody(store: Store) -> list[Person]:
    staff = people.teaching(store)
    sql = "SELECT recorded_by AS person FROM incidents GROUP BY ALL ORDER BY count(*) DESC"
    wrote = [row.person for row in store.ask(_Busiest, sql)]
    return sorted(staff, key=lambda p: (p.role.value != "lead", _place(wrote, p.id)))


def _place(wrote: list[str], person: str) -> int:
    return wrote.index(person) if person in wrote else len(wrote)


def _visitor(store: Store, person: Person) -> Visitor:
    full = person.role in people.FULL_ACCESS
    child = _child(store, "left_on IS NULL ORDER BY id LIMIT 1")
    long, short = (_child(store, f"name = '{name}'") for name in (past.LONG, past.SHORT))
    token = sessions.begin(store, person.id, code_given=full)
    return Visitor(token, _number(store, person), child, long, short)


def _child(store: Store, which: str) -> str:
    return next(
        (child.id for child in store.ask(_Child, f"SELECT id FROM pupils WHERE {which}")), ""
    )


def _number(store: Store, person: Person) -> int:
    """The newest incident that they were told of and that has had time for all its actions."""
    sql = """SELECT i.number FROM incidents i JOIN alerts a ON a.incident = i.id
             WHERE a.person = $me AND i.recorded_at < $before ORDER BY i.seq DESC LIMIT 1"""
    before = clock.now() - timedelta(days=past.ACTIONS + 2)
    return next((each.number for each in store.ask(_Seen, sql, me=person.id, before=before)), 0)


@dataclass(frozen=True)
class _Seen:
    number: int


@dataclass(frozen=True)
class _Busiest:
    person: str


@dataclass(frozen=True)
class _Child:
    id: str
