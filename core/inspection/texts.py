"""Plain text, and the sentence for everything that is no kind of file that may be kept."""

from __future__ import annotations

import re
import unicodedata

from core import encoding
from core.errors import Refused

OLD_OFFICE = (
    "This is in an old Office or Outlook format, or locked with a password: "
    "save it as .docx, .xlsx, .pptx or PDF without a password and add that."
)
ARCHIVE = "This is an archive: unpack it and add the files in it one by one."
WEB_PAGE = "This is a web page or drawing that can hold a program: print it to PDF and add that."
PROGRAM = "This is a program and cannot be kept: add a picture or a PDF of what matters about it."
RICH_TEXT = "This is in Rich Text Format, which can hide files: save it as .docx or PDF and add it."
UNKNOWN = (
    "This kind of file cannot be kept: save it as PDF, Word, Excel, PowerPoint, plain text "
    "or a picture and add that."
)

_HEADS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLD_OFFICE,
    b"PK": ARCHIVE, b"Rar!": ARCHIVE, b"7z\xbc\xaf": ARCHIVE, b"\x1f\x8b": ARCHIVE,
    b"BZh": ARCHIVE, b"\xfd7zXZ": ARCHIVE, b"MSCF": ARCHIVE,
    b"MZ": PROGRAM, b"\x7fELF": PROGRAM, b"\xca\xfe\xba\xbe": PROGRAM, b"#!": PROGRAM,
    b"\xcf\xfa\xed\xfe": PROGRAM, b"\xfe\xed\xfa": PROGRAM, b"!<arch>": PROGRAM,
    b"{\\rtf": RICH_TEXT,
}  # fmt: skip
_SCRIPTS = (
    ".bat", ".cmd", ".com", ".exe", ".js", ".mjs", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1",
    ".psm1", ".sh", ".bash", ".py", ".pyw", ".rb", ".pl", ".php", ".hta", ".reg", ".inf", ".scr",
    ".lnk", ".url", ".desktop", ".jar", ".iqy", ".slk", ".scf", ".command",
)  # fmt: skip
_MARKUP = re.compile(r"\s*<(?:[!?/]|html|head|body|script|svg|iframe|meta|style|table|div)", re.I)
_CONTROLS = frozenset(
    char for char in map(chr, range(0xA0)) if unicodedata.category(char) == "Cc"
) - set("\t\n\r\f")


def check(name: str, content: bytes) -> None:
    """Raises `Refused` unless `content` is plain text that no program on a school's machine runs.

    What makes a script of a text is its extension, so the one it came with counts here, although
    the file would be kept as `.txt`: whoever hands in a script should be told.
    """
    for head, sentence in _HEADS.items():
        if content.startswith(head):
            raise Refused(sentence)
    text = _text(content)
    if _MARKUP.match(text):
        raise Refused(WEB_PAGE)
    if name.strip(" .").lower().endswith(_SCRIPTS) or text.startswith("#!"):
        raise Refused(PROGRAM)
    if text.startswith("{\\rtf"):
        raise Refused(RICH_TEXT)


def _text(content: bytes) -> str:
    try:
        text = encoding.decode(content)
    except UnicodeDecodeError as error:
        raise Refused(UNKNOWN) from error
    if not _CONTROLS.isdisjoint(text):
        raise Refused(UNKNOWN)
    return text
