"""Names of people, whatever they are made of: how to find one, and how to shorten one.

Nothing here takes a name for missing: `Null`, `None`, `True` and a single word are names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['`]")
_BETWEEN = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """`text` as it is searched: lower-case words of plain letters and digits, a space between.

    Case, accents and the letters that are no accents (ł, ø, ß, đ, þ) are levelled and other scripts
    transliterated; apostrophes of every kind vanish, so that `dsouza` finds D’Souza; hyphens, full
    stops and runs of spaces are one space. Folding twice changes nothing.
    """
    plain = anyascii(unicodedata.normalize("NFKC", text).casefold()).casefold()
    return _BETWEEN.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def plain(name: str) -> str:
    """A name as a school keyboard types it: “D’Souza” is “D'Souza”, “Łukasz” is “Lukasz”."""
    return anyascii(unicodedata.normalize("NFKC", name))


def matches(query: str, name: str) -> bool:
    """Whether every word of `query`, in any order, is found in `name`; an empty query is in all.

    A word of one or two letters has to begin a part of the name, so that "an" offers Anna and not
    every Susan. A longer one may lie anywhere in the name written without spaces: "ouza" and
    "dsouza" find D’Souza, "maryann" finds Mary-Ann, "vanderb" finds van der Berg.
    """
    parts = fold(name).split()
    run = "".join(parts)
    return all(_found(word, parts, run) for word in fold(query).split())


def _found(word: str, parts: list[str], run: str) -> bool:
    return any(part.startswith(word) for part in parts) or (len(word) > 2 and word in run)


def initials(name: str) -> str:
    """A name as it is shown to whoever may not see it: "Josh Miller" is "J. M.".

    One letter for each word, in its own script and with its accent, a hyphen where the name has one
    ("Anna Smith-Jones" is "A. S.-J."); "SMITH, Anna" is read as Anna Smith. "?" for a name without
    a letter or digit, so that a linked pupil never vanishes from a list.
    """
    surname, comma, rest = unicodedata.normalize("NFC", name).partition(",")
    ordered = f"{rest} {surname}" if comma else surname
    short = [_shortened(word) for word in ordered.split()]
    return " ".join(part for part in short if part) or "?"


def _shortened(word: str) -> str:
    first = (next(filter(str.isalnum, part), "") for part in re.split(r"[-‐‑]", word))
    return "-".join(f"{letter.upper()[:1]}." for letter in first if letter)
