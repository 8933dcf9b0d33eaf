"""Random histories for the record, and the damage that may befall its files."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from core import records
from core.store import Record, Store, proof, texts
from core.store import key as keys
from core.store.database import Database
from core.store.record import KINDS
from tests.core.samples import KEY

# Only the kinds of the product: other tests may define kinds of their own.
OURS = [kind for kind in KINDS.values() if hasattr(records, kind.__name__)]

WITHOUT_FILES = [kind for kind in OURS if "digest" not in kind.__dataclass_fields__]

# As far as every zone can tell a moment.
EARLIEST, LATEST = (datetime.fromisoformat(text) for text in ("0002-01-01", "9998-01-01"))


def _is_one_moment(at: datetime) -> bool:
    """Not within the hour that a clock shows twice: Python calls such times equal to none."""
    return at.replace(fold=0).utcoffset() == at.replace(fold=1).utcoffset()


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
lines_ = words.map(texts.tidy)  # a line as it is stored, so that it comes back as it was
TEXTS = {"OneLine": lines_, "Remark": lines_, "LongText": words, "Code": words}
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **TEXTS,
    **{
        f"tuple[{kind}, ...]": st.lists(text, max_size=3).map(tuple) for kind, text in TEXTS.items()
    },
    "bool": st.booleans(),
    "int": st.integers(0, 2**62),
    "date": st.dates(),
    "date | None": st.none() | st.dates(),
    "datetime": st.datetimes(EARLIEST, LATEST, timezones=st.timezones()).filter(_is_one_moment),
}
_numbers = count(1_000_000)


@st.composite
def facts(draw: st.DrawFn) -> Record:
    """A record of any kind with anything in it. A file that it names is not there."""
    kind = draw(st.sampled_from(WITHOUT_FILES))
    fields = [f for f in dataclasses.fields(kind) if f.name != "id"]
    values = {f.name: draw(FIELDS[str(f.type)]) for f in fields}
    if kind is records.Incident:
        values["number"] = next(_numbers)
    return kind(**values)


PLAIN: dict[str, Any] = {
    **dict.fromkeys(TEXTS, "x"),
    **dict.fromkeys((f"tuple[{kind}, ...]" for kind in TEXTS), ("x",)),
    "bool": True,
    "int": 1,
    "date": date(2026, 1, 1),
    "date | None": None,
    "datetime": datetime(2026, 1, 1, tzinfo=UTC),
}


def plain(kind: type[Record]) -> Record:
    """The plainest record of a kind."""
    fields = [f for f in dataclasses.fields(kind) if f.name != "id"]
    values = {f.name: PLAIN[str(f.type)] for f in fields}
    return kind(**values | ({"number": next(_numbers)} if kind is records.Incident else {}))


histories = st.lists(st.lists(facts(), min_size=1, max_size=4), min_size=1, max_size=5)


def told(store: Store) -> list[str]:
    """The values of all settings, oldest first."""
    return [row.value for row in store.ask(records.Setting, "FROM settings ORDER BY seq")]


@contextmanager
def opened(folder: Path, key: bytes = KEY, **options: Any) -> Iterator[Store]:
    """The record in a folder, closed in the end."""
    with closing(Store.open(folder, key, **options)) as store:
        yield store


def proved(folder: Path) -> tuple[list[str], int]:
    """The settings in a folder and how many records there are, after a whole proof, without those
    with which a start told what it had to mend."""
    with opened(folder) as store:
        return told(store), proof.verify(store).count - len(mended(store))


def mended(store: Store) -> list[tuple[str, int, int]]:
    """What starts had to mend: which copy lacked how many records from which one on."""
    rows = store.ask(records.Mending, "FROM mendings ORDER BY seq")
    return [(row.copy, row.lacked, row.first) for row in rows]


def mended_in(folder: Path) -> list[tuple[str, int, int]]:
    """The same, by the next start."""
    with opened(folder) as store:
        return mended(store)


def crashed(folder: Path, to: Path) -> Path:
    """The folder as the app leaves it when it is killed at this moment."""
    return Path(shutil.copytree(folder, to))


@contextmanager
def beneath(folder: Path, file: str = "record") -> Iterator[Database]:
    """The database itself, for whoever has the key and means ill."""
    path = folder / f"{file}.duckdb"
    with closing(Database(path, keys.derived(KEY, file))) as database:
        yield database


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file in a folder with all that can be seen of it from outside."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def tampered(folder: Path, *statements: str) -> None:
    """Changes the record behind its back."""
    with beneath(folder) as database, database.writing() as cursor:
        for statement in statements:
            cursor.execute(statement)


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Turns one bit of a file round."""
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1 << bit
    path.write_bytes(content)


def cut(path: Path, length: int) -> None:
    """Shortens a file."""
    path.write_bytes(path.read_bytes()[:length])


def lines(journal: Path) -> list[bytes]:
    """The lines of a journal."""
    return journal.read_bytes().splitlines(keepends=True)
