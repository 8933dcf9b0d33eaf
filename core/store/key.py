"""The one key, and the keys made from it."""

from __future__ import annotations

import base64
import codecs
import os
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import Refused
from core.store import disk, keyring

SIZE = 32

REMARK = "#"
UNUSED = "# This key is not in use yet. Its first start was cut: start again."

AROUND = "-\u2010\u2011\u2012\u2013\u2014\u2212\"'`\u2018\u2019\u201c\u201d\u200b\ufeff"


def location(data: Path) -> Path:
    """Where the key of a school lies: see `keyring`."""
    return keyring.location(data)


def make(path: Path) -> bytes:
    """Writes a new random key that only the owner of the file may read, and returns it.

    It is marked as not used yet, see `use`. Raises `Refused` if a key is there already, also if it
    came there at this very moment: an overwritten key makes a record unreadable.
    """
    key = os.urandom(SIZE)
    disk.folder(path.parent)
    try:
        with disk.new(path) as file:
            file.write(f"{sheet(key)}\n{UNUSED}\n".encode())
    except FileExistsError:
        raise Refused("A key is there already: move it away before making a new one.") from None
    return key


def read(path: Path) -> bytes:
    """The key that the file holds. Raises `Refused` if there is none or it is not a key."""
    try:
        return from_sheet(_text(path))
    except FileNotFoundError:
        raise Refused(
            f"The key of this record is missing: put it back at {path}, "
            "or type the recovery sheet into a new file there."
        ) from None
    except (OSError, UnicodeError):
        raise Refused(f"The key at {path} cannot be read: it is one line of text.") from None


def is_unused(path: Path) -> bool:
    """Whether the file holds a key with which no record was made yet: a first start was cut."""
    with suppress(OSError, UnicodeError):
        return UNUSED in _text(path)
    return False


def use(path: Path) -> None:
    """Takes the mark off a key that was read from this file and has opened a record.

    The key stays where it is, byte for byte: the file ends earlier, and nothing else happens to it.
    """
    if not is_unused(path):
        return
    try:
        with path.open("r+b") as file:
            file.truncate(file.read().index(UNUSED.encode()))
            disk.settle(file)
    except OSError:
        sentence = f"The key at {path} has to be written to once: allow it, and start again."
        raise Refused(sentence) from None


def sheet(key: bytes) -> str:
    """The key as it is printed on the recovery sheet: groups of four, without 0, 1, 8 and 9."""
    text = base64.b32encode(key).decode().rstrip("=")
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def from_sheet(text: str) -> bytes:
    """The key that a recovery sheet says, however it was typed: in small letters, with spaces,
    blank lines, quotes, or the dashes of a word processor. Raises `Refused` if it is not one."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith(REMARK))
    letters = "".join(each for each in "".join(lines) if each not in AROUND).upper()
    letters = "".join(letters.split())
    try:
        key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        key = b""
    if len(key) != SIZE:
        raise Refused("That is not a key: copy the whole line from the recovery sheet.")
    return key


def derived(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """A key of its own for one purpose, so that no two files are ever locked with the same one."""
    return HKDF(hashes.SHA256(), SIZE, salt=salt, info=purpose.encode()).derive(key)


def _text(path: Path) -> str:
    """What the file says. Notepad of Windows writes a mark of the encoding before it."""
    content = path.read_bytes()
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_utf16 else "utf-8-sig")
