"""The chain: whatever is changed, left out or added behind its back is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.person import SYSTEM
from core.records import Attachment
from core.store import Record, proof
from core.store.faults import Broken
from core.store.ledger import Line, chain, follows, spelt
from core.store.record import filled, plain
from tests.core.histories import crashed, facts, histories, opened, proved, tampered
from tests.core.samples import add, batch, incident, setting

AT = "2026-03-01T09:30:00.000000+00:00"


def chained(history: list[list[Record]]) -> list[Line]:
    newest: list[Line] = []
    for together in history:
        after = newest[-1] if newest else None
        newest += [line for line, _ in chain(together, after=after, at=AT, by="p1")]
    return newest


def breaks(lines: list[Line]) -> list[int]:
    """The places at which a line does not follow from the one before."""
    befores: list[Line | None] = [None, *lines]
    return [n for n, line in enumerate(lines) if not follows(line, spelt(line), befores[n])]


@given(history=histories)
def test_every_line_follows_from_the_one_before(history: list[list[Record]]) -> None:
    lines = chained(history)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert breaks(lines) == []


@given(history=histories, data=st.data())
def test_no_field_of_a_line_can_be_changed(
    history: list[list[Record]], data: st.DataObject
) -> None:
    lines = chained(history)
    at = data.draw(st.integers(0, len(lines) - 1))
    field = data.draw(st.sampled_from(Line._fields))
    old: Any = getattr(lines[at], field)
    changed: dict[str, Any] = {field: old + 1 if field == "seq" else f"{old}x"}
    lines[at] = lines[at]._replace(**changed)
    assert breaks(lines)[0] == at


@given(history=histories, data=st.data())
def test_no_line_can_be_left_out_or_moved(history: list[list[Record]], data: st.DataObject) -> None:
    lines = chained(history)
    moved = data.draw(st.permutations(lines).filter(lambda order: list(order) != lines))
    assert breaks(list(moved)) if len(lines) > 1 else True
    left_out = data.draw(st.integers(0, max(0, len(lines) - 2)))
    rest = lines[:left_out] + lines[left_out + 1 :]
    assert breaks(rest)[:1] == [left_out] if rest[left_out:] else True


@given(record=facts())
def test_the_same_record_is_never_hashed_alike_twice(record: Record) -> None:
    """Whoever sees a digest must not be able to try likely texts."""
    (one, _), (other, _) = chain([record, record], after=None, at=AT, by="p1")
    assert one.digest != other.digest


@given(record=facts())
def test_a_field_that_a_later_version_adds_changes_no_old_digest(record: Record) -> None:
    added = {"text": "", "mark": False, "list": [], "day": None, "count": 0}
    later = {**plain(record), **{f"later_{name}": value for name, value in added.items()}}
    assert filled(later) == plain(record)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "school"
    with opened(folder) as store:
        add(store, "one", "two", "three")
        store.append(*batch(1001), by=SYSTEM)
        store.append(incident(1002, child_words="no"), by=SYSTEM)
    return folder


SPARE = "9, '2026-01-01', 'p1'"

TAMPERING = {
    "a word was changed": (
        "UPDATE settings SET value = 'TWO' WHERE value = 'two'",
        "record 2 (settings): it is not what was recorded.",
    ),
    "a mark was changed": (
        "UPDATE incidents SET urgent = true WHERE number = 1001",
        "record 4 (incidents): it is not what was recorded.",
    ),
    "a list was changed": (
        "UPDATE incidents SET categories = ['injury'] WHERE number = 1002",
        "record 8 (incidents): it is not what was recorded.",
    ),
    "the time at which it happened was changed by a microsecond": (
        "UPDATE incidents SET occurred_at = occurred_at + INTERVAL 1 MICROSECOND",
        "record 4 (incidents): it is not what was recorded.",
    ),
    "the author of a record was changed": (
        "UPDATE settings SET recorded_by = 'p2' WHERE seq = 3",
        "record 3 (settings): it is not what was recorded.",
    ),
    "the time of a record was changed": (
        "UPDATE settings SET recorded_at = '2020-01-01' WHERE seq = 3",
        "record 3 (settings): it is not what was recorded.",
    ),
    "the author was changed in the ledger": (
        "UPDATE ledger SET recorded_by = 'p2' WHERE seq = 3",
        "record 3 (settings): its line in the ledger does not follow from the one before.",
    ),
    "a record was removed": (
        "DELETE FROM alerts WHERE seq = 6",
        "record 6 (alerts): it is missing from its table.",
    ),
    "a record and its line were removed": (
        "DELETE FROM alerts WHERE seq = 6; DELETE FROM ledger WHERE seq = 6",
        "record 7 (alerts): its line in the ledger does not follow from the one before.",
    ),
    "a record was added at the end": (
        f"INSERT INTO settings VALUES ({SPARE}, 'x', 'motto', 'false')",
        "record 9 (settings): no line of the ledger tells of it.",
    ),
    "a record was added before the first": (
        "INSERT INTO settings VALUES (-3, '2026-01-01', 'p1', 'x', 'motto', 'false')",
        "record -3 (settings): no line of the ledger tells of it.",
    ),
    "two records changed places": (
        "UPDATE settings SET seq = 5 - seq WHERE seq IN (2, 3)",
        "record 2 (settings): it is not what was recorded.",
    ),
    "a whole line was rewritten": (
        "UPDATE ledger SET salt = 'x', digest = 'y', hash = 'z' WHERE seq = 5",
        "record 5 (alerts): its line in the ledger does not follow from the one before.",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_the_first_record_that_does_not_fit_is_named(
    whole: Path, tmp_path: Path, what: str
) -> None:
    statements, sentence = TAMPERING[what]
    folder = crashed(whole, tmp_path / "school")
    tampered(folder, *statements.split("; "))
    with opened(folder) as store, pytest.raises(Broken) as found:
        proof.verify(store)
    assert str(found.value) == sentence


def test_a_second_record_at_the_same_place_is_named(whole: Path, tmp_path: Path) -> None:
    folder = crashed(whole, tmp_path / "school")
    tampered(folder, "INSERT INTO settings VALUES (2, '2026-01-01', 'p1', 'x', 'motto', 'false')")
    with opened(folder) as store, pytest.raises(Broken, match=r"^record 2 \(settings\): "):
        proof.verify(store)


def test_the_newest_records_cannot_be_removed_from_the_database(
    whole: Path, tmp_path: Path
) -> None:
    folder = crashed(whole, tmp_path / "school")
    tampered(folder, "DELETE FROM incidents WHERE seq = 8", "DELETE FROM ledger WHERE seq = 8")
    assert proved(folder) == (["one", "two", "three"], 8)


@pytest.mark.parametrize("harm", ["changed", "removed", "swapped"])
def test_a_file_that_is_not_what_was_attached_is_named(folder: Path, harm: str) -> None:
    with opened(folder) as store:
        one, other = (store.vault.put(content) for content in (b"one", b"other"))
        file = Attachment(incident="i", name="a.png", media_type="image/png", size=3, digest=one)
        store.append(setting("first"), file, by=SYSTEM)
        assert proof.verify(store).count == 2
        path = store.vault.path(one)
        if harm == "changed":
            *before, last = path.read_bytes()
            path.write_bytes(bytes([*before, last ^ 1]))
        elif harm == "swapped":
            path.write_bytes(store.vault.path(other).read_bytes())
        else:
            path.unlink()
        with pytest.raises(Broken) as found:
            proof.verify(store)
        assert str(found.value) == "record 2 (attachments): its file is lost or was changed."
        assert store.vault.put(b"one") == one
        assert proof.verify(store).count == 2
