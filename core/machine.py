"""What whoever runs the machine has chosen: in the environment, or in `.streamlit/secrets.toml`.

A setting can be read only if it stands in `SETTINGS`, with what it has to be. A start checks all of
them, and refuses one that is wrong; one that becomes wrong later is said on Today.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core.errors import Refused

SECRETS = Path(__file__).parents[1] / ".streamlit" / "secrets.toml"

UNREADABLE = (
    "The file .streamlit/secrets.toml cannot be read: mend it, so that it is TOML again, or move "
    "it away."
)

A_HUNDRED_YEARS = 100 * 366 * 24 * 3600  # seconds
SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True)
class Setting:
    """A setting: what it has to be, in words, and whether a value is that. One with a `section`
    may also stand in the file, under the rest of its name; "" is the head of the file."""

    words: str
    is_right: Callable[[str], bool]
    section: str | None = None


def value(name: str) -> str:
    """What was chosen under a name, as text; "" where nothing was. The environment wins over the
    file. Raises `KeyError` for a name that is not in `SETTINGS`."""
    return _chosen(name, _written()[0])


def sound(name: str) -> str:
    """The same, but "" where it is not what it has to be, for whoever has a good default."""
    chosen = value(name)
    return chosen if SETTINGS[name].is_right(chosen) else ""


def configuration() -> Path:
    """The folder in which the user of this machine has settings, by the rules of the system."""
    home = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or "~/.config"
    return Path(home).expanduser()


def check() -> None:
    """Raises `Refused` unless every setting is what it has to be; one sentence for each."""
    if found := list(complaints()):
        raise Refused("\n  ".join(found))


def complaints() -> Iterator[str]:
    """One plain sentence for each setting that is not what it has to be. None repeats a value."""
    written, is_readable = _written()
    if not is_readable:
        yield UNREADABLE
    for name, setting in SETTINGS.items():
        chosen = _chosen(name, written)
        if chosen and not setting.is_right(chosen):
            yield f"The setting {name} is not right: it has to be {setting.words}."
    if _chosen("MAIL_HOST", written) and not _chosen("MAIL_SENDER", written):
        yield "No mail can go: MAIL_HOST is set, but MAIL_SENDER is not."


def _chosen(name: str, written: Mapping[str, Any]) -> str:
    setting = SETTINGS[name]
    if name in os.environ:
        return os.environ[name]
    if setting.section is None:
        return ""
    place = written.get(setting.section, {}) if setting.section else written
    key = name.lower().removeprefix(f"{setting.section}_")
    found = place.get(key) if isinstance(place, dict) else None
    return "" if found is None else str(found)


def _written() -> tuple[Mapping[str, Any], bool]:
    """What stands in the file, and whether it could be read."""
    try:
        return tomllib.loads(SECRETS.read_text(encoding="utf-8-sig")), True
    except FileNotFoundError:
        return {}, True
    except (OSError, ValueError):  # tomllib's and UTF-8's errors are ValueErrors
        return {}, False


def _is_anything(text: str) -> bool:
    return "\0" not in text


def _is_folder(text: str) -> bool:
    """A folder, or a place where one can be made."""
    return _is_place(text, lambda path: path.is_dir() or not path.exists())


def _is_file(text: str) -> bool:
    """A file, or a place where one can be made."""
    return _is_place(text, lambda path: not path.is_dir())


def _is_file_there(text: str) -> bool:
    return _is_place(text, lambda path: path.is_file())


def _is_place(text: str, right: Callable[[Path], bool]) -> bool:
    try:
        return _is_anything(text) and right(Path(text).expanduser())
    except (OSError, RuntimeError):  # a name too long; nobody's home
        return False


def _is_idle_time(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and float(text) > 0
    except ValueError:
        return False


def _is_distance(text: str) -> bool:
    """Seconds, forwards or back, up to a hundred years."""
    try:
        return abs(float(text)) <= A_HUNDRED_YEARS  # no `nan` is
    except ValueError:
        return False


def _is_whole(least: int, most: int) -> Callable[[str], bool]:
    def right(text: str) -> bool:
        digits = text.strip()
        return digits.isascii() and digits.isdecimal() and least <= int(digits[:9]) <= most

    return right


def _is_host(text: str) -> bool:
    return text.isascii() and not set(text) & set(" /@\\") and bool(_host(f"//{text}"))


def _are_hosts(text: str) -> bool:
    return all(_is_host(each.strip()) for each in text.split(",") if each.strip())


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and bool(_host(text)) and " " not in text


def _is_mail_address(text: str) -> bool:
    before, at, after = text.partition("@")
    return bool(before and at and after) and not any(each.isspace() for each in text)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return parts.hostname or "" if parts.port != 0 else ""
    except ValueError:
        return ""


SETTINGS: Mapping[str, Setting] = {
    "DATA": Setting("a folder", _is_folder),
    "RECORD_KEY_FILE": Setting("a file, not a folder", _is_file),
    "JOURNAL_FILE": Setting("a file, not a folder", _is_file),
    "IDLE_SECONDS": Setting("a number of seconds above 0", _is_idle_time),
    "CLOCK_AHEAD": Setting("a number of seconds", _is_distance),
    "ALLOWED_HOSTS": Setting("names of machines, with commas between", _are_hosts),
    "ADDRESS": Setting("an address that begins with https:// or http://", _is_address, ""),
    "MAIL_HOST": Setting("the name of a mail server", _is_host, "mail"),
    "MAIL_PORT": Setting("a whole number from 1 to 65535", _is_whole(1, 65535), "mail"),
    "MAIL_SENDER": Setting("an email address", _is_mail_address, "mail"),
    "MAIL_PASSWORD": Setting("text", _is_anything, "mail"),
    "MAIL_SECURITY": Setting("“starttls”, “tls” or “none”", lambda t: t in SECURITY, "mail"),
    "MAIL_CERTIFICATE": Setting("a file that is there", _is_file_there, "mail"),
    "BACKUP_FOLDER": Setting("a folder", _is_folder, "backup"),
    "BACKUP_SECOND": Setting("a folder", _is_folder, "backup"),
    "BACKUP_KEPT": Setting("a whole number, 2 or more", _is_whole(2, 10_000), "backup"),
}
