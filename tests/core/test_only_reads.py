"""Proving a record changes not a byte of it, and names what the next start would mend."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.__main__ import run
from core.person import SYSTEM
from core.store import key as keys
from core.store import snapshot
from tests.core.histories import (
    beneath,
    content,
    crashed,
    cut,
    flip,
    lines,
    mended_in,
    opened,
    tampered,
)
from tests.core.samples import KEY, add, batch

RECORD, LOG, JOURNAL = "record.duckdb", "record.duckdb.wal", "journal.jsonl"

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # of Linux

UNFINISHED = "What was added last is not finished"


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of twelve whose app was killed, half of it in the log: four were stored together."""
    place = tmp_path_factory.mktemp("at-work")
    with opened(place / "app") as store:
        add(store, *"abcd")
    with opened(place / "app") as store:
        add(store, *"efgh")
        store.append(*batch(1001), by=SYSTEM)
        return crashed(place / "app", place / "killed")


@pytest.fixture
def data(at_work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "school.key").write_text(keys.sheet(KEY))
    monkeypatch.setenv("RECORD_KEY_FILE", str(tmp_path / "school.key"))
    return crashed(at_work, tmp_path / "data")


def said(capsys: pytest.CaptureFixture[str], data: Path) -> tuple[int, str]:
    """What `verify` answers; it changes nothing."""
    before = content(data)
    code = run(["verify", str(data)])
    out, err = capsys.readouterr()
    assert content(data) == before
    return code, out + err


def _shorter(number: int) -> Callable[[Path], None]:
    def shortened(data: Path) -> None:
        (data / JOURNAL).write_bytes(b"".join(lines(data / JOURNAL)[:-number]))

    return shortened


def _torn(data: Path) -> None:
    cut(data / JOURNAL, (data / JOURNAL).stat().st_size - 9)


def _half_a_line_more(data: Path) -> None:
    with (data / JOURNAL).open("ab") as file:
        file.write(b'{"seq":13,"last":13,"sealed":"AAA')


def _nothing(data: Path) -> None:
    """As it was."""


def _without(*names: str) -> Callable[[Path], None]:
    def removed(data: Path) -> None:
        for name in names:
            (data / name).unlink()

    return removed


def _edited(data: Path) -> None:
    tampered(data, "UPDATE settings SET value = 'x' WHERE seq = 3")


def _added(data: Path) -> None:
    tampered(data, "INSERT INTO settings VALUES (13, '2026-01-01', 'p1', 'x', 'motto', 'false')")


def _flipped(data: Path) -> None:
    flip(data / JOURNAL, len(lines(data / JOURNAL)[0]) + 30)


# What was done to the files, the answer of `verify`, and what the next start tells that it mended.
FOUND: dict[str, tuple[Callable[[Path], None], int, str, list[tuple[str, int, int]]]] = {
    "nothing": (_nothing, 0, "intact: 12 records, head ", []),
    "the last append is in the database only": (_shorter(4), 0, UNFINISHED, []),
    "the last append is in the journal in part": (_shorter(2), 0, UNFINISHED, []),
    "the last line is torn": (_torn, 0, UNFINISHED, []),
    "half a line more": (_half_a_line_more, 0, UNFINISHED, []),
    "the journal lost its last two appends": (
        _shorter(5), 1, "record 8: it is in the database only.", [("journal", 5, 8)],
    ),
    "the journal lost its last quarter and more": (
        _shorter(6), 1, "record 7: it is in the database only.", [("journal", 6, 7)],
    ),
    "no journal": (
        _without(JOURNAL), 1, "record 1: it is in the database only.", [("journal", 12, 1)],
    ),
    "no log": (_without(LOG), 1, "record 5: it is in the journal only.", [("database", 8, 5)]),
    "no database": (
        _without(RECORD, LOG), 1, "record 1: it is in the journal only", [("database", 12, 1)],
    ),
    "an edited row": (_edited, 1, "record 3 (settings): it is not what was recorded.", []),
    "a row without a line": (_added, 1, "record 13 (settings): no line of the ledger", []),
    "a flipped bit in the journal": (_flipped, 1, "record 2: its line in journal.jsonl", []),
}  # fmt: skip


@pytest.mark.parametrize("harm", FOUND)
def test_a_proof_tells_and_the_next_start_mends(
    data: Path, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    done, code, sentence, mending = FOUND[harm]
    done(data)
    answer = said(capsys, data)
    assert answer[0] == code and sentence in answer[1]
    assert ("intact" in answer[1]) == (code == 0)
    assert mended_in(data) == mending
    if mending:
        assert said(capsys, data)[0] == 0


def test_a_log_that_cannot_be_read_is_left_where_it_is(
    data: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    (data / LOG).write_bytes(os.urandom((data / LOG).stat().st_size))
    code, answer = said(capsys, data)
    assert (code, answer) == (1, "record 5: it is in the journal only.\n")
    assert caplog.messages == []


def test_what_somebody_adds_meanwhile_is_no_damage(data: Path) -> None:
    with opened(data) as store:
        before = content(data)
        assert snapshot.verify(data, KEY).count == 12
        assert content(data) == before
        add(store, "i")
        assert snapshot.verify(data, KEY).count == 13


def test_a_row_that_somebody_takes_out_of_both_is_told_by_the_chain(data: Path) -> None:
    with beneath(data) as database, database.writing() as cursor:
        cursor.execute("DELETE FROM ledger WHERE seq = 6")
        cursor.execute("DELETE FROM settings WHERE seq = 6")
    assert run(["verify", str(data)]) == 1


@pytest.mark.parametrize("command", ["verify", "backup"])
def test_in_a_folder_of_somebody_else_it_can_be_read(
    data: Path, tmp_path: Path, command: str
) -> None:
    before = content(data)
    done = as_a_guest(data, tmp_path, [command, str(data)] + (["{own}/b"] * (command == "backup")))
    assert (done.returncode, done.stderr) == (0, "")
    assert " 12 records, head " in done.stdout
    assert content(data) == before


@pytest.mark.parametrize("command", ["rebuild {data}", "import-pupils {data} {own}/list.csv",
                                     "send-mail {data}", "backup {data} {data}/b",
                                     "restore {own}/none {data}"])  # fmt: skip
def test_what_writes_there_is_refused_in_a_sentence(
    data: Path, tmp_path: Path, command: str
) -> None:
    before = content(data)
    arguments = [part.replace("{data}", str(data)) for part in command.split()]
    done = as_a_guest(data, tmp_path, arguments)
    sentence = "" if arguments[0] == "restore" else "This folder cannot be written to: "
    assert done.returncode == 2 and done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1 and "mistake" not in done.stderr
    assert content(data) == before


def as_a_guest(
    data: Path, tmp_path: Path, arguments: list[str]
) -> subprocess.CompletedProcess[str]:
    """A command by somebody who may read the folder and not write in it."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "list.csv").write_text("Name,Class\n")
    for path in (*data.rglob("*"), data):
        path.chmod(0o555 if path.is_dir() else 0o444)
    command = [part.replace("{own}", str(own)) for part in arguments]
    return subprocess.run(
        [sys.executable, "-m", "core", *command],
        capture_output=True,
        text=True,
        preexec_fn=_bound_by_modes,
    )


def _bound_by_modes() -> None:
    """Whoever runs the tests as root is bound by no mode of a file, unless they give that up."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
