"""The commands: what each prints, its exit code, and never a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core import people, pupils
from core.__main__ import commands, run
from core.person import OPERATOR
from core.store import key as keys
from tests.core.histories import crashed, flip, opened, proved, tampered
from tests.core.samples import KEY, add


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys" / "school.key"
    path.parent.mkdir()
    path.write_text(keys.sheet(KEY))
    monkeypatch.setenv("RECORD_KEY_FILE", str(path))
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A record of two, and the hash that stands for it."""
    folder = tmp_path_factory.mktemp("whole") / "school"
    with opened(folder) as store:
        add(store, "one", "two")
        assert store.head is not None
        return folder, store.head.hash


@pytest.fixture
def data(whole: tuple[Path, str], tmp_path: Path) -> Path:
    return crashed(whole[0], tmp_path / "data")


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def test_a_whole_record_is_intact(
    data: Path, whole: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "verify", data) == (0, f"intact: 2 records, head {whole[1]}\n", "")


def test_a_head_that_was_noted_is_looked_for(
    data: Path, whole: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    told = f"intact: 2 records, head {whole[1]}, with the head that was noted\n"
    assert said(capsys, "verify", data, "--head", f" {whole[1].upper()}") == (0, told, "")
    with opened(data):
        assert said(capsys, "verify", data, "--head", whole[1]) == (0, told, "")
        code, out, err = said(capsys, "verify", data, "--head", "ab" * 32)
    assert (code, out) == (1, "") and "the head that was noted is not among these 2" in err


def test_an_empty_record_is_intact(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(folder):
        pass
    assert said(capsys, "verify", folder) == (0, f"intact: 0 records, head {'0' * 64}\n", "")


def test_a_record_is_verified_while_the_app_has_it_open(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(data) as store:
        add(store, "three")
        code, out, _ = said(capsys, "verify", data)
        assert (code, out[:17]) == (0, "intact: 3 records")
        add(store, "four")


def test_the_first_record_that_does_not_fit_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tampered(data, "UPDATE settings SET value = 'changed' WHERE value = 'two'")
    sentence = "record 2 (settings): it is not what was recorded.\n"
    assert said(capsys, "verify", data) == (1, "", sentence)


def test_that_is_named_while_the_app_has_it_open_as_well(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tampered(data, "UPDATE settings SET value = 'changed' WHERE value = 'two'")
    with opened(data):
        assert said(capsys, "verify", data)[0] == 1


def test_a_damaged_database_is_told_and_rebuilt(
    data: Path, whole: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    flip(data / "record.duckdb", 100)
    code, out, err = said(capsys, "verify", data)
    assert (code, out) == (1, "") and err.startswith("record.duckdb is damaged: run")
    code, out, err = said(capsys, "rebuild", data)
    assert (code, err) == (0, "") and out.startswith("rebuilt: 3 records, head ")
    assert proved(data) == (["one", "two"], 2)
    assert said(capsys, "verify", data, "--head", whole[1])[0] == 0


def test_a_backup_is_taken_and_restored(
    data: Path, whole: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = tmp_path / "school.backup", tmp_path / "new"
    told = f"2 records, head {whole[1]}\n"
    assert said(capsys, "backup", data, file) == (0, f"backed up: {told}", "")
    assert said(capsys, "restore", file, new) == (0, f"restored: {told}", "")
    assert said(capsys, "verify", new) == (0, f"intact: {told}", "")


def test_the_recovery_sheet_is_the_key(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "recovery-sheet", data)
    assert keys.from_sheet(out) == KEY


WRONG = {
    "no record there": ("verify missing", "There is no record in missing."),
    "nothing to back up": ("backup missing b", "There is no record in missing."),
    "nothing to rebuild from": ("rebuild missing", "There is no journal at missing/journal.jsonl."),
    "no backup there": ("restore missing new", "There is no backup at missing."),
    "no folder for the backup": ("backup data no/b", "no/b cannot be written: name a file in a"),
    "a folder that is not empty": (
        "restore data/journal.jsonl data",
        "data is not an empty",
    ),
    "a file that is no backup": ("restore data/journal.jsonl new", "This file is not a backup."),
    "a file instead of a folder": ("verify data/journal.jsonl", "Invalid value for 'DATA'"),
    "an argument too few": ("verify", "Missing argument 'DATA'."),
    "an argument too many": ("verify data data", "Got unexpected extra argument"),
    "a command that there is not": ("frobnicate", "No such command 'frobnicate'."),
    "an option that there is not": ("verify --fast data", "No such option '--fast'"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_told_in_a_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    monkeypatch.chdir(data.parent)
    arguments, sentence = WRONG[what]
    code, out, err = said(capsys, *arguments.split())
    assert (code, out) == (2, "")
    assert err.startswith(sentence) and err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (keys.sheet(bytes(32)), "journal.jsonl cannot be opened with this key"),
        ("not a key", "That is not a key"),
        ("cl\xe9", "The key at"),
        (None, "The key of this record is missing: put it back at"),
    ],
)
def test_a_wrong_key_is_told_in_a_sentence(
    data: Path,
    key_file: Path,
    capsys: pytest.CaptureFixture[str],
    content: str | None,
    sentence: str,
) -> None:
    key_file.unlink()
    if content is not None:
        key_file.write_text(content, encoding="latin-1")
    for command in (["verify"], ["rebuild"], ["backup", "b"]):
        code, out, err = said(capsys, command[0], data, *(data.parent / b for b in command[1:]))
        assert (code, out) == (2, "") and err.startswith(sentence)


@pytest.mark.parametrize("command", ["", *commands.commands])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, _ = said(capsys, *command.split(), "--help")
    assert code == 0 and out.startswith("Usage: python -m core")


def test_it_runs_as_a_program_and_tells_what_it_mended(data: Path) -> None:
    (data / "record.duckdb").unlink()
    program = as_a_program("rebuild", data)
    assert program.stdout.startswith("rebuilt: 3 records, head ")
    assert program.stderr == "the database lacked 2 records; they were added\n"
    assert program.returncode == 0


def as_a_program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "core", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_as_a_program_it_answers_what_cannot_be_with_its_exit_code(data: Path) -> None:
    command = [sys.executable, "-m", "core", "verify", str(data / "missing")]
    program = subprocess.run(command, capture_output=True, text=True)
    assert (program.returncode, program.stdout) == (2, "")


GOOD = "A{0},Anna{0},Smith,03/03/2017,4 Birch"
HEADINGS = "UPN,Legal Forename,Legal Surname,Date of Birth,Reg Group"


def a_list(data: Path, *lines: str) -> Path:
    file = data.parent / "list.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_list_is_taken_and_what_cannot_be_taken_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_list(data, HEADINGS, GOOD.format(1), "A2,No,Birthday,,4 Birch", GOOD.format(3))
    code, out, err = said(capsys, "import-pupils", data, file)
    assert (code, out) == (0, "2 of 3 lines were taken over\n")
    assert err.startswith("line 3: ") and err.count("\n") == 1
    code, out, _ = said(capsys, "import-pupils", data, file)
    assert (code, out) == (0, "0 of 3 lines were taken over\n"), "nothing needed changing"
    with opened(data) as store:
        assert len(pupils.everyone(store, by=OPERATOR)) == 2


@pytest.mark.parametrize("command", ["import-pupils", "import-staff"])
def test_a_list_of_which_nothing_could_be_taken_is_no_success(
    data: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    file = a_list(data, HEADINGS, "A1,,,,", "A2,,,,")
    code, out, err = said(capsys, command, data, file)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        "Nothing was taken over: mend the lines that are named, and import the file again."
    )


# Ends the program by force, with nothing tidied up, as soon as anything of a list is on disk.
KILLED = """
import os, signal, sys
from core.__main__ import run
from core.store import Store
append = Store.append
def append_and_die(*given, **named):
    append(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
Store.append = append_and_die
run(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("command", "headings", "line"),
    [
        ("import-staff", "Title,Forename,Surname,Work Email", "Ms,Priya{0},Shah,p{0}@a.example"),
        ("import-pupils", HEADINGS, GOOD),
    ],
)
def test_an_import_that_is_killed_leaves_the_whole_list(
    data: Path, command: str, headings: str, line: str
) -> None:
    file = a_list(data, headings, *(line.format(n) for n in range(60)))
    killed = subprocess.run([sys.executable, "-c", KILLED, command, str(data), str(file)])
    assert killed.returncode == -signal.SIGKILL
    with opened(data) as store:
        everybody = people.here(store), pupils.everyone(store, by=OPERATOR)
    assert sorted(len(each) for each in everybody) == [0, 60]
