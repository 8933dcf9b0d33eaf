"""Which characters the bytes of a text stand for, when nobody says."""

from __future__ import annotations

import codecs


def decode(content: bytes) -> str:
    """The text in `content`, without a byte order mark.

    UTF-16 where its mark is there, else UTF-8, else Windows-1252, which is what Excel on Windows
    writes as "CSV". UTF-8 goes first, because text in Windows-1252 that is also valid UTF-8 by
    chance hardly exists, while the other way round nearly everything is "valid" and wrong.
    Raises `UnicodeDecodeError` for bytes that are none of the three.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")
