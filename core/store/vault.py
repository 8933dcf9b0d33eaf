"""Files that belong to the record: encrypted, and named by the hash of what is in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.store import disk

NONCE = 12


class Lost(Exception):
    """A file is missing or is not what it was; the message holds its hash and nothing else."""


class Vault:
    """A folder of files that are written once."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._cipher = AESGCM(key)

    def put(self, content: bytes) -> str:
        """Keeps a file and returns its name, the SHA-256 of its content in hexadecimal.

        On disk when this returns, so that a record never names a file that is not there. A file
        that was damaged in the meantime is made good by putting its content again.
        """
        digest = hashlib.sha256(content).hexdigest()
        if not self._holds(digest):
            nonce = os.urandom(NONCE)
            path = self.path(digest)
            disk.folder(self.folder)
            disk.folder(path.parent)
            with disk.whole(path) as file:
                file.write(nonce + self._cipher.encrypt(nonce, content, digest.encode()))
        return digest

    def read(self, digest: str) -> bytes:
        """The content of a file. Raises `Lost` if it is missing or was changed."""
        try:
            sealed = self.path(digest).read_bytes()
            content = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], digest.encode())
        except (OSError, InvalidTag, ValueError):
            raise Lost(digest) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise Lost(digest)
        return content

    def names(self) -> Iterator[str]:
        """The names of all files that are whole."""
        return (path.name for path in self.folder.glob("??/*") if not path.suffix)

    def path(self, digest: str) -> Path:
        """Where a file lies."""
        return self.folder / digest[:2] / digest

    def _holds(self, digest: str) -> bool:
        try:
            self.read(digest)
        except Lost:
            return False
        return True
