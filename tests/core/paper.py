"""Reading a report back: the words on its pages, without what only belongs to the page."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject

HEADINGS = "Action or decision Outcome"

_TITLE = re.compile(r"#(\d{4,}) ")
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe0f\ufeff]")


def squeezed(text: str) -> str:
    """Text without what a line's end may add or take away."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


@dataclass(frozen=True)
class Paper:
    """A PDF as somebody reads it."""

    content: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page as Chromium reads them."""
        document = pypdfium2.PdfDocument(self.content)
        return [page.get_textpage().get_text_range() for page in document]

    @cached_property
    def entries(self) -> list[tuple[int, str]]:
        """The number of each entry and all that is printed of it, in the order of the pages."""
        table = "".join(_of_table(page) for page in self.pages if HEADINGS in page)
        _, *parts = _TITLE.split(table)
        return [(int(n), squeezed(text)) for n, text in zip(parts[::2], parts[1::2], strict=True)]

    @cached_property
    def whole(self) -> str:
        return squeezed("".join(self.pages))

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    def tags(self, name: str) -> list[DictionaryObject]:
        """The elements of this kind in the structure that a screen reader reads."""
        return [each for each in _elements(self.root["/StructTreeRoot"]) if each.get("/S") == name]

    @property
    def fonts(self) -> set[str]:
        found: list[Any] = [page["/Resources"] for page in self.reader.pages]
        return {f.get_object()["/BaseFont"] for each in found for f in each["/Font"].values()}


def _of_table(page: str) -> str:
    """What stands between the headings of the table and the foot of the page."""
    return page.split(HEADINGS, 1)[1].rsplit("\nExported ", 1)[0]


def _elements(element: Any) -> Iterator[DictionaryObject]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, DictionaryObject) and NameObject("/S") in found:
            yield found
            yield from _elements(found)
