"""What an uploaded file really is, and whether it may be kept.

A file is judged by its content and never by its name or by what a browser says of it. What is kept
cannot run anything, fetches nothing when it is opened, and unpacks to a bearable size:

- pictures (JPEG, PNG, WebP, GIF, HEIC) are painted anew from their pixels;
- PDF, DOCX, XLSX, PPTX, ODT and plain text are searched and kept as they are, byte for byte,
  because they are evidence. CSV is kept as plain text: a spreadsheet program would run the
  formulas of a `.csv`.

Everything else is refused, with a way to hand in the same content.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Refused
from core.inspection import filenames, images, office, pdfs, texts
from core.inspection.kinds import PDF, TEXT, Kind

LARGEST = 20 * 1024 * 1024

EMPTY = "This file is empty: check it on your device and choose it again."
TOO_LARGE = "This file is larger than 20 MB: save it smaller, or in parts, and add those."


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: its name for display, its media type, and the bytes to keep.

    Beside a body map it is asked of a picture whether it shows an injury, and a lead who keeps such
    a picture says why.
    """

    name: str
    media_type: str
    content: bytes
    shows_injury: bool | None = None
    allowed_because: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, which may be a photograph."""
        return self.media_type.startswith("image/")


def inspect(name: str, content: bytes) -> Inspected:
    """What to keep of an uploaded file.

    Promises a name of at most 120 characters that may be shown as it is and ends in the extension
    of the real type, and content without EXIF, GPS or trailing bytes where it is a picture, else
    unchanged. A wrong extension is mended. Raises `Refused` with what to do instead for a file that
    is empty, over 20 MB, damaged, locked, of another kind, or that could run or fetch something.
    """
    if not content:
        raise Refused(EMPTY)
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    kind, kept = _judged(name, content)
    return Inspected(filenames.mend(name, kind), kind.media_type, kept)


def _judged(name: str, content: bytes) -> tuple[Kind, bytes]:
    if encoding := images.encoding_of(content):
        return images.repaint(content, encoding)
    if content.startswith(b"%PDF-"):
        pdfs.check(content)
        return PDF, content
    if content.startswith(b"PK\x03\x04"):
        return office.check(content), content
    texts.check(name, content)
    return TEXT, content
