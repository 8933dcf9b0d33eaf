"""Words and names in a text, however they are spelled, and the places at which they stand.

Case, accents (also decomposed ones), apostrophes of every kind and letters that cannot be seen make
no difference. A possessive is not part of its word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

APOSTROPHES = frozenset("'’‘ʼ`´′＇ʹꞌ‛")


@dataclass(frozen=True)
class Word:
    """A word as it is compared, and where it stands; `capital` if it begins with a large letter,
    `all_capitals` if it has no other."""

    plain: str
    begin: int
    end: int
    capital: bool
    all_capitals: bool


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    return [_word(text, begin, end) for begin, end in _bounds(text)]


def closed(text: str, end: int) -> int:
    """The place after everything that sits on the letter before `end`, such as its accent."""
    while end < len(text) and _is_carried(text[end]):
        end += 1
    return end


def _word(text: str, begin: int, end: int) -> Word:
    letters = [each for each in text[begin:end] if each.isalpha()]
    return Word(
        plain="".join(_plain(each) for each in text[begin:end]),
        begin=begin,
        end=end,
        capital=bool(letters) and not letters[0].islower(),
        all_capitals=bool(letters) and not any(each.islower() for each in letters),
    )


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where words begin and end. An apostrophe between two letters parts nothing, unless what
    follows is the s of a possessive."""
    begin = -1
    for place, letter in enumerate(text):
        if _plain(letter):
            begin = place if begin < 0 else begin
        elif begin >= 0 and not _is_carried(letter) and not _joins(text, place):
            yield begin, place
            begin = -1
    if begin >= 0:
        yield begin, len(text)


def _joins(text: str, place: int) -> bool:
    after = text[place + 1 : place + 2]
    if text[place] not in APOSTROPHES or not _plain(after):
        return False
    beyond = text[place + 2 : place + 3]
    return after not in "sS" or bool(beyond and _plain(beyond))


def _is_carried(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """A letter without case and accent, in plain letters; nothing of what is no letter or digit."""
    if letter.isascii():
        return letter.lower() if letter.isalnum() else ""
    shown = unicodedata.normalize("NFKD", letter)
    if letter in APOSTROPHES or not any(each.isalnum() for each in shown):
        return ""
    return "".join(each for each in anyascii(shown).casefold() if each.isalnum())
