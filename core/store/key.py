"""The one key, and the keys made from it."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import Refused
from core.store import disk

SIZE = 32


def location(data: Path) -> Path:
    """Where the key of a school lies: `RECORD_KEY_FILE`, or the user's configuration folder.

    Outside the data folder, so that a copied or stolen data folder opens nothing.
    """
    chosen = os.environ.get("RECORD_KEY_FILE")
    if chosen:
        return Path(chosen).expanduser()
    home = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or "~/.config"
    return Path(home).expanduser() / "bigger-picture" / f"{data.resolve().name}.key"


def make(path: Path) -> bytes:
    """Writes a new random key that only the owner of the file may read, and returns it.

    Raises `Refused` if a key is there already: an overwritten key makes a record unreadable.
    """
    if path.exists():
        raise Refused("A key is there already: move it away before making a new one.")
    key = os.urandom(SIZE)
    disk.folder(path.parent)
    with disk.whole(path) as file:
        file.write(f"{sheet(key)}\n".encode())
    return key


def read(path: Path) -> bytes:
    """The key that the file holds. Raises `Refused` if there is none or it is not a key."""
    try:
        return from_sheet(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise Refused(
            f"The key of this record is missing: put it back at {path}, "
            "or type the recovery sheet into a new file there."
        ) from None
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The key at {path} cannot be read: it is one line of text.") from None


def sheet(key: bytes) -> str:
    """The key as it is printed on the recovery sheet: groups of four, without 0, 1, 8 and 9."""
    text = base64.b32encode(key).decode().rstrip("=")
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def from_sheet(text: str) -> bytes:
    """The key that a recovery sheet says. Raises `Refused` if it is not one."""
    letters = "".join(text.split()).replace("-", "").upper()
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
