"""A report as a PDF: its content and a template, set in type by typst.

The content goes in as JSON, so that nothing that anybody typed is read as markup. Fonts come from
packages and not from the machine. PDF/UA-1 and PDF/A-2a make typst refuse what a screen reader
could not read, or a reader in twenty years could not open.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst

from core.reports import letters

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]

MEDIA_TYPE = "application/pdf"


def typeset(template: str, content: Any, *, at: datetime) -> bytes:
    """The PDF of some content, dated `at` a moment. The same content makes the same bytes."""
    plain = letters.all_shown(msgspec.to_builtins(content))
    made = compiler(template).compile(
        format="pdf",
        pdf_standards=[*STANDARDS],
        sys_inputs={"content": msgspec.json.encode(plain).decode()},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file, however many pages it has
    return made


def compiler(template: str) -> typst.Compiler:
    """The compiler of one template, for one thread."""
    return typst.Compiler(
        TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in letters.FOLDERS],
    )
