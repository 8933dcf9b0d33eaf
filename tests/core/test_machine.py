"""What is chosen on the machine is checked at the start, and never makes a page fail later."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import backups, machine, mail_server, sessions
from core.errors import Refused
from core.web import school
from tests.test_architecture import PRODUCT, ROOT, tree

# For each setting what it must not be, and something that it may be. A setting that is added
# without a line here is found by the first test.
WRONG = {
    "DATA": ("{file}", "\0", "x" * 300),
    "RECORD_KEY_FILE": ("{folder}",),
    "JOURNAL_FILE": ("{folder}",),
    "IDLE_SECONDS": ("often", "nan", "inf", "0", "-5"),
    "CLOCK_AHEAD": ("tomorrow", "nan", "inf", "1e300", "1 day"),
    "ALLOWED_HOSTS": ("https://a.example", "a b", "a.example,[::1"),
    "ADDRESS": ("a.example", "ftp://a.example", "https://", "https://[::1", "https://a b"),
    "MAIL_HOST": ("https://mail.example", "a b"),
    "MAIL_PORT": ("0", "65536", "25.0", "smtp", "-1", "²"),
    "MAIL_SENDER": ("safeguarding", "a@", "@b", "a b@c"),
    "MAIL_PASSWORD": ("a\0b",),
    "MAIL_SECURITY": ("ssl", "TLS please"),
    "MAIL_CERTIFICATE": ("{folder}", "{folder}/missing.pem"),
    "BACKUP_FOLDER": ("{file}",),
    "BACKUP_SECOND": ("{file}",),
    "BACKUP_KEPT": ("2.5", "abc", "-1", "0", "1", "1e3", "²"),
}
RIGHT = {
    "DATA": "{folder}",
    "RECORD_KEY_FILE": "{folder}/key",
    "JOURNAL_FILE": "{folder}/journal.jsonl",
    "IDLE_SECONDS": "2.5",
    "CLOCK_AHEAD": "-86400.5",
    "ALLOWED_HOSTS": "tablet.example, 10.0.0.7,",
    "ADDRESS": "https://a.example:8443/",
    "MAIL_HOST": "mail.example",
    "MAIL_PORT": "465",
    "MAIL_SENDER": "safeguarding@school.example",
    "MAIL_PASSWORD": "let it be",
    "MAIL_SECURITY": "tls",
    "MAIL_CERTIFICATE": "{file}",
    "BACKUP_FOLDER": "{folder}/backups",
    "BACKUP_SECOND": "{folder}",
    "BACKUP_KEPT": "14",
}
READING = ("machine.value", "machine.sound")
PAIRS = [(name, value) for name, values in WRONG.items() for value in values]


@pytest.fixture(autouse=True)
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which settings can be written; there is none at first."""
    monkeypatch.setattr(machine, "SECRETS", tmp_path / "secrets.toml")
    return tmp_path / "secrets.toml"


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "file").write_text("a file")
    (tmp_path / "folder").mkdir()
    return {"file": str(tmp_path / "file"), "folder": str(tmp_path / "folder")}


def said() -> list[str]:
    return list(machine.complaints())


def test_no_setting_is_without_a_check_that_was_seen_to_refuse() -> None:
    assert {*WRONG} == {*RIGHT} == {*machine.SETTINGS}


def test_settings_are_read_in_one_place_by_names_that_are_checked() -> None:
    """Whoever reads a new one has to say there what it has to be."""
    read: set[str] = set()
    for path in PRODUCT:
        text = path.read_text(encoding="utf-8")
        if path != ROOT / "core" / "machine.py":
            assert not re.search(r"\b(environb?|getenv|secrets\.toml\"|st\.secrets)\b", text), path
        if "machine." in text:
            read |= {*_settings_read(tree(path))}
    mails = {f"MAIL_{name.upper()}" for name in mail_server.MailServer.__dataclass_fields__}
    assert read | mails == {*machine.SETTINGS}


def _settings_read(module: ast.Module) -> Iterator[str]:
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in READING:
            (named,) = call.args
            if isinstance(named, ast.Constant):
                yield str(named.value)


@pytest.mark.parametrize(("name", "wrong"), PAIRS)
def test_a_wrong_one_is_refused_in_one_sentence_that_names_it_and_not_what_was_typed(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch, name: str, wrong: str
) -> None:
    value = wrong.format(**places)
    if "\0" in value:  # no environment can hold it
        assert not machine.SETTINGS[name].is_right(value)
        return
    monkeypatch.setenv("MAIL_SENDER", "a@b.example")
    monkeypatch.setenv(name, value)
    (sentence,) = said()
    words = machine.SETTINGS[name].words
    assert sentence == f"The setting {name} is not right: it has to be {words}."
    with pytest.raises(Refused, match=name):
        school.open_()


def test_right_ones_are_taken(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value.format(**places))
    assert said() == []
    machine.check()


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_KEPT", "2.5")
    monkeypatch.setenv("MAIL_HOST", "mail.example")
    assert len(said()) == 2 and "MAIL_SENDER is not" in said()[1]


@pytest.mark.parametrize("text", ["kept = ", "\xff"])
def test_a_file_that_cannot_be_read_is_a_sentence_and_counts_as_empty(
    secrets: Path, text: str
) -> None:
    secrets.write_bytes(text.encode("latin-1"))
    assert said() == [machine.UNREADABLE]
    assert mail_server.configured() is None


def test_a_file_from_notepad_is_read(secrets: Path) -> None:
    secrets.write_bytes(b"\xef\xbb\xbf[backup]\r\nkept = 3\r\n")
    assert machine.value("BACKUP_KEPT") == "3" and said() == []


@pytest.mark.parametrize("written", ["[backup]\nkept = 2.5", "backup = 3", "[backup]\nkept = -1"])
def test_one_that_becomes_wrong_later_counts_as_not_chosen(
    secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    secrets.write_text(f"{written}\n")
    monkeypatch.setenv("IDLE_SECONDS", "often")
    monkeypatch.setenv("MAIL_HOST", "mail.example")
    monkeypatch.setenv("MAIL_SENDER", "a@b.example")
    monkeypatch.setenv("MAIL_PORT", "smtp")
    monkeypatch.setenv("ADDRESS", "nowhere")
    assert backups.places(tmp_path / "data").kept == 14
    assert sessions.idle_seconds() == 600
    server = mail_server.configured()
    assert server and server.port == 587
    assert mail_server.address() == "http://localhost:8501"
