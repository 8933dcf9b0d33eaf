"""The name of an uploaded file, as it may be shown and offered for download."""

from __future__ import annotations

import re
import unicodedata

from core.inspection.kinds import KEPT, Kind

LONGEST = 120
NAMELESS = "file"

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

    In NFC, at most `LONGEST` characters, never empty, never hidden (no leading dot). Characters
    that turn the direction of writing are taken out because "exe.txt" can be shown as "txt.exe".
    """
    stem, extension = _apart(_plain(name))
    if extension.lower() not in kind.extensions:
        extension = kind.extensions[0]
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or NAMELESS}.{extension}"


def _plain(name: str) -> str:
    shown = "".join(" " if char.isspace() else char for char in name if not _hidden(char))
    base = re.split(r"[/\\]", shown)[-1]
    return " ".join(unicodedata.normalize("NFC", base).split()).strip(". ")


def _hidden(char: str) -> bool:
    """Control, format (direction, zero width), surrogate, private and unassigned characters."""
    return unicodedata.category(char).startswith("C") and not char.isspace()


def _apart(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and extension.lower() in KNOWN else (name, "")
