"""Several files in one, locked with a passphrase: a ZIP with AES-256, and a manifest in it.

7-Zip and WinZip open it, so a school without this app can read what it was sent. The manifest has
the SHA-256 of every other part, as `sha256sum --check` reads it. What comes from outside is looked
at before it is unpacked: how much, under which names, and in how many parts.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from datetime import datetime

import pyzipper

from core.errors import Refused

MEDIA_TYPE = "application/zip"
MANIFEST, RECORD, READABLE, RECEIPT = "manifest.sha256", "record.json", "record.pdf", "receipt.pdf"

LARGEST = 150 * 1024 * 1024
MOST_PARTS, MOST_BYTES, MOST_RATIO = 2_000, 300 * 1024 * 1024, 100
UNPACKED_AT_ONCE = 1024 * 1024  # however well it was packed

# The only names there are: none of them says anything, or leads out of the file.
NAMES = re.compile(
    r"manifest\.sha256|receipt\.pdf|(earlier/\d{1,3}/){0,9}"
    r"(record\.pdf|record\.json|files/\d{4,6}\.[a-z0-9]{2,5})"
)
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")

END = "its end"

NONE = "This is not a transfer file: choose the ZIP file that the other school sent."
WRONG = "This passphrase does not open the file: check it with the other school, group by group."
TOO_LARGE_TO_SEND = (
    "The files of this record are larger than 150 MB together: export the chronology, "
    "and hand the files over on an encrypted stick."
)
TOO_LARGE = (
    "This file is larger than 150 MB: ask the other school for it in parts, on paper or PDF."
)
TOO_MUCH = "This file unpacks to far more than it should: it was refused, and nothing was kept."
NAMED = "This file has a part under a name that no transfer file has: it was refused."


class WrongPassphrase(Refused):
    """None of the parts opens with it."""

    def __init__(self) -> None:
        super().__init__(WRONG)


def damaged(part: str, how: str) -> Refused:
    """That a part is not as it was made. A name that is none is not repeated."""
    named = part if NAMES.fullmatch(part) or part == END else "a part"
    return Refused(f"This file is damaged: {named} {how}. Ask the other school to make it again.")


def packed(parts: Mapping[str, bytes], passphrase: str, at: datetime) -> bytes:
    """The parts and their manifest as one locked file. Raises `Refused` if it is too large."""
    whole = {**parts, MANIFEST: manifest(parts)}
    if sum(map(len, parts.values())) > MOST_BYTES:
        raise Refused(TOO_LARGE_TO_SEND)
    made = io.BytesIO()
    with pyzipper.AESZipFile(
        made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(passphrase.encode())
        for name, content in whole.items():
            info = archive.zipinfo_cls(name, date_time=at.timetuple()[:6])
            info.compress_type = pyzipper.ZIP_DEFLATED
            archive.writestr(info, content)
    if len(made.getvalue()) > LARGEST:
        raise Refused(TOO_LARGE_TO_SEND)
    return made.getvalue()


def manifest(parts: Mapping[str, bytes]) -> bytes:
    """A line for each part: the SHA-256 of its content, and its name."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in parts.items())
    return "".join(lines).encode()


def opened(content: bytes, passphrase: str) -> dict[str, bytes]:
    """Every part but the manifest, each as the manifest says; and the manifest, as the last one.

    Raises `WrongPassphrase`, and `Refused` for what is no such file, too large, or damaged: which
    part it is stands in the sentence.
    """
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(NONE)
    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, len(content))
            found = _read(archive, passphrase)
    except Refused:
        raise
    except Exception as error:  # a hostile file can make a parser fail in any way it likes
        raise damaged(END, "is missing or cannot be read") from error
    return _checked(found)


def _check_sizes(archive: pyzipper.AESZipFile, size: int) -> None:
    """Before anything is unpacked; the library never unpacks more than what is declared here."""
    infos = archive.infolist()
    names = {info.filename for info in infos}
    declared = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or declared > min(MOST_BYTES, UNPACKED_AT_ONCE + MOST_RATIO * size):
        raise Refused(TOO_MUCH)
    if len(names) < len(infos) or not all(NAMES.fullmatch(name) for name in names):
        raise Refused(NAMED)
    if not all(info.flag_bits & 1 and info.wz_aes_strength == 3 for info in infos):
        raise Refused(NONE)
    if any(i.compress_type not in (pyzipper.ZIP_STORED, pyzipper.ZIP_DEFLATED) for i in infos):
        raise Refused(NONE)


def _read(archive: pyzipper.AESZipFile, passphrase: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    locked: list[str] = []
    archive.setpassword(passphrase.encode() or b"-")
    for info in archive.infolist():
        try:
            found[info.filename] = archive.read(info)
        except Exception as error:
            if not isinstance(error, RuntimeError) or "password" not in str(error):
                raise damaged(info.filename, "cannot be read") from error
            locked.append(info.filename)
    if not found:
        raise WrongPassphrase
    if locked:
        raise damaged(locked[0], "cannot be read")
    return found


def _checked(found: dict[str, bytes]) -> dict[str, bytes]:
    """All that the manifest lists and nothing else, as it says."""
    if MANIFEST not in found:
        raise damaged(MANIFEST, "is missing")
    listed = found.pop(MANIFEST)
    lines = [_LINE.fullmatch(line) for line in listed.decode("ascii", "replace").splitlines()]
    said = {line[2]: line[1] for line in lines if line}
    if len(said) < len(lines):
        raise damaged(MANIFEST, "cannot be read")
    for name in [*said, *found]:
        if name not in found:
            raise damaged(name, "is missing")
        if name not in said:
            raise damaged(name, "is not in its manifest")
        if hashlib.sha256(found[name]).hexdigest() != said[name]:
            raise damaged(name, "is not what its manifest says")
    if missing := [name for name in (RECORD, READABLE) if name not in found]:
        raise damaged(missing[0], "is missing")
    return {**found, MANIFEST: listed}
