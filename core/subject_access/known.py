"""The names that may not be told, in all the forms in which somebody may have written them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from core.subject_access import spelling

ORDINARY = Path(__file__).parents[2] / "data" / "ordinary_words.txt"

# Parts of names that name nobody by themselves.
PARTICLES = frozenset({
    "van", "der", "den", "de", "la", "le", "el", "al", "bin", "bint", "ibn", "da", "dos", "do",
    "das", "von", "ter", "du", "di", "del", "st", "mc", "mac", "abu", "ap", "mr", "mrs", "ms",
    "miss", "mx", "dr", "prof", "rev", "sir",
})  # fmt: skip
_APOSTROPHE = re.compile(f"[{''.join(spelling.APOSTROPHES)}]")

Form = tuple[str, ...]  # words that follow each other


@dataclass(frozen=True)
class Name:
    """A name of somebody; `near` is who is close to the child, and may be written as two bare
    capitals."""

    text: str
    near: bool = False


@dataclass
class Known:
    """All names by their first words, and all initials, with the names that they stand for."""

    forms: dict[str, dict[Form, set[int]]] = field(default_factory=lambda: defaultdict(dict))
    initials: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    bare: set[str] = field(default_factory=set)
    letters: list[set[str]] = field(default_factory=list)
    parts: list[set[str]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)


def known(names: Iterable[Name], own: Sequence[str]) -> Known:
    """The names by their forms. `own` are those of the child itself: its first name is no form of
    another's, and what else it shares with others is kept apart."""
    found = Known(own=set(parts_of(own)))
    first = {form for name in own for form in _forms(" ".join(name.split()[:1]))}
    for number, name in enumerate(dict.fromkeys(names)):
        found.letters.append(set())
        found.parts.append(set())
        found.parts[number] |= {word.plain for word in spelling.words(name.text)}
        for form in _forms(name.text):
            found.parts[number] |= {*form}
            if form not in first:
                found.forms[form[0]].setdefault(form, set()).add(number)
        for short in _initials(name.text):
            found.letters[number] |= {*short}
            found.initials[short].add(number)
            if name.near and len(short) > 1:
                found.bare.add(short)
    return found


def parts_of(names: Iterable[str]) -> Iterator[str]:
    """Every word of some names, in every form."""
    for name in names:
        for form in _forms(name):
            yield from form


@cache
def ordinary() -> frozenset[str]:
    """Words that are names and mean something else as well."""
    lines = ORDINARY.read_text(encoding="utf-8").split("\n")
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _forms(name: str) -> Iterator[Form]:
    """“Ann Smith-O’Neill” is ann, smith, oneill, o neill, neill, smithoneill."""
    pieces = name.replace(",", " ").split()
    for piece in pieces:
        plain = [word.plain for word in spelling.words(piece)]
        yield from ((word,) for word in plain if _tells(word, pieces))
        if len(plain) > 1:
            yield ("".join(plain),)
        split = [w.plain for w in spelling.words(_APOSTROPHE.sub(" ", piece))]
        if len(split) > len(plain):
            yield tuple(split)
            yield from ((word,) for word in split if len(word) > 3)
    if len(pieces) > 2:
        run = [word.plain for word in spelling.words(" ".join(pieces[1:]))]
        yield ("".join(run),)


def _tells(word: str, pieces: list[str]) -> bool:
    return (len(word) > 1 and word not in PARTICLES) or len(pieces) == 1


def _initials(name: str) -> Iterator[str]:
    """“Ann Smith-Jones” is asj and as; one name alone is one letter."""
    surname, comma, rest = name.partition(",")
    pieces = (f"{rest} {surname}" if comma else surname).split()
    plain = [[w.plain[0] for w in spelling.words(piece)] for piece in pieces]
    told = [each for each in plain if each]
    if told:
        yield "".join(letter for each in told for letter in each)
        yield told[0][0] + (told[-1][0] if len(told) > 1 else "")
