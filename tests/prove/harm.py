"""Somebody harms the files of a record, and it is opened: is it noticed, named, and made good?"""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from core.errors import Refused
from core.person import SYSTEM
from core.records import Attachment
from core.store import AlreadyRecorded, Store, proof, rebuilding, snapshot
from core.store.faults import Unsound
from core.store.proof import Proof
from tests.core.histories import beneath, content, crashed, cut, flip, mended, opened
from tests.core.samples import KEY, OTHER_KEY, add, batch
from tests.prove import trying

RECORD, LOG, JOURNAL = "record.duckdb", "record.duckdb.wal", "journal.jsonl"
DESK, TALLY = "desk.duckdb", "desk.tally"


@dataclass(frozen=True)
class Noticed:
    """Of so many that were harmed: not noticed at all, noticed without a name, not made good
    though the other copy had it, and alarms where nothing was harmed."""

    tried: int = 0
    missed: int = 0
    unnamed: int = 0
    unhealed: int = 0
    false: int = 0

    def __add__(self, other: Noticed) -> Noticed:
        return Noticed(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def is_clean(self) -> bool:
        """Whether something was tried and nothing was wrong."""
        return self == Noticed(tried=self.tried) and self.tried > 0

    def __str__(self) -> str:
        return (
            f"{self.missed} not noticed, {self.unnamed} not named, {self.unhealed} not made good, "
            f"{self.false} false alarms"
        )


@dataclass(frozen=True)
class Whole:
    """A record as the app leaves it when it is killed, the same some time before, and another
    school's; and what the first proves while nobody has harmed it."""

    place: Path
    proof: Proof

    @property
    def now(self) -> Path:
        return self.place / "now"

    @property
    def before(self) -> Path:
        return self.place / "before"

    @property
    def other(self) -> Path:
        return self.place / "other"


@dataclass(frozen=True)
class Note:
    words: str


def a_whole_record(place: Path) -> Whole:
    """Makes one, in which half is still in the log."""
    with opened(place / "app") as store:
        store.desk.change("CREATE TABLE notes (words VARCHAR)")
        store.desk.change("INSERT INTO notes VALUES ('draft')")
        store.desk.copy()
        _some(store, 1)
        crashed(place / "app", place / "before")
    with opened(place / "app") as store:
        _some(store, 2)
        crashed(place / "app", place / "now")
        proved = proof.verify(store)
    with opened(place / "other") as store:
        _some(store, 3)
    return Whole(place, proved)


def _some(store: Store, part: int) -> None:
    for number in range(part * 10, part * 10 + 6):
        told, *alerts = batch(number)
        content = random.Random(number).randbytes(500)  # noqa: S311
        file = Attachment(
            incident=told.id, name="a", media_type="b", size=500, digest=store.vault.put(content)
        )
        store.append(told, *alerts, file, by=SYSTEM)
        add(store, str(number))


def flips(whole: Whole, times: int, *, seed: int = 1) -> Noticed:
    """One bit is turned in any file."""
    chance, found = random.Random(seed), Noticed()  # noqa: S311
    for _ in trying.each(range(times), times, "flipped bits"):
        with _copy(whole) as folder:
            path = _any_file(folder, chance)
            flip(path, chance.randrange(1 << 30), chance.randrange(8))
            found += _looked(whole, folder, path)
    return found


def cuts(whole: Whole, times: int, *, seed: int = 1) -> Noticed:
    """Any file is shortened."""
    chance, found = random.Random(seed), Noticed()  # noqa: S311
    for _ in trying.each(range(times), times, "shortened files"):
        with _copy(whole) as folder:
            path = _any_file(folder, chance)
            cut(path, chance.randrange(path.stat().st_size))
            found += _looked(whole, folder, path)
    return found


def edits(whole: Whole, times: int, *, mended: int = 1, seed: int = 1) -> Noticed:
    """A row is edited by somebody who has the key and knows the tables; every so many records are
    mended as well, which takes longest."""
    chance, found = random.Random(seed), Noticed()  # noqa: S311
    for n in trying.each(range(times), times, "edited rows"):
        with _copy(whole) as folder:
            _edit(folder, chance)
            mends = n % mended == 0
            found += _looked(whole, folder, folder / RECORD, harmless=False, mends=mends)
    return found


def starts(folder: Path, times: int) -> Noticed:
    """Nobody harms anything: the record is used, closed or killed, and opened again."""
    alarms = _Alarms()
    logging.getLogger("core.store").addHandler(alarms)
    found = Noticed()
    try:
        for n in trying.each(range(times), times, "starts"):
            with opened(folder) as store:
                proof.verify(store)
                add(store, str(n))
                store.append(*batch(n), by=SYSTEM)
                if n % 3 == 0:
                    crashed(folder, folder.with_name("killed"))
            if n % 3 == 0:
                shutil.rmtree(folder)
                folder.with_name("killed").rename(folder)
            found += Noticed(tried=1)
    except Refused:
        found += Noticed(tried=1, false=1)
    finally:
        logging.getLogger("core.store").removeHandler(alarms)
    return found + Noticed(false=alarms.heard)


class _Alarms(logging.Handler):
    heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += record.levelno >= logging.WARNING


Swap = Callable[[Whole, Path], None]


def _from(source: str, *names: str) -> Swap:
    def swapped(whole: Whole, folder: Path) -> None:
        for name in names:
            (folder / name).unlink(missing_ok=True)
            if (getattr(whole, source) / name).exists():
                shutil.copyfile(getattr(whole, source) / name, folder / name)

    return swapped


def _gone(*names: str) -> Swap:
    def deleted(whole: Whole, folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return deleted


def _exchanged(one: str, other: str) -> Swap:
    def exchanged(whole: Whole, folder: Path) -> None:
        (folder / one).rename(folder / "aside")
        (folder / other).rename(folder / one)
        (folder / "aside").rename(folder / other)

    return exchanged


def _of_another_key(whole: Whole, folder: Path) -> None:
    with opened(folder.with_name("stranger"), OTHER_KEY) as store:
        add(store, "theirs")
    shutil.copyfile(folder.with_name("stranger") / JOURNAL, folder / JOURNAL)


def _files_exchanged(whole: Whole, folder: Path) -> None:
    one, other, *_ = sorted(path for path in (folder / "files").rglob("*") if path.is_file())
    _exchanged(str(one.relative_to(folder)), str(other.relative_to(folder)))(whole, folder)


def _files_gone(whole: Whole, folder: Path) -> None:
    shutil.rmtree(folder / "files")


def _both_shortened(whole: Whole, folder: Path) -> None:
    _from("before", RECORD, LOG, JOURNAL)(whole, folder)


def _written_anew(whole: Whole, folder: Path) -> None:
    _both_shortened(whole, folder)
    with opened(folder) as store:
        add(store, *(str(n) for n in range(40)))


# What is done, which file the answer has to name ("" if it is made good without), and whether
# nothing but a head that was noted can tell.
SWAPS: dict[str, tuple[Swap, str, bool]] = {
    "the database of some time ago": (_from("before", RECORD, LOG), "", False),
    "the journal of some time ago": (_from("before", JOURNAL), "", False),
    "the log of some time ago": (_from("before", LOG), "", False),
    "the desk of some time ago": (_from("before", DESK, f"{DESK}.wal"), "", False),
    "no log": (_gone(LOG), "", False),
    "no database": (_gone(RECORD, LOG), "", False),
    "a database without its log": (_gone(RECORD), "", False),
    "no journal": (_gone(JOURNAL), "", False),
    "no desk": (_gone(DESK), "", False),
    "no tally": (_gone(TALLY), "", False),
    "no copy of the desk": (_gone("desk.copy"), "", False),
    "no files": (_files_gone, "record", False),
    "two files exchanged": (_files_exchanged, "record", False),
    "desk and database exchanged": (_exchanged(RECORD, DESK), "key", False),
    "another school's journal": (_from("other", JOURNAL), "record", False),
    "another school's database": (_from("other", RECORD, LOG), "record", False),
    "a journal of another key": (_of_another_key, "journal.jsonl", False),
    "another school's log": (_from("other", LOG), "", False),
    "both copies of some time ago": (_both_shortened, "head", True),
    "both copies written anew": (_written_anew, "head", True),
}


def swaps(whole: Whole, names: list[str] | None = None) -> Noticed:
    """Files are rolled back, exchanged or deleted."""
    found, chosen = Noticed(), names or [*SWAPS]
    for name in trying.each(chosen, len(chosen), "exchanged files"):
        swap, told, needs_head = SWAPS[name]
        with _copy(whole) as folder:
            swap(whole, folder)
            found += _swapped(whole, folder, told, needs_head=needs_head)
    return found


def _swapped(whole: Whole, folder: Path, told: str, *, needs_head: bool) -> Noticed:
    noted, tells = whole.proof.head if needs_head else "", _tells(folder)
    try:
        with opened(folder) as store:
            is_whole = _is_whole(store, whole, noted) and tells >= bool(mended(store))
    except Refused as refusal:
        return Noticed(tried=1, unnamed=int(not told or told not in str(refusal)))
    return Noticed(tried=1, missed=int(bool(told)), unhealed=int(not told and not is_whole))


@contextmanager
def _copy(whole: Whole) -> Iterator[Path]:
    shutil.rmtree(whole.place / "harmed", ignore_errors=True)
    yield crashed(whole.now, whole.place / "harmed" / "school")


def _any_file(folder: Path, chance: random.Random) -> Path:
    names = [RECORD, LOG, JOURNAL, DESK, "desk.copy", TALLY, "files"]
    path = folder / chance.choice(names)
    files = sorted(each for each in path.rglob("*") if each.is_file())
    return chance.choice(files) if files else path


def _looked(
    whole: Whole, folder: Path, harmed: Path, *, harmless: bool = True, mends: bool = True
) -> Noticed:
    """Opens and proves it. A bit that nothing is written in may be harmless, or healed without a
    word to anybody but the log; an edited row is not."""
    tells = _tells(folder)
    try:
        with opened(folder) as store:
            is_whole = _is_whole(store, whole) and tells >= bool(mended(store))
            drafts = store.desk.ask(Note, "FROM notes") == [Note("draft")]
    except Unsound as found:
        named = "record" in str(found) or harmed.name in str(found)
        made_good = not mends or "files" in harmed.parts or _is_mended(whole, folder, str(found))
        return Noticed(tried=1, unnamed=int(not named), unhealed=int(not made_good))
    missed = not is_whole or not drafts or not harmless
    return Noticed(tried=1, missed=int(missed))


def _tells(folder: Path) -> bool:
    """Whether a proof tells of something before a start mends it. It must not change a byte."""
    before = content(folder)
    try:
        snapshot.verify(folder, KEY)
        tells = False
    except Refused:
        tells = True
    if content(folder) != before:
        raise RuntimeError("a proof has changed what it proves")
    return tells


def _is_mended(whole: Whole, folder: Path, told: str) -> bool:
    """Whether all is there once somebody did what they were told, or what the README says."""
    try:
        if "journal" in told and not told.startswith(RECORD):
            (folder / JOURNAL).rename(folder / "away")
        else:
            rebuilding.rebuild(folder, KEY)
        with opened(folder) as store:
            return _is_whole(store, whole)
    except Refused:
        return False


@dataclass(frozen=True)
class _Line:
    hash: str


def _is_whole(store: Store, whole: Whole, noted: str = "") -> bool:
    """Whether it proves what it did, and besides only what a start tells that it mended."""
    found = proof.verify(store, noted=noted)
    sql = "SELECT hash FROM ledger WHERE hash = $head"
    is_there = bool(store.ask(_Line, sql, head=whole.proof.head))
    return is_there and found.count - len(mended(store)) == whole.proof.count


def _edit(folder: Path, chance: random.Random) -> None:
    with beneath(folder) as database:
        tables = [("incidents", 12), ("alerts", 36), ("settings", 12), ("attachments", 12)]
        table = chance.choice([name for name, _ in tables])
        seqs = [seq for (seq,) in database.rows(f"SELECT seq FROM {table} ORDER BY seq")]
        seq = chance.choice(seqs)
        for statement in chance.sample(_statements(table, seq), 15):
            with suppress(AlreadyRecorded), database.writing() as cursor:  # numbers are unique
                cursor.execute(statement)
                return


def _statements(table: str, seq: int) -> list[str]:
    field = {
        "incidents": "account = 'He fell.'", "alerts": "person = 's9'",
        "settings": "value = 'changed'", "attachments": "name = 'b'",
    }[table]  # fmt: skip
    row = f"WHERE seq = {seq}"
    return [
        f"UPDATE {table} SET {field} {row}",
        f"UPDATE {table} SET recorded_by = 'somebody' {row}",
        f"UPDATE {table} SET recorded_at = recorded_at - INTERVAL 1 DAY {row}",
        f"UPDATE {table} SET id = 'x' {row}",
        f"UPDATE {table} SET seq = 9999 {row}",
        f"DELETE FROM {table} {row}",
        f"INSERT INTO {table} SELECT * REPLACE ('x' AS id, 9999 AS seq) FROM {table} {row}",
        f"INSERT INTO {table} SELECT * REPLACE ('x' AS id, -seq AS seq) FROM {table} {row}",
        f"UPDATE ledger SET recorded_by = 'somebody' {row}",
        f"UPDATE ledger SET recorded_at = recorded_at - INTERVAL 1 DAY {row}",
        f"UPDATE ledger SET salt = reverse(salt) {row}",
        f"UPDATE ledger SET digest = reverse(digest) {row}",
        f"UPDATE ledger SET prev = reverse(prev) {row}",
        f"UPDATE ledger SET hash = reverse(hash) {row}",
        f"DELETE FROM ledger {row}",
    ]
