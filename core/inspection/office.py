"""Office files are ZIP archives of parts: how much may be in them, and what.

DOCX, XLSX, PPTX and ODT. What a part may be is a list of what is allowed, so that whatever
nobody thought of is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from core.errors import Refused
from core.inspection.kinds import DOCX, ODT, PPTX, XLSX, Kind
from core.inspection.markup import ACTIVE, LOCKED, UNUSUAL, Part
from core.inspection.texts import ARCHIVE

MOST_ENTRIES = 2_000
MOST_BYTES = 50 * 1024 * 1024
MOST_RATIO = 100

BROKEN = "This document is damaged: open it, save it again and add that copy."
TOO_MUCH = "This document unpacks to far more than it should: save it as PDF and add that."
MACROS = "This document can hold macros: save it without macros, or as PDF, and add that."
HIDING = "This document has another file hidden in it: save it as PDF and add that."

_MAIN = {f"{kind.media_type}.main+xml": kind for kind in (DOCX, PPTX, XLSX)}
_XML = {".xml", ".rels", ".rdf", ".svg", ".psmdcp"}
_PASSIVE = _XML | {
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".bmp", ".dib", ".tif", ".tiff", ".webp",
    ".heic", ".wdp", ".jxr", ".emf", ".wmf", ".emz", ".wmz", ".svm", ".vml", ".txt", ".odttf",
    ".fntdata", ".ttf", ".otf", ".mp3", ".m4a", ".wav", ".mp4", ".m4v", ".mov",
}  # fmt: skip
_EMBEDDED = {".docx", ".xlsx", ".pptx"}
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|dialogsheets/|activex|^basic/|^scripts/")
_PRINTER = re.compile(r"(xl|ppt|word)/printersettings/printersettings\d*\.bin")
_OLE = b"\xd0\xcf\x11\xe0"
_RUNNABLE = (_OLE, b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")


@dataclass
class _Allowance:
    """What may still be unpacked; one for a file and all the documents inside it."""

    entries: int = MOST_ENTRIES
    size: int = MOST_BYTES

    def take(self, parts: list[zipfile.ZipInfo], packed: int) -> None:
        size = sum(part.file_size for part in parts)
        self.entries -= len(parts)
        self.size -= size
        if self.entries < 0 or self.size < 0 or size > MOST_RATIO * packed:
            raise Refused(TOO_MUCH)


def check(content: bytes) -> Kind:
    """Which kind of document the archive is.

    Raises `Refused` if it is none, damaged, locked, declares more than 2,000 entries, 50 MB or a
    hundred times its size, or holds macros, programs, OLE objects or references that are fetched
    on opening. Sizes are looked at before anything is unpacked, and never more is unpacked than
    was declared. A chart's workbook inside a document is looked through in the same way.
    """
    return _check(content, _Allowance(), inside=False)


def _check(content: bytes, allowance: _Allowance, *, inside: bool) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_whole(archive, content)
            allowance.take(archive.infolist(), len(content))
            return _check_parts(archive, allowance, inside=inside)
    except Refused:
        raise
    except Exception as error:  # a hostile file can make a parser fail in any way it likes
        raise Refused(BROKEN) from error


def _check_whole(archive: zipfile.ZipFile, content: bytes) -> None:
    """One archive and nothing else: no bytes before or behind it, no part with two contents."""
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    starts = min((part.header_offset for part in parts), default=-1)
    if content[-22:-18] != b"PK\x05\x06" or starts != 0 or len(names) != len(parts):
        raise Refused(BROKEN)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(LOCKED)
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Refused(UNUSUAL)


def _check_parts(archive: zipfile.ZipFile, allowance: _Allowance, *, inside: bool) -> Kind:
    kind = _kind(archive)
    for info in archive.infolist():
        if not info.is_dir():
            name = info.filename.lower()
            _check_place(name, kind)
            _check_content(name, archive.read(info), kind, None if inside else allowance)
    return kind


def _kind(archive: zipfile.ZipFile) -> Kind:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        types = Part("", odf=False).read(archive.read("[Content_Types].xml")).content_types
        kinds = {kind for main, kind in _MAIN.items() if main in types}
        if len(kinds) == 1:
            return kinds.pop()
    elif "mimetype" in names and archive.read("mimetype") == ODT.media_type.encode():
        return ODT
    raise Refused(ARCHIVE)


def _check_place(name: str, kind: Kind) -> None:
    if ".." in name.split("/") or name.startswith("/") or "\\" in name:
        raise Refused(BROKEN)
    if _MACROS.search(name):
        raise Refused(MACROS)
    allowed = _PASSIVE if kind is ODT else _PASSIVE | _EMBEDDED
    bare = kind is ODT and not _suffix(name)
    if not (bare or _suffix(name) in allowed or _PRINTER.fullmatch(name)):
        raise Refused(HIDING)


def _suffix(name: str) -> str:
    """With its dot; also of `_rels/.rels`, which pathlib takes for a hidden file without one."""
    dot, extension = name.rpartition("/")[2].rpartition(".")[1:]
    return dot + extension if dot else ""


def _check_content(name: str, content: bytes, kind: Kind, allowance: _Allowance | None) -> None:
    suffix = _suffix(name)
    if suffix in _XML and content:  # LibreOffice leaves an empty list of shortcuts behind
        Part(name, odf=kind is ODT and suffix != ".svg").read(content)
    elif suffix in _EMBEDDED and allowance:
        _check(content, allowance, inside=True)
    # An embedded font is scrambled, so its first bytes mean nothing.
    elif suffix != ".odttf" and content.startswith(_RUNNABLE):
        raise Refused(ACTIVE)
    elif content.startswith(_ARCHIVES):
        raise Refused(HIDING)
