"""The name of an uploaded file, as it may be shown and offered for download."""

from __future__ import annotations

import re
import unicodedata

from core.inspection.kinds import KEPT, Kind
from core.store import texts

LONGEST = 120
LONGEST_GIVEN = 2_000  # characters that are looked at; the end says what kind of file it is
NAMELESS = "file"

# What Windows takes for a device, with any ending: a file of that name cannot be saved there.
DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}

# An extension is taken off only if it is known to be one: "Notes 12.03" ends in a date, and
# "Letter to Mr.Smith" in a name.
KNOWN = {extension for kind in KEPT for extension in kind.extensions} | {
    "gif", "webp", "heic", "heif", "hif", "bmp", "tif", "tiff", "svg", "htm", "html", "xml", "csv",
    "tsv", "rtf", "doc", "docm", "dot", "dotx", "dotm", "xls", "xlsm", "xlsb", "xlt", "xltx", "ppt",
    "pptm", "pps", "ppsx", "ppsm", "pot", "potx", "odp", "ods", "ott", "pages", "numbers", "eml",
    "msg", "zip", "rar", "7z", "gz", "exe", "com", "scr", "bat", "cmd", "ps1", "vbs", "js", "jse",
    "wsf", "hta", "msi", "dll", "jar", "lnk", "sh", "py", "php",
}  # fmt: skip


def mend(name: str, kind: Kind) -> str:
    """`name` without path, control or direction characters, ending as `kind` should.

    In NFC, at most `LONGEST` characters, never empty, never hidden (no leading dot), and one that
    Windows can save. Characters that turn the direction of writing are taken out because "exe.txt"
    can be shown as "txt.exe".
    """
    stem, extension = _apart(_plain(name[-LONGEST_GIVEN:]))
    if stem.partition(".")[0].rstrip(" ").upper() in DEVICES:
        stem = f"_{stem}"
    if extension.lower() not in kind.extensions:
        extension = kind.extensions[0]
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or NAMELESS}.{extension}"


def _plain(name: str) -> str:
    shown = texts.tidy("".join(char for char in name if not _hidden(char)))
    return re.split(r"[/\\]", shown)[-1].strip(". ")


def _hidden(char: str) -> bool:
    """Control, format (direction, zero width), surrogate, private and unassigned characters."""
    return unicodedata.category(char).startswith("C") and not char.isspace()


def _apart(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and extension.lower() in KNOWN else (name, "")
