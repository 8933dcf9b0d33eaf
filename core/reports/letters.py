"""Which letters a report can show, and what stands for those that it cannot.

The standards that the PDF keeps refuse a letter that no font holds. Nothing that was typed may be
lost for that: its number stands in its place, `[U+13A0]`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import manimgx_fonts
import manimgx_fonts_cjk
from fontTools.ttLib import TTFont

FOLDERS = tuple(Path(str(m.__file__)).parent for m in (manimgx_fonts, manimgx_fonts_cjk))

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# What has no picture of its own and only tells how its neighbours are joined or turned (Unicode:
# default ignorable).
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


def shown(text: str) -> str:
    """The text with the number of each letter that no font of ours holds; lines end with `\\n`."""
    lines = _BREAKS.sub("\n", text).replace("\t", "    ")
    if _held().issuperset(lines):
        return lines
    return "".join(letter if _can_be_shown(letter) else _number(letter) for letter in lines)


def all_shown(content: Any) -> Any:
    """The same for every text in lists, tuples and dictionaries."""
    if isinstance(content, str):
        return shown(content)
    if isinstance(content, dict):
        return {name: all_shown(each) for name, each in content.items()}
    return [all_shown(each) for each in content] if isinstance(content, list | tuple) else content


def _can_be_shown(letter: str) -> bool:
    return letter in _held() or bool(_UNSEEN.fullmatch(letter))


def _number(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"


@cache
def _held() -> frozenset[str]:
    """The letters of all fonts, without those whose meaning is private; from their own tables."""
    files = (file for folder in FOLDERS for file in sorted(folder.glob("*.tt[fc]")))
    held = {chr(code) for file in files for code in _codes(file)}
    return frozenset({"\n", *(each for each in held if unicodedata.category(each)[0] != "C")})


def _codes(file: Path) -> set[int]:
    with TTFont(file, lazy=True, fontNumber=0) as font:
        return set(font.getBestCmap())
