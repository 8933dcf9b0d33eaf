"""The kinds of file that may be kept."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A media type, and the extensions that say so truly; the first is given where none does."""

    media_type: str
    extensions: tuple[str, ...]


_OOXML = "application/vnd.openxmlformats-officedocument."

JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Kind("image/png", ("png",))
PDF = Kind("application/pdf", ("pdf",))
DOCX = Kind(_OOXML + "wordprocessingml.document", ("docx",))
XLSX = Kind(_OOXML + "spreadsheetml.sheet", ("xlsx",))
PPTX = Kind(_OOXML + "presentationml.presentation", ("pptx",))
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",))
TEXT = Kind("text/plain", ("txt", "text", "log", "md"))

KEPT = (JPEG, PNG, PDF, DOCX, XLSX, PPTX, ODT, TEXT)
